package dev.skald.logql.engine;

import java.util.Arrays;

/**
 * {@code quantile_over_time} (spec logql.md 8.3): linear between the neighbours of rank φ·(n-1).
 * NaN sorts first.
 */
final class Quantile implements WindowFunction {
  /** Below this a sort is as fast as a selection. */
  private static final int SORT_MAX = 32;

  /** Samples of a window, on the average, from which on they are counted and not selected from. */
  private static final int COUNTED_MIN = 256;

  private final double phi;
  private double[] scratch = new double[64];

  Quantile(double phi) {
    this.phi = phi;
  }

  @Override
  public SampleOrder order() {
    return SampleOrder.ANY;
  }

  @Override
  public boolean readsTimes() {
    return false;
  }

  @Override
  public double of(
      long[] times, double[] values, int from, int to, long startEpochNanos, long endEpochNanos) {
    if (!(phi >= 0 && phi <= 1)) {
      return ofNoRank();
    }
    int count = to - from;
    if (scratch.length < count) {
      scratch = new double[Math.max(count, scratch.length * 2)];
    }
    int nans = 0;
    int end = count;
    for (int i = from; i < to; i++) {
      if (Double.isNaN(values[i])) {
        scratch[nans++] = values[i];
      } else {
        scratch[--end] = values[i];
      }
    }
    double rank = phi * (count - 1);
    int lower = (int) Math.floor(rank);
    int upper = Math.min(count - 1, lower + 1);
    double weight = rank - lower;
    double low = nth(lower, nans, count);
    double high = upper == lower ? low : next(lower, low, nans, count);
    return low * (1 - weight) + high * weight;
  }

  @Override
  public void ofEach(CellSamples cells, StepSeries out) {
    boolean areLarge = cells.seen(out.steps()) >= (long) COUNTED_MIN * out.steps();
    if (!areLarge || !(phi >= 0 && phi <= 1)) {
      WindowFunction.super.ofEach(cells, out);
    } else {
      ofLarge(cells, out);
    }
  }

  /** As {@link #ofEach}, of windows of many samples. */
  void ofLarge(CellSamples cells, StepSeries out) {
    SlidingBuckets buckets = new SlidingBuckets(cells);
    for (int step = 0; step < out.steps(); step++) {
      cells.meter().check();
      buckets.moveTo(step);
      if (buckets.size() > 0) {
        double rank = phi * (buckets.size() - 1);
        int lower = (int) Math.floor(rank);
        int upper = Math.min(buckets.size() - 1, lower + 1);
        double weight = rank - lower;
        out.set(step, at(buckets, lower) * (1 - weight) + at(buckets, upper) * weight);
      }
    }
    buckets.release();
  }

  private double at(SlidingBuckets buckets, int rank) {
    if (rank < buckets.nans()) {
      return Double.NaN;
    }
    int first = buckets.gather(rank);
    scratch = buckets.gathered();
    return nth(rank - first, 0, buckets.gatheredCount());
  }

  private double ofNoRank() {
    if (Double.isNaN(phi)) {
      return Double.NaN;
    }
    return phi < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  @Override
  public void ofOverlapping(CellSamples cells, StepSeries out) {
    SlidingRanks ranks = new SlidingRanks(cells);
    for (int step = 0; step < out.steps(); step++) {
      cells.meter().check();
      ranks.moveTo(step);
      if (ranks.size() > 0) {
        out.set(step, phi >= 0 && phi <= 1 ? between(ranks) : ofNoRank());
      }
    }
    ranks.release();
  }

  private double between(SlidingRanks ranks) {
    double rank = phi * (ranks.size() - 1);
    int lower = (int) Math.floor(rank);
    int upper = Math.min(ranks.size() - 1, lower + 1);
    double weight = rank - lower;
    return ranks.at(lower) * (1 - weight) + ranks.at(upper) * weight;
  }

  /**
   * The value of a rank; afterwards none of smaller rank stands behind it, none of greater rank
   * before.
   */
  private double nth(int rank, int nans, int count) {
    if (rank < nans) {
      return Double.NaN;
    }
    int left = nans;
    int right = count - 1;
    while (right - left >= SORT_MAX) {
      double pivot = medianOfThree(left, right);
      int i = left;
      int j = right;
      while (i <= j) {
        while (scratch[i] < pivot) {
          i++;
        }
        while (scratch[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double swap = scratch[i];
          scratch[i++] = scratch[j];
          scratch[j--] = swap;
        }
      }
      if (rank <= j) {
        right = j;
      } else if (rank >= i) {
        left = i;
      } else {
        return scratch[rank];
      }
    }
    Arrays.sort(scratch, left, right + 1);
    return scratch[rank];
  }

  private double medianOfThree(int left, int right) {
    double a = scratch[left];
    double b = scratch[(left + right) >>> 1];
    double c = scratch[right];
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /** The value of the rank after {@code rank}, once {@link #nth} has run for it. */
  private double next(int rank, double low, int nans, int count) {
    if (Double.isNaN(low)) {
      return nth(rank + 1, nans, count);
    }
    double least = scratch[rank + 1];
    for (int i = rank + 2; i < count; i++) {
      least = Math.min(least, scratch[i]);
    }
    return least;
  }
}
