package dev.skald.logql.engine;

/**
 * {@code stdvar_over_time} and {@code stddev_over_time}: of the whole population, in one pass
 * (Welford 1962).
 */
enum Deviation implements WindowFunction {
  VARIANCE,
  STANDARD;

  /** Rounding depends on it. */
  @Override
  public SampleOrder order() {
    return SampleOrder.TIME;
  }

  @Override
  public double of(
      long[] times, double[] values, int from, int to, long startEpochNanos, long endEpochNanos) {
    double mean = 0;
    double squares = 0;
    for (int i = from; i < to; i++) {
      double delta = values[i] - mean;
      mean += delta / (i - from + 1);
      squares += delta * (values[i] - mean);
    }
    return finish(squares / (to - from));
  }

  @Override
  public void ofOverlapping(CellSamples cells, StepSeries out) {
    cells.merge(new DeviationCells(this, 0), out);
  }

  /** The answer for a variance. */
  double finish(double variance) {
    return this == VARIANCE ? variance : Math.sqrt(variance);
  }
}
