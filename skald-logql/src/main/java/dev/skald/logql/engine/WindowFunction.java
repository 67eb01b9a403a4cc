package dev.skald.logql.engine;

/**
 * A range function that needs every sample of a window. May keep scratch space: one thread at a
 * time.
 */
interface WindowFunction {
  /** In which order a function wants its samples. */
  enum SampleOrder {
    ANY,
    TIME
  }

  SampleOrder order();

  /** Whether it looks at times; if not, samples may come without. */
  default boolean readsTimes() {
    return true;
  }

  /**
   * The value for samples {@code from} to {@code to} (exclusive; at least one), in the {@link
   * #order} of the function.
   *
   * @param startEpochNanos start of the window, exclusive
   * @param endEpochNanos its end, inclusive
   */
  double of(
      long[] times, double[] values, int from, int to, long startEpochNanos, long endEpochNanos);

  /**
   * Writes the values of all windows, which overlap little if at all. The same values as {@link #of}.
   *
   * @param cells in the {@link #order} of the function
   */
  default void ofEach(CellSamples cells, StepSeries out) {
    SampleList samples = cells.samples();
    WindowCells windows = cells.windows();
    for (int step = 0; step < out.steps(); step++) {
      int from = cells.from(step);
      int to = cells.to(step);
      if (from < to) {
        cells.meter().check();
        long start = windows.windowStartEpochNanos(step);
        long end = windows.windowEndEpochNanos(step);
        out.set(step, of(samples.times(), samples.values(), from, to, start, end));
      }
    }
  }

  /**
   * Writes the values of all windows, which overlap much: in time that grows with the samples, and
   * with the steps, but not with their product. The same values as {@link #of}, but for rounding.
   *
   * @param cells in the {@link #order} of the function
   */
  void ofOverlapping(CellSamples cells, StepSeries out);
}
