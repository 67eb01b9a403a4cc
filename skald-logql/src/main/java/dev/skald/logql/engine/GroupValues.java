package dev.skald.logql.engine;

import dev.skald.logql.syntax.MetricExpr.VectorOperator;
import dev.skald.model.Labels;

/** A group's running aggregate at every step, in the columns that its operator needs. */
final class GroupValues {
  private final VectorOperator operator;
  private final long[] counts;

  /** Sum, mean, or extreme so far. */
  private final double[] values;

  /** Error of the sum, or sum of squared distances. */
  private final double[] seconds;

  GroupValues(VectorOperator operator, int steps) {
    this.operator = operator;
    counts = new long[steps];
    values = new double[steps];
    seconds = new double[steps];
  }

  /** What a group of so many steps takes in memory. */
  static long bytes(int steps) {
    return 3L * Long.BYTES * steps;
  }

  void add(StepSeries series) {
    for (int step = series.next(0); step >= 0; step = series.next(step + 1)) {
      counts[step]++;
      add(step, series.value(step));
    }
  }

  private void add(int step, double value) {
    switch (operator) {
      case SUM, AVG -> addToSum(step, value);
      case MAX -> addExtreme(ExtremeCells.Extreme.MAX, step, value);
      case MIN -> addExtreme(ExtremeCells.Extreme.MIN, step, value);
      case STDDEV, STDVAR -> {
        // Welford 1962, as Deviation.
        double delta = value - values[step];
        values[step] += delta / counts[step];
        seconds[step] += delta * (value - values[step]);
      }
      case COUNT -> {
        // The count is all there is.
      }
      case TOPK, BOTTOMK, APPROX_TOPK, SORT, SORT_DESC -> throw notGrouping();
    }
  }

  /** Keeps the error of each addition, as {@link SumCells}. */
  private void addToSum(int step, double term) {
    double sum = values[step];
    double next = sum + term;
    if (Double.isFinite(next)) {
      double added = next - sum;
      seconds[step] += (sum - (next - added)) + (term - added);
    }
    values[step] = next;
  }

  private void addExtreme(ExtremeCells.Extreme extreme, int step, double value) {
    values[step] = counts[step] == 1 ? value : ExtremeCells.further(extreme, values[step], value);
  }

  StepSeries finish(Labels labels) {
    StepSeries series = new StepSeries(labels, counts.length);
    for (int step = 0; step < counts.length; step++) {
      if (counts[step] != 0) {
        series.set(step, result(step));
      }
    }
    return series;
  }

  private double result(int step) {
    return switch (operator) {
      case SUM -> values[step] + seconds[step];
      case AVG -> (values[step] + seconds[step]) / counts[step];
      case MAX, MIN -> values[step];
      case COUNT -> counts[step];
      case STDDEV -> Deviation.STANDARD.finish(seconds[step] / counts[step]);
      case STDVAR -> Deviation.VARIANCE.finish(seconds[step] / counts[step]);
      case TOPK, BOTTOMK, APPROX_TOPK, SORT, SORT_DESC -> throw notGrouping();
    };
  }

  private IllegalStateException notGrouping() {
    return new IllegalStateException(operator.text() + " makes no groups");
  }
}
