package dev.skald.logql.engine;

import dev.skald.logql.syntax.MetricExpr.BinaryOperation;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code and}, {@code or}, {@code unless} (spec logql.md 8.7). Values and labels stay what they
 * were.
 */
final class SetOperationStep {
  private SetOperationStep() {}

  static List<StepSeries> apply(
      BinaryOperation operation,
      List<StepSeries> left,
      List<StepSeries> right,
      StepGrid grid,
      QueryMeter meter) {
    SeriesKey signature = BinaryOperationStep.signature(operation.matching());
    return switch (operation.operator()) {
      case AND -> kept(left, steps(right, signature, grid), signature, Keep.WHERE_MET, meter);
      case UNLESS -> kept(left, steps(right, signature, grid), signature, Keep.WHERE_ALONE, meter);
      case OR -> {
        List<StepSeries> all = new ArrayList<>(left);
        Map<Labels, StepSeries> lefts = steps(left, signature, grid);
        all.addAll(kept(right, lefts, signature, Keep.WHERE_ALONE, meter));
        yield all;
      }
      case EQUAL,
          NOT_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          ADD,
          SUBTRACT,
          MULTIPLY,
          DIVIDE,
          MODULO,
          POWER ->
          throw new IllegalStateException("not a set operator: " + operation.operator().text());
    };
  }

  private enum Keep {
    WHERE_MET,
    WHERE_ALONE
  }

  /** Per signature, the steps at which some series has a value. */
  private static Map<Labels, StepSeries> steps(
      List<StepSeries> vector, SeriesKey signature, StepGrid grid) {
    Map<Labels, StepSeries> steps = new HashMap<>();
    for (StepSeries series : vector) {
      StepSeries union =
          steps.computeIfAbsent(
              signature.of(series.labels()), labels -> new StepSeries(labels, grid.count()));
      for (int step = series.next(0); step >= 0; step = series.next(step + 1)) {
        union.set(step, 1);
      }
    }
    return steps;
  }

  private static List<StepSeries> kept(
      List<StepSeries> vector,
      Map<Labels, StepSeries> others,
      SeriesKey signature,
      Keep keep,
      QueryMeter meter) {
    List<StepSeries> results = new ArrayList<>(vector.size());
    for (StepSeries series : vector) {
      meter.check();
      StepSeries other = others.get(signature.of(series.labels()));
      meter.reserve(StepSeries.bytes(series.steps()));
      StepSeries result = new StepSeries(series.labels(), series.steps());
      for (int step = series.next(0); step >= 0; step = series.next(step + 1)) {
        boolean met = other != null && other.has(step);
        if (met == (keep == Keep.WHERE_MET)) {
          result.set(step, series.value(step));
        }
      }
      if (!result.isEmpty()) {
        results.add(result);
      }
    }
    return results;
  }
}
