package dev.skald.logql.engine;

import dev.skald.logql.pipeline.LabelDemand;
import dev.skald.logql.pipeline.Pipeline;
import dev.skald.logql.pipeline.PipelineLimits;
import dev.skald.logql.syntax.Field;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.StatsFunction;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.PageRef;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * Answers {@code stats}: groups all entries of the request's time, then lets the steps behind it
 * choose and sort groups (docs/language/extensions.md). Entries with an error count like others, as
 * a log query returns them like others.
 */
final class StatsRun {
  /** Tells the results of several functions apart. */
  private static final String STAT = "__stat__";

  private final LogSource source;
  private final ExecutorService compute;
  private final int parallelism;
  private final PipelineLimits limits;
  private final QuerySpan span;
  private final QueryMeter meter;

  StatsRun(
      LogSource source,
      ExecutorService compute,
      int parallelism,
      PipelineLimits limits,
      QueryParams params,
      QueryMeter meter) {
    this.source = source;
    this.compute = compute;
    this.parallelism = parallelism;
    this.limits = limits;
    this.span = span(params);
    this.meter = meter;
  }

  /** As metric queries: without start, with end. */
  private static QuerySpan span(QueryParams params) {
    long start = afterwards(params.startEpochNanos());
    return new QuerySpan(start, Math.max(start, afterwards(params.endEpochNanos())));
  }

  private static long afterwards(long epochNanos) {
    return epochNanos == Long.MAX_VALUE ? epochNanos : epochNanos + 1;
  }

  /** Series of one step, in the order of the answer. */
  List<StepSeries> run(MetricExpr.Stats stats) {
    Pipeline pipeline = Pipeline.compile(stats.log().stages(), demand(stats), limits);
    List<StatsGroups> workers;
    try (PageScan scan = source.scan(stats.log().selector().matchers(), span)) {
      scan.warnings().forEach(meter::warn);
      List<PageRef> pages = new ArrayList<>(scan.pages());
      pages.sort(Comparator.comparingLong(PageRef::order));
      workers =
          Crew.work(
              compute, parallelism, meter, pages, () -> new StatsGroups(stats, pipeline, meter));
    }
    MatchedStreams streams = new MatchedStreams();
    workers.forEach(worker -> streams.addAll(worker.tally().streams()));
    meter.countStreams(streams.count());
    List<StatsGroups.Group> groups = StatsGroups.joined(workers);
    if (stats.columns().isEmpty() && groups.isEmpty()) {
      groups.add(StatsGroups.Group.of(Labels.EMPTY, stats.functions(), meter));
    }
    List<StatsRow> rows = new ArrayList<>(groups.size());
    for (StatsGroups.Group group : groups) {
      rows.add(new StatsRow(group.labels(), group.cells().stream().map(StatCell::result).toList()));
    }
    rows.sort(Comparator.comparing(StatsRow::labels));
    return series(stats, new StatsSteps(stats, limits, meter).apply(rows));
  }

  private static LabelDemand demand(MetricExpr.Stats stats) {
    Set<String> names = new HashSet<>();
    for (Field column : stats.columns()) {
      if (column instanceof Field.Label(String name)) {
        names.add(name);
      }
    }
    for (StatsFunction function : stats.functions()) {
      if (function.label() != null) {
        names.add(function.label());
      }
    }
    return LabelDemand.only(names);
  }

  private List<StepSeries> series(MetricExpr.Stats stats, List<StatsRow> rows) {
    List<StepSeries> series = new ArrayList<>(rows.size() * stats.functions().size());
    for (StatsRow row : rows) {
      for (int i = 0; i < stats.functions().size(); i++) {
        Labels labels =
            stats.functions().size() == 1
                ? row.labels()
                : with(row.labels(), new Label(STAT, stats.functions().get(i).name()));
        meter.reserve(StepSeries.bytes(1) + SeriesTable.bytes(labels));
        series.add(StepSeries.constant(labels, 1, row.results().get(i)));
      }
    }
    return series;
  }

  private static Labels with(Labels labels, Label more) {
    List<Label> all = new ArrayList<>(labels.sorted());
    all.add(more);
    return Labels.of(all);
  }
}
