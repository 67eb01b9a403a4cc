package dev.skald.logql.engine;

/** Sums whole numbers exactly: {@code bytes_over_time}, {@code bytes_rate}. */
final class ByteCells extends Cells {
  /** The sum plus one, so that zero says untouched: an empty line is a sample too. */
  private final long[] sumsPlusOne;

  ByteCells(int size) {
    sumsPlusOne = new long[size];
  }

  @Override
  ByteCells empty(int size) {
    return new ByteCells(size);
  }

  @Override
  int size() {
    return sumsPlusOne.length;
  }

  @Override
  int bytesPerCell() {
    return Long.BYTES;
  }

  @Override
  boolean touched(int cell) {
    return sumsPlusOne[cell] != 0;
  }

  @Override
  void add(int cell, Observation observation) {
    add(cell, (long) observation.value);
  }

  void add(int cell, long bytes) {
    sumsPlusOne[cell] += sumsPlusOne[cell] == 0 ? bytes + 1 : bytes;
  }

  @Override
  void merge(int cell, Cells other, int otherCell) {
    long plusOne = ((ByteCells) other).sumsPlusOne[otherCell];
    if (plusOne != 0) {
      add(cell, plusOne - 1);
    }
  }

  @Override
  void clear(int cell) {
    sumsPlusOne[cell] = 0;
  }

  @Override
  double result(int cell) {
    return sumsPlusOne[cell] - 1;
  }
}
