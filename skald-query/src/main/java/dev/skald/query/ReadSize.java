package dev.skald.query;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.QueryParams;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.model.Matcher;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.model.VolumeGrid;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many bytes a query would read, judged beforehand: {@code max_query_bytes_read} for all of it, and
 * {@code max_querier_bytes_read} for what would be one piece of it if it were split as Loki splits.
 */
final class ReadSize {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final int UNIT = 1024;

  /** More are made longer. */
  private static final int PIECES_MAX = 1 << 20;

  private final QueryParams params;
  private final TenantScope scope;
  private final ReadWatch watch;
  private final long pieceNanos;
  private final Map<Integer, Long> bytesOfPiece = new HashMap<>();
  private long bytes;

  private ReadSize(QueryParams params, TenantScope scope, ReadWatch watch, long pieceNanos) {
    this.params = params;
    this.scope = scope;
    this.watch = watch;
    this.pieceNanos = pieceNanos;
  }

  /**
   * Log queries without stages pass: they stop at their limit.
   *
   * @throws SkaldException LIMIT
   */
  static void check(Expr expr, QueryParams params, TenantScope scope, ReadWatch watch) {
    long max = scope.limits().reads().bytesMax();
    if (max <= 0 || isUnfiltered(expr)) {
      return;
    }
    ReadSize size = new ReadSize(params, scope, watch, 0);
    size.add(expr);
    if (size.bytes > max) {
      throw SkaldException.of(
          ErrorKind.LIMIT,
          "the query would read too many bytes (query: "
              + text(size.bytes)
              + ", limit: "
              + text(max)
              + "); consider adding more specific stream selectors or reduce the time range of the"
              + " query");
    }
  }

  /**
   * As {@link #check}, of the largest piece.
   *
   * @throws SkaldException LIMIT
   */
  static void checkPieces(Expr expr, QueryParams params, TenantScope scope, ReadWatch watch) {
    ReadLimits limits = scope.limits().reads();
    if (limits.pieceBytesMax() <= 0 || isUnfiltered(expr)) {
      return;
    }
    boolean isInstant = params.kind() == QueryParams.Kind.INSTANT;
    ReadSize size = new ReadSize(params, scope, watch, isInstant ? 0 : limits.pieceNanos());
    size.add(expr);
    long largest = size.bytesOfPiece.values().stream().mapToLong(Long::longValue).max().orElse(0);
    if (largest > limits.pieceBytesMax()) {
      throw SkaldException.of(
          ErrorKind.LIMIT,
          "query too large to execute on a single querier: (query: "
              + text(largest)
              + ", limit: "
              + text(limits.pieceBytesMax())
              + "); consider adding more specific stream selectors, reduce the time range of the"
              + " query, or adjust parallelization settings");
    }
  }

  private static boolean isUnfiltered(Expr expr) {
    return expr instanceof LogExpr log && log.stages().isEmpty();
  }

  private void add(Expr expr) {
    switch (expr) {
      case LogExpr log -> add(log, 0, 0);
      case MetricExpr.RangeAggregation range -> add(range.range());
      case MetricExpr.VectorAggregation vector -> add(vector.inner());
      case MetricExpr.LabelReplace replace -> add(replace.inner());
      case MetricExpr.BinaryOperation operation -> {
        add(operation.left());
        add(operation.right());
      }
      case MetricExpr.Variants variants -> add(variants.of());
      case MetricExpr.Stats stats -> add(stats.log());
      case MetricExpr.Program program -> {
        program.bindings().forEach(binding -> add(binding.value()));
        add(program.body());
      }
      case MetricExpr.Literal _, MetricExpr.VectorLiteral _, MetricExpr.Reference _ -> {}
    }
  }

  private void add(MetricExpr.LogRange range) {
    add(range.log(), range.rangeNanos(), range.offsetNanos());
  }

  private void add(LogExpr log, long rangeNanos, long offsetNanos) {
    long from =
        params.kind() == QueryParams.Kind.INSTANT && rangeNanos > 0
            ? params.endEpochNanos()
            : params.startEpochNanos();
    long start = from - rangeNanos - offsetNanos;
    long end = Math.max(start, params.endEpochNanos() - offsetNanos);
    List<Matcher> matchers = log.selector().matchers();
    // buckets that a piece's range reaches back over
    int before = pieceNanos == 0 ? 0 : (int) Math.ceilDiv(rangeNanos, stepNanos(start, end));
    try (PageScan scan = scope.scan(matchers, new QuerySpan(start, end))) {
      watch.forEach(
          scan.pages(),
          page ->
              page.weigh(
                  grid(start, end),
                  (stream, bucket, rows, weight) -> {
                    bytes += weight;
                    for (int piece = bucket; piece <= bucket + before; piece++) {
                      bytesOfPiece.merge(piece, weight, Long::sum);
                    }
                  }));
    }
  }

  private VolumeGrid grid(long start, long end) {
    return pieceNanos == 0 ? VolumeGrid.WHOLE : new VolumeGrid(start, stepNanos(start, end));
  }

  private long stepNanos(long start, long end) {
    long spanNanos = end - start < 0 ? Long.MAX_VALUE : end - start;
    return Math.max(pieceNanos, spanNanos / PIECES_MAX);
  }

  /** {@code 200 GiB}, {@code 1.5 KiB}, {@code 12 B}. */
  static String text(long bytes) {
    if (bytes < 10) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = 0;
    while (value >= UNIT && unit < UNITS.length - 1) {
      value /= UNIT;
      unit++;
    }
    double rounded = Math.floor(value * 10 + 0.5) / 10;
    return String.format(Locale.ROOT, rounded < 10 ? "%.1f %s" : "%.0f %s", rounded, UNITS[unit]);
  }
}
