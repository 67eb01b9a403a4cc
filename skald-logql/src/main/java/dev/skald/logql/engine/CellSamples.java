package dev.skald.logql.engine;

/**
 * The samples of one series, sorted into cells.
 *
 * @param starts where the samples of each cell begin, and the size
 */
@SuppressWarnings("ArrayRecordComponent")
record CellSamples(SampleList samples, int[] starts, WindowCells windows, QueryMeter meter) {
  /** Windows that share their samples so often are not computed one by one. */
  private static final int SHARED_TIMES = 8;

  int from(int step) {
    return starts[windows.firstCell(step)];
  }

  /** Exclusive. */
  int to(int step) {
    return starts[windows.firstCell(step) + windows.cellsPerWindow()];
  }

  /** Whether the windows of the steps together are much more than the samples. */
  boolean overlapMuch(int steps) {
    return seen(steps) > (long) SHARED_TIMES * samples.size();
  }

  /** Samples of the windows of all steps, each counted as often as it is in one. */
  long seen(int steps) {
    long seen = 0;
    for (int step = 0; step < steps; step++) {
      seen += to(step) - from(step);
    }
    return seen;
  }

  /** Writes the value of each window, out of cells that are merged. */
  void merge(Cells kind, StepSeries out) {
    CellSeries series = new CellSeries(windows, kind, meter);
    Observation observation = new Observation();
    for (int cell = 0; cell < windows.cellCount(); cell++) {
      meter.check();
      for (int i = starts[cell]; i < starts[cell + 1]; i++) {
        observation.epochNanos = samples.times()[i];
        observation.value = samples.values()[i];
        int index = series.index(cell);
        series.cells().add(index, observation);
      }
    }
    series.windows(out, 1);
    series.release();
  }
}
