package dev.skald.logql.engine;

import dev.skald.logql.pipeline.Pipeline;
import dev.skald.logql.pipeline.PipelineLimits;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.RangeFunction;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.PageRef;
import dev.skald.model.PageScan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/**
 * Computes a range aggregation at all steps in one pass over the pages (spec logql.md 8.1 to 8.5).
 * Workers fill tables of their own; series that several have met are joined by their labels.
 */
final class RangeAggregationRun {
  private final LogSource source;
  private final ExecutorService compute;
  private final int parallelism;
  private final PipelineLimits limits;
  private final StepGrid grid;
  private final QueryMeter meter;

  RangeAggregationRun(
      LogSource source,
      ExecutorService compute,
      int parallelism,
      PipelineLimits limits,
      StepGrid grid,
      QueryMeter meter) {
    this.source = source;
    this.compute = compute;
    this.parallelism = parallelism;
    this.limits = limits;
    this.grid = grid;
    this.meter = meter;
  }

  /**
   * Series by label set, each with a value at one step at least.
   *
   * @param seriesMax if they are the answer, how many there may be; see {@link SeriesLimit}
   */
  List<StepSeries> run(RangePlan plan, int seriesMax) {
    LogRange range = plan.aggregation().range();
    WindowCells windows = new WindowCells(grid, range.rangeNanos(), range.offsetNanos());
    Pipeline pipeline =
        Pipeline.compile(range.log().stages(), plan.unwrapping(), plan.demand(), limits);
    List<Matcher> matchers = range.log().selector().matchers();
    List<RangeWorker> workers;
    try (PageScan scan = source.scan(matchers, windows.span())) {
      scan.warnings().forEach(meter::warn);
      List<PageRef> pages = new ArrayList<>(scan.pages());
      pages.sort(Comparator.comparingLong(PageRef::order));
      workers =
          Crew.work(
              compute,
              parallelism,
              meter,
              pages,
              () -> new RangeWorker(plan, windows, pipeline, seriesMax, meter));
    }
    countStreams(workers);
    List<StepSeries> series = join(workers, seriesMax);
    return plan.aggregation().function() == RangeFunction.ABSENT_OVER_TIME
        ? absent(matchers, series)
        : series;
  }

  private List<StepSeries> join(List<RangeWorker> workers, int seriesMax) {
    Map<Labels, List<RangeTable.Part>> parts = new LinkedHashMap<>();
    for (RangeWorker worker : workers) {
      for (int i = 0; i < worker.series().count(); i++) {
        parts
            .computeIfAbsent(worker.series().labels(i), labels -> new ArrayList<>(1))
            .add(new RangeTable.Part(worker.table(), i));
      }
    }
    SeriesLimit.check(parts.size(), seriesMax);
    List<Joined> joined = new ArrayList<>(parts.size());
    parts.forEach((labels, same) -> joined.add(new Joined(labels, same)));
    List<StepSeries> series = new ArrayList<>(joined.size());
    List<Joiner> joiners =
        Crew.work(compute, parallelism, meter, bundles(joined), () -> new Joiner());
    joiners.forEach(joiner -> series.addAll(joiner.series));
    series.sort(Comparator.comparing(StepSeries::labels));
    return series;
  }

  /** A series and what the workers have of it. */
  private record Joined(Labels labels, List<RangeTable.Part> parts) {}

  /** Some for each joiner, so that none waits long for another. */
  private List<List<Joined>> bundles(List<Joined> joined) {
    int size = Math.clamp(joined.size() / (parallelism * 8L), 1, 1024);
    List<List<Joined>> bundles = new ArrayList<>();
    for (int from = 0; from < joined.size(); from += size) {
      bundles.add(joined.subList(from, Math.min(joined.size(), from + size)));
    }
    return bundles;
  }

  /** Makes series of what the workers have. */
  private final class Joiner implements Crew.Worker<List<Joined>> {
    private final List<StepSeries> series = new ArrayList<>();

    @Override
    public Crew.Wanted work(List<Joined> bundle, int index) {
      for (Joined joined : bundle) {
        meter.check();
        meter.reserve(StepSeries.bytes(grid.count()));
        StepSeries one = new StepSeries(joined.labels, grid.count());
        joined.parts.getFirst().table().windows(joined.parts, one);
        if (!one.isEmpty()) {
          series.add(one);
        }
      }
      return Crew.Wanted.MORE;
    }
  }

  private void countStreams(List<RangeWorker> workers) {
    MatchedStreams streams = new MatchedStreams();
    workers.forEach(worker -> streams.addAll(worker.tally().streams()));
    meter.countStreams(streams.count());
  }

  /**
   * 1 at each step without a sample; labels are those that the selector pins (spec logql.md 8.4).
   */
  private List<StepSeries> absent(List<Matcher> matchers, List<StepSeries> found) {
    StepSeries absent = new StepSeries(pinned(matchers), grid.count());
    for (int step = 0; step < grid.count(); step++) {
      if (found.isEmpty() || !found.getFirst().has(step)) {
        absent.set(step, 1);
      }
    }
    return absent.isEmpty() ? List.of() : List.of(absent);
  }

  private static Labels pinned(List<Matcher> matchers) {
    List<Label> labels = new ArrayList<>();
    for (Matcher matcher : matchers) {
      boolean once = matchers.stream().filter(m -> m.name().equals(matcher.name())).count() == 1;
      if (matcher.op() == Matcher.Op.EQUAL && once && !matcher.value().isEmpty()) {
        labels.add(new Label(matcher.name(), matcher.value()));
      }
    }
    return Labels.of(labels);
  }
}
