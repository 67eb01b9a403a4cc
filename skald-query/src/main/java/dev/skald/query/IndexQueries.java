package dev.skald.query;

import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.QueryAnswer;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.PageScan;
import dev.skald.model.QueryResult;
import dev.skald.model.QuerySpan;
import dev.skald.model.QueryStats;
import dev.skald.model.VolumeGrid;
import dev.skald.model.VolumeSink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Counts without reading a line: how many entries and bytes which streams have, by the directory of pages, their times
 * and their streams (spec http-api.md 3.8 to 3.10).
 */
public final class IndexQueries {
  private final TenantScopes scopes;
  private final Ticker ticker;

  IndexQueries(TenantScopes scopes, Ticker ticker) {
    this.scopes = scopes;
    this.ticker = ticker;
  }

  /** {@code index/stats}. */
  public IndexStats stats(
      TenantSet tenants, String query, QuerySpan span, BooleanSupplier cancelled) {
    TenantScope scope = scopes.of(tenants);
    List<Matcher> matchers = SelectorText.required(query, scope.limits().dialect());
    Tally tally = new Tally();
    weigh(scope, matchers, span, VolumeGrid.WHOLE, cancelled, tally);
    return new IndexStats(tally.streams.size(), tally.chunks, tally.bytes, tally.entries);
  }

  private static final class Tally implements VolumeSink {
    private final Set<Labels> streams = new HashSet<>();
    private long chunks;
    private long bytes;
    private long entries;

    @Override
    public void add(Labels stream, int bucket, long rows, long weight) {
      streams.add(stream);
      chunks++;
      bytes += weight;
      entries += rows;
    }
  }

  private void weigh(
      TenantScope scope,
      List<Matcher> matchers,
      QuerySpan span,
      VolumeGrid grid,
      BooleanSupplier cancelled,
      VolumeSink sink) {
    scope.check().querying();
    ReadWatch watch = ReadWatch.start(ticker, scope.limits(), cancelled);
    try (PageScan scan = scope.scan(matchers, scope.seen(span))) {
      watch.forEach(scan.pages(), page -> page.weigh(grid, sink));
    }
  }

  /**
   * {@code index/volume} and {@code index/volume_range}: a vector, or a matrix if there are several buckets.
   *
   * @throws SkaldException NOT_FOUND if the tenant may not ask; LIMIT for too many series
   */
  public QueryAnswer volume(TenantSet tenants, VolumeRequest request) {
    TenantScope scope = scopes.of(tenants);
    scope.check().volume();
    long startNanos = ticker.nowNanos();
    List<Matcher> asked = selector(request.query(), scope);
    QuerySpan span = request.span();
    VolumeGrid grid =
        request.stepNanos() == 0
            ? VolumeGrid.WHOLE
            : VolumeGrid.aligned(span.startEpochNanos(), request.stepNanos());
    VolumeSeries series =
        new VolumeSeries(request, asked, grid, scope.limits().volume().seriesMax());
    weigh(scope, withTargets(asked, request), span, grid, request.cancelled(), series);
    QueryResult result = series.result(request.limit());
    long nanos = ticker.nowNanos() - startNanos;
    return new QueryAnswer(
        result,
        new QueryStats(0, 0, 0, 0, 0, 0, series.count(), series.streamCount(), nanos, 0),
        List.of());
  }

  /** A bare <code>{}</code> is every stream here. */
  private static List<Matcher> selector(String query, TenantScope scope) {
    if (query.isEmpty()) {
      return SelectorText.required(query, scope.limits().dialect());
    }
    List<Matcher> matchers =
        query.strip().equals("{}")
            ? List.of()
            : SelectorText.required(query, scope.limits().dialect());
    return matchers;
  }

  /** Labels that the answer is by have to be there. */
  private static List<Matcher> withTargets(List<Matcher> asked, VolumeRequest request) {
    List<Matcher> matchers = new ArrayList<>(asked);
    for (String label : request.targetLabels()) {
      if (asked.stream().noneMatch(matcher -> matcher.name().equals(label))) {
        matchers.add(new Matcher(label, Matcher.Op.REGEX, ".+"));
      }
    }
    return matchers;
  }

  /**
   * {@code index/shards}: this server never splits a query, so there is one shard that is everything.
   *
   * @throws SkaldException BAD_REQUEST
   */
  public IndexStats shard(
      TenantSet tenants, String query, QuerySpan span, BooleanSupplier cancelled) {
    TenantScope scope = scopes.of(tenants);
    if (!(QueryService.parse(query, scope.limits().dialect())
        instanceof dev.skald.logql.syntax.LogExpr log)) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "only log selector is supported");
    }
    Tally tally = new Tally();
    weigh(scope, log.selector().matchers(), span, VolumeGrid.WHOLE, cancelled, tally);
    return new IndexStats(tally.streams.size(), tally.chunks, tally.bytes, tally.entries);
  }
}
