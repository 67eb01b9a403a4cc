package dev.skald.logql.engine;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.pipeline.LabelDemand;
import dev.skald.logql.pipeline.Pipeline;
import dev.skald.logql.pipeline.PipelineLimits;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.Ordering;
import dev.skald.logql.syntax.SortKey;
import dev.skald.model.Direction;
import dev.skald.model.Labels;
import dev.skald.model.PageRef;
import dev.skald.model.PageScan;
import dev.skald.model.QueryResult;
import dev.skald.model.QuerySpan;
import dev.skald.model.ResultEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.IntFunction;

/**
 * Answers a log query (spec logql.md 9): the first entries in the query's direction, grouped by
 * stream.
 */
final class LogQueryRun {
  private final LogSource source;
  private final ExecutorService compute;
  private final int parallelism;
  private final PipelineLimits limits;
  private final QueryMeter meter;

  LogQueryRun(
      LogSource source,
      ExecutorService compute,
      int parallelism,
      PipelineLimits limits,
      QueryMeter meter) {
    this.source = source;
    this.compute = compute;
    this.parallelism = parallelism;
    this.limits = limits;
    this.meter = meter;
  }

  QueryResult.Streams run(LogExpr expr, QueryParams given) {
    List<FoundEntry> entries = found(expr, given);
    return expr.order() == null
        ? new QueryResult.Streams(StreamGroups.byStream(entries))
        : new QueryResult.Streams(StreamGroups.runs(entries), QueryResult.Streams.Order.AS_GIVEN);
  }

  /** The entries of the answer, in its order. */
  List<FoundEntry> found(LogExpr expr, QueryParams given) {
    Ordering order = expr.order();
    EntryOrder labelOrder = order == null ? null : EntryOrder.beyondTime(order.keys());
    QueryParams params = ordered(given, expr);
    Pipeline pipeline = Pipeline.compile(expr.stages(), LabelDemand.ALL, limits);
    QuerySpan span = new QuerySpan(params.startEpochNanos(), params.endEpochNanos());
    if (params.limit() <= 0) {
      return List.of();
    }
    if (labelOrder != null && params.intervalNanos() > 0) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "interval goes with an order by time alone");
    }
    try (PageScan scan = source.scan(expr.selector().matchers(), span)) {
      scan.warnings().forEach(meter::warn);
      List<PageRef> pages = new ArrayList<>(scan.pages());
      pages.sort(firstFirst(params.direction()));
      return labelOrder != null
          ? distinct(params.limit(), pipeline, most -> sorted(most, pages, pipeline, labelOrder))
          : params.intervalNanos() > 0
              ? new ThinnedScan(pipeline, params, compute, parallelism, meter).run(pages)
              : distinct(params.limit(), pipeline, most -> firstOf(most, pages, pipeline, params));
    }
  }

  /** What the query says itself goes before what the request says. */
  static QueryParams ordered(QueryParams given, LogExpr expr) {
    Ordering order = expr.order();
    if (order == null) {
      return given;
    }
    boolean isAscending = order.keys().getFirst().order() == SortKey.Order.ASCENDING;
    return new QueryParams(
        given.kind(),
        given.startEpochNanos(),
        given.endEpochNanos(),
        given.stepNanos(),
        given.intervalNanos(),
        given.pieceNanos(),
        Math.min(given.limit(), order.limit().orElse(Integer.MAX_VALUE)),
        isAscending ? Direction.FORWARD : Direction.BACKWARD);
  }

  /** Pages whose first entry comes first in the answer come first. */
  static Comparator<PageRef> firstFirst(Direction direction) {
    return switch (direction) {
      case FORWARD ->
          Comparator.comparingLong(PageRef::minEpochNanos).thenComparingLong(PageRef::order);
      case BACKWARD ->
          Comparator.comparingLong(PageRef::maxEpochNanos)
              .thenComparingLong(PageRef::order)
              .reversed();
    };
  }

  private List<FoundEntry> sorted(
      int limit, List<PageRef> pages, Pipeline pipeline, EntryOrder order) {
    List<SortedScan> workers =
        Crew.work(
            compute,
            parallelism,
            meter,
            pages,
            () -> new SortedScan(pipeline, order, limit, meter));
    MatchedStreams streams = new MatchedStreams();
    List<SortedScan.Entry> best = new ArrayList<>();
    for (SortedScan worker : workers) {
      streams.addAll(worker.tally().streams());
      best.addAll(worker.best());
    }
    meter.countStreams(streams.count());
    best.sort((a, b) -> order.compare(a.rank(), b.rank()));
    return best.stream().limit(limit).map(SortedScan.Entry::found).toList();
  }

  /**
   * The first entries, each once: stages can make entries alike that were stored as different ones (spec logql.md 9). So
   * that such entries do not use the limit up, more are asked for when some were left out.
   */
  private static List<FoundEntry> distinct(
      int wanted, Pipeline pipeline, IntFunction<List<FoundEntry>> firstOf) {
    int asked = wanted;
    while (true) {
      List<FoundEntry> found = firstOf.apply(asked);
      if (pipeline.isFilterOnly()) {
        return found;
      }
      Set<Alike> seen = new HashSet<>();
      List<FoundEntry> distinct =
          found.stream().filter(one -> seen.add(new Alike(one.stream(), one.entry()))).toList();
      if (distinct.size() >= wanted || found.size() < asked) {
        return distinct.subList(0, Math.min(wanted, distinct.size()));
      }
      asked = (int) Math.min(Integer.MAX_VALUE, 2L * asked);
    }
  }

  /** What an answer shows of an entry. */
  private record Alike(Labels stream, ResultEntry entry) {}

  private List<FoundEntry> firstOf(
      int limit, List<PageRef> pages, Pipeline pipeline, QueryParams params) {
    BestEntries best = new BestEntries(limit, params.direction(), meter);
    List<LimitedScan> workers =
        Crew.work(
            compute,
            parallelism,
            meter,
            pages,
            () -> new LimitedScan(pipeline, limit, params.direction(), best, meter));
    MatchedStreams streams = new MatchedStreams();
    workers.forEach(worker -> streams.addAll(worker.tally().streams()));
    meter.countStreams(streams.count());
    return best.sorted();
  }
}
