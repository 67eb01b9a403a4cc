package dev.skald.logql.engine;

/**
 * Counters whose samples are added in order of time: first, last, and what was lost at restarts, of
 * each cell; see {@link CounterRate}.
 */
final class CounterCells extends Cells {
  private final CounterRate.Edges edges;
  private final long[] firstTimes;
  private final long[] lastTimes;
  private final double[] firsts;
  private final double[] lasts;
  private final double[] restarts;
  private final long[] counts;

  CounterCells(CounterRate.Edges edges, int size) {
    this.edges = edges;
    firstTimes = new long[size];
    lastTimes = new long[size];
    firsts = new double[size];
    lasts = new double[size];
    restarts = new double[size];
    counts = new long[size];
  }

  @Override
  CounterCells empty(int size) {
    return new CounterCells(edges, size);
  }

  @Override
  int size() {
    return counts.length;
  }

  @Override
  int bytesPerCell() {
    return 6 * Long.BYTES;
  }

  @Override
  boolean touched(int cell) {
    return counts[cell] != 0;
  }

  @Override
  void add(int cell, Observation observation) {
    double value = observation.value;
    if (counts[cell] == 0) {
      firstTimes[cell] = observation.epochNanos;
      firsts[cell] = value;
    } else if (value < lasts[cell]) {
      restarts[cell] += lasts[cell];
    }
    lastTimes[cell] = observation.epochNanos;
    lasts[cell] = value;
    counts[cell]++;
  }

  @Override
  void merge(int cell, Cells other, int otherCell) {
    CounterCells theirs = (CounterCells) other;
    if (theirs.counts[otherCell] == 0) {
      return;
    }
    if (counts[cell] == 0) {
      firstTimes[cell] = theirs.firstTimes[otherCell];
      firsts[cell] = theirs.firsts[otherCell];
    } else if (theirs.firsts[otherCell] < lasts[cell]) {
      restarts[cell] += lasts[cell];
    }
    restarts[cell] += theirs.restarts[otherCell];
    lastTimes[cell] = theirs.lastTimes[otherCell];
    lasts[cell] = theirs.lasts[otherCell];
    counts[cell] += theirs.counts[otherCell];
  }

  @Override
  void clear(int cell) {
    counts[cell] = 0;
    restarts[cell] = 0;
  }

  @Override
  double result(int cell) {
    throw new IllegalStateException("a counter's rate depends on the window");
  }

  @Override
  double result(int cell, long startEpochNanos, long endEpochNanos) {
    if (counts[cell] < 2) {
      return 0;
    }
    return edges.rate(
        counts[cell],
        lasts[cell] - firsts[cell] + restarts[cell],
        firsts[cell],
        firstTimes[cell],
        lastTimes[cell],
        startEpochNanos,
        endEpochNanos);
  }
}
