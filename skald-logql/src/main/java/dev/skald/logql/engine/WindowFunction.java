package dev.skald.logql.engine;

/**
 * A range function that needs every sample of a window. May keep scratch space: one thread at a
 * time.
 */
@FunctionalInterface
interface WindowFunction {
  /**
   * The value for samples {@code from} to {@code to} (exclusive; at least one) in order of time.
   *
   * @param startEpochNanos start of the window, exclusive
   * @param endEpochNanos its end, inclusive
   */
  double of(
      long[] times, double[] values, int from, int to, long startEpochNanos, long endEpochNanos);
}
