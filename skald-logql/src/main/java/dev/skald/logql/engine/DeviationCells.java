package dev.skald.logql.engine;

/**
 * Variances of samples that are added in order of time: Welford's mean and squares per cell, merged
 * by the formula of T. Chan, G. Golub and R. LeVeque, "Updating formulae and a pairwise algorithm
 * for computing sample variances" (1979).
 */
final class DeviationCells extends Cells {
  private final Deviation deviation;
  private final double[] means;
  private final double[] squares;
  private final long[] counts;

  DeviationCells(Deviation deviation, int size) {
    this.deviation = deviation;
    means = new double[size];
    squares = new double[size];
    counts = new long[size];
  }

  @Override
  DeviationCells empty(int size) {
    return new DeviationCells(deviation, size);
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
    double delta = observation.value - means[cell];
    counts[cell]++;
    means[cell] += delta / counts[cell];
    squares[cell] += delta * (observation.value - means[cell]);
  }

  @Override
  void merge(int cell, Cells other, int otherCell) {
    DeviationCells theirs = (DeviationCells) other;
    long more = theirs.counts[otherCell];
    long count = counts[cell] + more;
    if (counts[cell] == 0) {
      means[cell] = theirs.means[otherCell];
      squares[cell] = theirs.squares[otherCell];
    } else if (more > 0) {
      double delta = theirs.means[otherCell] - means[cell];
      double share = (double) more / count;
      means[cell] += delta * share;
      squares[cell] += theirs.squares[otherCell] + delta * delta * share * counts[cell];
    }
    counts[cell] = count;
  }

  @Override
  void clear(int cell) {
    counts[cell] = 0;
    means[cell] = 0;
    squares[cell] = 0;
  }

  @Override
  double result(int cell) {
    return deviation.finish(squares[cell] / counts[cell]);
  }
}
