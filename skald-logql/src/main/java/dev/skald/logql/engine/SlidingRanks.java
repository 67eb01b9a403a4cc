package dev.skald.logql.engine;

import java.util.Arrays;

/**
 * Samples of a window by rank, while the window slides: each value has its place in the order of
 * all values of the series, and places are counted one by one and by the block. Adding or removing
 * a sample changes two counts; finding a rank walks over the blocks, and then over one of them.
 */
final class SlidingRanks {
  /** Block size: a walk takes size / 1024 + 1024 steps. */
  private static final int BLOCK_BITS = 10;

  private static final int NAN = -1;
  private static final int BYTES_PER_SAMPLE = Double.BYTES + 2 * Integer.BYTES;

  private final CellSamples cells;
  private final double[] ordered;

  /** Per sample, its place in {@link #ordered}; {@link #NAN} apart. */
  private final int[] places;

  private final int[] counts;
  private final int[] blockCounts;
  private int nans;
  private int count;
  private int from;
  private int to;

  SlidingRanks(CellSamples cells) {
    this.cells = cells;
    int size = cells.samples().size();
    double[] values = cells.samples().values();
    cells.meter().reserve((long) size * BYTES_PER_SAMPLE);
    ordered = Arrays.copyOf(values, size);
    Arrays.sort(ordered); // NaN comes last
    places = new int[size];
    for (int i = 0; i < size; i++) {
      places[i] = Double.isNaN(values[i]) ? NAN : Arrays.binarySearch(ordered, values[i]);
    }
    counts = new int[size];
    blockCounts = new int[(size >> BLOCK_BITS) + 1];
  }

  /** To be called at the end. */
  void release() {
    cells.meter().release((long) places.length * BYTES_PER_SAMPLE);
  }

  /** Moves to a step's window; steps ascend. */
  void moveTo(int step) {
    int nextFrom = cells.from(step);
    int nextTo = cells.to(step);
    for (; to < nextTo; to++) {
      count(places[to], 1);
    }
    for (; from < nextFrom; from++) {
      count(places[from], -1);
    }
  }

  private void count(int place, int change) {
    count += change;
    if (place == NAN) {
      nans += change;
    } else {
      counts[place] += change;
      blockCounts[place >> BLOCK_BITS] += change;
    }
  }

  /** Samples in the window. */
  int size() {
    return count;
  }

  /** The value of a rank, from 0; NaN comes first. */
  double at(int rank) {
    int left = rank - nans;
    if (left < 0) {
      return Double.NaN;
    }
    int block = 0;
    while (left >= blockCounts[block]) {
      left -= blockCounts[block++];
    }
    int place = block << BLOCK_BITS;
    while (left >= counts[place]) {
      left -= counts[place++];
    }
    return ordered[place];
  }
}
