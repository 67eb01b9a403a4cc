package dev.skald.logql.engine;

import dev.skald.logql.syntax.MetricExpr.VectorOperator;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code sort} and {@code sort_desc}: of an instant query's vector. A matrix is sorted by labels in
 * the end.
 */
final class SortStep {
  /** How two values compare. */
  @FunctionalInterface
  interface ValueOrder {
    int compare(double a, double b);
  }

  /** Smallest first, NaN last. */
  static final ValueOrder ASCENDING = Double::compare;

  /** Greatest first, NaN last. */
  static final ValueOrder DESCENDING =
      (a, b) -> Double.isNaN(a) || Double.isNaN(b) ? Double.compare(a, b) : Double.compare(b, a);

  private SortStep() {}

  static List<StepSeries> apply(VectorOperator operator, List<StepSeries> inner, StepGrid grid) {
    if (grid.count() != 1) {
      return inner;
    }
    ValueOrder order = operator == VectorOperator.SORT ? ASCENDING : DESCENDING;
    List<StepSeries> sorted = new ArrayList<>(inner);
    sorted.removeIf(series -> !series.has(0));
    sorted.sort((a, b) -> order.compare(a.value(0), b.value(0)));
    return sorted;
  }
}
