package dev.skald.logql.engine;

/**
 * {@code rate_counter} (spec logql.md 8.5): the growth of a counter that may start again at zero,
 * stretched to the edges of the window unless the samples stop well before them.
 */
final class CounterRate implements WindowFunction {
  /**
   * Samples end at the window's edge, as far as one can tell, if it is no further than this many
   * average distances.
   */
  private static final double EDGE_DISTANCES = 1.1;

  private static final double NANOS_PER_SECOND = 1e9;

  private static final double NANOS_PER_MILLI = 1e6;

  private final Edges edges;

  CounterRate(Edges edges) {
    this.edges = edges;
  }

  /** Whether growth is stretched to the edges of the window. */
  enum Edges {
    REACHED {
      @Override
      double rate(
          long count,
          double growth,
          double first,
          long firstEpochNanos,
          long lastEpochNanos,
          long startEpochNanos,
          long endEpochNanos) {
        return stretched(
            count, growth, first, firstEpochNanos, lastEpochNanos, startEpochNanos, endEpochNanos);
      }
    },
    /** As Loki does up to 3.7: it adds the window's milliseconds to nanoseconds, next to nothing. */
    LEFT {
      @Override
      double rate(
          long count,
          double growth,
          double first,
          long firstEpochNanos,
          long lastEpochNanos,
          long startEpochNanos,
          long endEpochNanos) {
        double range = endEpochNanos - startEpochNanos;
        double sampled = lastEpochNanos - firstEpochNanos;
        double distance = sampled / (count - 1);
        double edge = range / NANOS_PER_MILLI;
        if (edge >= distance * EDGE_DISTANCES) {
          edge = distance / 2;
        }
        return growth / (range / NANOS_PER_SECOND) * (1 + edge / sampled);
      }
    };

    /** Of a counter that has grown so much between its first and its last sample. */
    abstract double rate(
        long count,
        double growth,
        double first,
        long firstEpochNanos,
        long lastEpochNanos,
        long startEpochNanos,
        long endEpochNanos);
  }

  @Override
  public SampleOrder order() {
    return SampleOrder.TIME;
  }

  @Override
  public double of(
      long[] times, double[] values, int from, int to, long startEpochNanos, long endEpochNanos) {
    int count = to - from;
    if (count < 2) {
      return 0;
    }
    double growth = values[to - 1] - values[from];
    for (int i = from + 1; i < to; i++) {
      if (values[i] < values[i - 1]) {
        growth += values[i - 1];
      }
    }
    return edges.rate(
        count, growth, values[from], times[from], times[to - 1], startEpochNanos, endEpochNanos);
  }

  @Override
  public void ofOverlapping(CellSamples cells, StepSeries out) {
    cells.merge(new CounterCells(edges, 0), out);
  }

  private static double stretched(
      long count,
      double growth,
      double first,
      long firstEpochNanos,
      long lastEpochNanos,
      long startEpochNanos,
      long endEpochNanos) {
    double sampled = (lastEpochNanos - firstEpochNanos) / NANOS_PER_SECOND;
    double distance = sampled / (count - 1);
    double toStart = (firstEpochNanos - startEpochNanos) / NANOS_PER_SECOND;
    double toEnd = (endEpochNanos - lastEpochNanos) / NANOS_PER_SECOND;
    if (toStart >= distance * EDGE_DISTANCES) {
      toStart = distance / 2;
    }
    if (growth > 0 && first >= 0) {
      toStart = Math.min(toStart, sampled * first / growth);
    }
    if (toEnd >= distance * EDGE_DISTANCES) {
      toEnd = distance / 2;
    }
    double range = (endEpochNanos - startEpochNanos) / NANOS_PER_SECOND;
    return growth * ((sampled + toStart + toEnd) / sampled) / range;
  }
}
