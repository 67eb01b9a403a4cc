package dev.skald.logql.engine;

import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorOperator;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Aggregates series into groups, step by step (spec logql.md 8.6). */
final class VectorAggregationStep {
  private VectorAggregationStep() {}

  static List<StepSeries> apply(
      VectorAggregation aggregation, List<StepSeries> inner, StepGrid grid, QueryMeter meter) {
    SeriesKey key = SeriesKey.ofVector(aggregation.grouping());
    return switch (aggregation.operator()) {
      case SUM, AVG, MAX, MIN, COUNT, STDDEV, STDVAR ->
          grouped(aggregation.operator(), key, inner, grid, meter);
      case TOPK, BOTTOMK, APPROX_TOPK -> TopK.of(aggregation).apply(key, inner, grid, meter);
      case SORT, SORT_DESC -> SortStep.apply(aggregation.operator(), inner, grid);
    };
  }

  /** Groups in the order of their first members. */
  private static List<StepSeries> grouped(
      VectorOperator operator,
      SeriesKey key,
      List<StepSeries> inner,
      StepGrid grid,
      QueryMeter meter) {
    Map<Labels, GroupValues> groups = new LinkedHashMap<>();
    for (StepSeries series : inner) {
      meter.check();
      Labels labels = key.of(series.labels());
      GroupValues group = groups.get(labels);
      if (group == null) {
        meter.reserve(
            StepSeries.bytes(grid.count())
                + GroupValues.bytes(grid.count())
                + SeriesTable.bytes(labels));
        group = new GroupValues(operator, grid.count());
        groups.put(labels, group);
      }
      group.add(series);
    }
    List<StepSeries> results = new ArrayList<>(groups.size());
    groups.forEach((labels, group) -> results.add(group.finish(labels)));
    return results;
  }
}
