package dev.skald.logql.engine;

import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.MetricExpr.BinaryOperation;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorOperator;
import dev.skald.logql.syntax.StatsStep;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.Sample;
import dev.skald.model.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the values of a metric query into the shape and order of its answer (spec logql.md 1, 8.6,
 * 8.9, 8.11).
 */
final class MetricAnswer {
  /** What a sample takes in memory: the object and its place in a list. */
  private static final int BYTES_PER_SAMPLE = 40;

  private final StepGrid grid;
  private final QueryMeter meter;

  MetricAnswer(StepGrid grid, QueryMeter meter) {
    this.grid = grid;
    this.meter = meter;
  }

  QueryResult instant(MetricExpr expr, StepResult result) {
    return switch (result) {
      case StepResult.Constant(double value) ->
          new QueryResult.Scalar(new Sample(grid.timeEpochMillis(0), value));
      case StepResult.Vector(List<StepSeries> series) -> {
        List<Series> vector = new ArrayList<>();
        for (StepSeries one : series) {
          if (one.has(0)) {
            vector.add(samples(one));
          }
        }
        if (!sorts(expr)) {
          vector.sort(Comparator.comparing(Series::labels));
        }
        SeriesLimit.check(vector.size(), meter.seriesMax());
        yield new QueryResult.Vector(vector);
      }
    };
  }

  QueryResult range(MetricExpr expr, StepResult result) {
    List<StepSeries> series =
        switch (result) {
          case StepResult.Constant(double value) ->
              List.of(StepSeries.constant(Labels.EMPTY, grid.count(), value));
          case StepResult.Vector(List<StepSeries> vector) -> merged(vector);
        };
    List<Series> matrix = new ArrayList<>();
    for (StepSeries one : series) {
      if (!one.isEmpty()) {
        matrix.add(samples(one));
      }
    }
    if (!(expr.hasStats() && sorts(expr))) {
      matrix.sort(Comparator.comparing(Series::labels));
    }
    SeriesLimit.check(matrix.size(), meter.seriesMax());
    return new QueryResult.Matrix(matrix);
  }

  private Series samples(StepSeries series) {
    meter.reserve((long) series.count() * BYTES_PER_SAMPLE);
    List<Sample> samples = new ArrayList<>(series.count());
    for (int step = series.next(0); step >= 0; step = series.next(step + 1)) {
      samples.add(new Sample(grid.timeEpochMillis(step), series.value(step)));
    }
    return new Series(series.labels(), samples);
  }

  /**
   * Series of the same labels become one, unless both have a value at some step
   * ({@code label_replace} can do that).
   */
  private List<StepSeries> merged(List<StepSeries> series) {
    Map<Labels, List<StepSeries>> byLabels = new LinkedHashMap<>();
    for (StepSeries one : series) {
      byLabels.computeIfAbsent(one.labels(), labels -> new ArrayList<>(1)).add(one);
    }
    List<StepSeries> results = new ArrayList<>(byLabels.size());
    for (List<StepSeries> same : byLabels.values()) {
      if (same.size() == 1) {
        results.add(same.getFirst());
        continue;
      }
      List<StepSeries> apart = new ArrayList<>();
      for (StepSeries one : same) {
        StepSeries home =
            apart.stream().filter(other -> !other.meets(one)).findFirst().orElse(null);
        if (home == null) {
          meter.reserve(StepSeries.bytes(grid.count()));
          home = new StepSeries(one.labels(), grid.count());
          apart.add(home);
        }
        for (int step = one.next(0); step >= 0; step = one.next(step + 1)) {
          home.set(step, one.value(step));
        }
      }
      results.addAll(apart);
    }
    return results;
  }

  /** Whether the order of a single evaluation's vector was asked for. */
  static boolean sorts(MetricExpr expr) {
    return switch (expr) {
      case VectorAggregation aggregation ->
          aggregation.operator() == VectorOperator.SORT
              || aggregation.operator() == VectorOperator.SORT_DESC
              || sorts(aggregation.inner());
      case BinaryOperation operation -> sorts(operation.left()) || sorts(operation.right());
      case LabelReplace replace -> sorts(replace.inner());
      case MetricExpr.Stats stats ->
          stats.steps().stream().anyMatch(StatsStep.Sort.class::isInstance);
      case MetricExpr.Program program ->
          sorts(program.body())
              || program.bindings().stream().anyMatch(binding -> sorts(binding.value()));
      case MetricExpr.Reference reference -> false;
      case MetricExpr.RangeAggregation range -> false;
      case MetricExpr.Literal literal -> false;
      case MetricExpr.VectorLiteral literal -> false;
      case MetricExpr.Variants variants ->
          variants.variants().stream().anyMatch(MetricAnswer::sorts);
    };
  }
}
