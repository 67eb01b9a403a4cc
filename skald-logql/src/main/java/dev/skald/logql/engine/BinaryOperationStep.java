package dev.skald.logql.engine;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.MetricExpr.BinaryOperation;
import dev.skald.logql.syntax.MetricExpr.BinaryOperator;
import dev.skald.logql.syntax.MetricExpr.Cardinality;
import dev.skald.logql.syntax.MetricExpr.Matching;
import dev.skald.logql.syntax.MetricExpr.OnKind;
import dev.skald.logql.syntax.MetricExpr.OnLabels;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Arithmetic and comparisons between vectors, and between a vector and a number (spec logql.md
 * 8.7). Which series belong together depends on their labels alone; whether they meet is looked at
 * for each step.
 */
final class BinaryOperationStep {
  private final BinaryOperator operator;
  private final Matching matching;
  private final SeriesKey signature;
  private final int steps;
  private final QueryMeter meter;

  private BinaryOperationStep(BinaryOperation operation, StepGrid grid, QueryMeter meter) {
    operator = operation.operator();
    matching = operation.matching();
    signature = signature(matching);
    steps = grid.count();
    this.meter = meter;
  }

  /** What two series must have in common. */
  static SeriesKey signature(Matching matching) {
    if (matching.on().isEmpty()) {
      return SeriesKey.all();
    }
    OnLabels on = matching.on().get();
    return on.kind() == OnKind.ON
        ? SeriesKey.by(on.labels())
        : new SeriesKey.Without(Set.copyOf(on.labels()));
  }

  /** Vector and vector. */
  static List<StepSeries> apply(
      BinaryOperation operation,
      List<StepSeries> left,
      List<StepSeries> right,
      StepGrid grid,
      QueryMeter meter) {
    return new BinaryOperationStep(operation, grid, meter).match(left, right);
  }

  /**
   * Vector and number. A comparison without bool keeps the vector's values, wherever the vector
   * stands.
   */
  static List<StepSeries> applyNumber(
      BinaryOperation operation,
      List<StepSeries> vector,
      double number,
      NumberSide side,
      QueryMeter meter) {
    BinaryOperator operator = operation.operator();
    boolean filters = operator.isComparison() && !operation.matching().returnsBool();
    List<StepSeries> results = new ArrayList<>(vector.size());
    for (StepSeries series : vector) {
      meter.check();
      meter.reserve(StepSeries.bytes(series.steps()));
      StepSeries result = new StepSeries(series.labels(), series.steps());
      for (int step = series.next(0); step >= 0; step = series.next(step + 1)) {
        double value = series.value(step);
        double a = side == NumberSide.LEFT ? number : value;
        double b = side == NumberSide.LEFT ? value : number;
        if (!filters) {
          result.set(step, BinaryArithmetic.apply(operator, a, b));
        } else if (BinaryArithmetic.holds(operator, a, b)) {
          result.set(step, value);
        }
      }
      if (!result.isEmpty()) {
        results.add(result);
      }
    }
    return results;
  }

  /** Where the number stands. */
  enum NumberSide {
    LEFT,
    RIGHT
  }

  private List<StepSeries> match(List<StepSeries> left, List<StepSeries> right) {
    boolean manyOnRight = matching.cardinality() == Cardinality.ONE_TO_MANY;
    List<StepSeries> many = manyOnRight ? right : left;
    List<StepSeries> one = manyOnRight ? left : right;
    Map<Labels, List<StepSeries>> ones = bySignature(one, manyOnRight ? "left" : "right");
    Map<Labels, StepSeries> results = new LinkedHashMap<>();
    for (StepSeries series : many) {
      meter.check();
      for (StepSeries partner : ones.getOrDefault(signature.of(series.labels()), List.of())) {
        join(series, partner, manyOnRight, results);
      }
    }
    List<StepSeries> joined = new ArrayList<>(results.values());
    joined.removeIf(StepSeries::isEmpty);
    return joined;
  }

  private Map<Labels, List<StepSeries>> bySignature(List<StepSeries> one, String side) {
    Map<Labels, List<StepSeries>> ones = new HashMap<>();
    for (StepSeries series : one) {
      meter.check();
      Labels key = signature.of(series.labels());
      meter.reserve(SeriesTable.bytes(key));
      List<StepSeries> same = ones.computeIfAbsent(key, labels -> new ArrayList<>(1));
      if (same.stream().anyMatch(series::meets)) {
        throw new SkaldException(
            ErrorKind.BAD_REQUEST,
            "found duplicate series on the %s hand-side;many-to-many matching not allowed:"
                + " matching labels must be unique on one side",
            side);
      }
      same.add(series);
    }
    return ones;
  }

  private void join(
      StepSeries many, StepSeries one, boolean manyOnRight, Map<Labels, StepSeries> results) {
    StepSeries left = manyOnRight ? one : many;
    StepSeries right = manyOnRight ? many : one;
    StepSeries result = null;
    for (int step = many.next(0); step >= 0; step = many.next(step + 1)) {
      if (!one.has(step)) {
        continue;
      }
      double a = left.value(step);
      double b = right.value(step);
      double value;
      if (!operator.isComparison() || matching.returnsBool()) {
        value = BinaryArithmetic.apply(operator, a, b);
      } else if (BinaryArithmetic.holds(operator, a, b)) {
        value = a;
      } else {
        continue;
      }
      if (result == null) {
        result = resultSeries(resultLabels(many.labels(), one.labels()), results);
      }
      if (result.has(step)) {
        throw SkaldException.of(
            ErrorKind.BAD_REQUEST,
            matching.cardinality() == Cardinality.ONE_TO_ONE
                ? "multiple matches for labels: many-to-one matching must be explicit"
                    + " (group_left/group_right)"
                : "multiple matches for labels: grouping labels must ensure unique matches");
      }
      result.set(step, value);
    }
  }

  private StepSeries resultSeries(Labels labels, Map<Labels, StepSeries> results) {
    StepSeries known = results.get(labels);
    if (known == null) {
      meter.reserve(StepSeries.bytes(steps) + SeriesTable.bytes(labels));
      known = new StepSeries(labels, steps);
      results.put(labels, known);
    }
    return known;
  }

  private Labels resultLabels(Labels many, Labels one) {
    if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
      return signature.of(many);
    }
    if (matching.include().isEmpty()) {
      return many;
    }
    List<Label> labels = new ArrayList<>(many.sorted());
    labels.removeIf(label -> matching.include().contains(label.name()));
    matching.include().stream()
        .distinct()
        .filter(name -> !one.get(name).isEmpty())
        .forEach(name -> labels.add(new Label(name, one.get(name))));
    return Labels.of(labels);
  }
}
