package dev.skald.logql.engine;

/**
 * Sums and averages numbers: {@code sum_over_time}, {@code rate} with unwrap,
 * {@code avg_over_time}.
 *
 * <p>A sum is kept with the error of its additions (two-sum, Knuth TAOCP 4.2.2; summed up as
 * Neumaier does), so that the result does not depend on how samples lie in pages and which worker
 * adds them: all but the last bit of a double is right whatever the order, and so is the last
 * unless the true sum lies next to the middle of two doubles.
 */
final class SumCells extends Cells {
  private final Value value;
  private final double[] sums;
  private final double[] errors;
  private final long[] counts;

  /** What is answered. */
  enum Value {
    SUM,
    MEAN
  }

  SumCells(Value value, int size) {
    this.value = value;
    sums = new double[size];
    errors = new double[size];
    counts = new long[size];
  }

  @Override
  SumCells empty(int size) {
    return new SumCells(value, size);
  }

  @Override
  int size() {
    return counts.length;
  }

  @Override
  int bytesPerCell() {
    return 3 * Long.BYTES;
  }

  @Override
  boolean touched(int cell) {
    return counts[cell] != 0;
  }

  @Override
  void add(int cell, Observation observation) {
    counts[cell]++;
    add(cell, observation.value);
  }

  private void add(int cell, double term) {
    double sum = sums[cell];
    double next = sum + term;
    if (Double.isFinite(next)) {
      double added = next - sum;
      errors[cell] += (sum - (next - added)) + (term - added);
    }
    sums[cell] = next;
  }

  @Override
  void merge(int cell, Cells other, int otherCell) {
    SumCells theirs = (SumCells) other;
    counts[cell] += theirs.counts[otherCell];
    add(cell, theirs.sums[otherCell]);
    errors[cell] += theirs.errors[otherCell];
  }

  @Override
  void clear(int cell) {
    counts[cell] = 0;
    sums[cell] = 0;
    errors[cell] = 0;
  }

  @Override
  double result(int cell) {
    double sum = sums[cell] + errors[cell];
    return switch (value) {
      case SUM -> sum;
      case MEAN -> sum / counts[cell];
    };
  }
}
