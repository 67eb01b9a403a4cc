package dev.skald.logql.engine;

/**
 * Counts samples: {@code count_over_time}, {@code rate} without unwrap, {@code absent_over_time}.
 */
final class CountCells extends Cells {
  private final long[] counts;

  CountCells(int size) {
    counts = new long[size];
  }

  /** So many samples at once. */
  void add(int cell, int samples) {
    counts[cell] += samples;
  }

  @Override
  CountCells empty(int size) {
    return new CountCells(size);
  }

  @Override
  int size() {
    return counts.length;
  }

  @Override
  int bytesPerCell() {
    return Long.BYTES;
  }

  @Override
  boolean touched(int cell) {
    return counts[cell] != 0;
  }

  @Override
  void add(int cell, Observation observation) {
    counts[cell]++;
  }

  @Override
  void merge(int cell, Cells other, int otherCell) {
    counts[cell] += ((CountCells) other).counts[otherCell];
  }

  @Override
  void clear(int cell) {
    counts[cell] = 0;
  }

  @Override
  double result(int cell) {
    return counts[cell];
  }
}
