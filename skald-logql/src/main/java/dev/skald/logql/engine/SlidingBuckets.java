package dev.skald.logql.engine;

import java.util.Arrays;

/**
 * Samples of a window by rank, while the window slides over samples that it mostly sees a few times: values are counted
 * by the bucket, buckets ascend, and only the samples of the bucket that holds a rank are looked at. Buckets divide the
 * bits of a double, which ascend as doubles do, evenly between two values near the ends of what a spread of samples
 * shows.
 */
final class SlidingBuckets {
  private static final int BUCKET_BITS = 12;
  private static final int BLOCK_BITS = 6;
  private static final char NAN = 0xffff;

  /** Samples that buckets are chosen by, and one in so many of them that lies beyond on either side. */
  private static final int SPREAD = 1024;

  private static final int BEYOND = 128;
  private static final int BYTES_PER_SAMPLE = Character.BYTES;
  private static final int NONE = -1;

  private final CellSamples cells;
  private final double[] values;

  /** Per sample its bucket; {@link #NAN} apart. */
  private final char[] buckets;

  private final int[] counts = new int[1 << BUCKET_BITS];
  private final int[] blockCounts = new int[1 << (BUCKET_BITS - BLOCK_BITS)];
  private int nans;
  private int from;
  private int to;
  private double[] gathered = new double[64];
  private int gatheredCount;
  private int gatheredBucket = NONE;
  private int gatheredFirst;

  SlidingBuckets(CellSamples cells) {
    this.cells = cells;
    values = cells.samples().values();
    int size = cells.samples().size();
    cells.meter().reserve((long) size * BYTES_PER_SAMPLE);
    buckets = new char[size];
    double[] spread = spread(values, size);
    int beyond = spread.length / BEYOND;
    long least = spread.length == 0 ? 0 : ordered(spread[beyond]);
    long most = spread.length == 0 ? 0 : ordered(spread[spread.length - 1 - beyond]);
    int bits = Long.SIZE - Long.numberOfLeadingZeros(most - least);
    int shift = Math.max(0, bits - BUCKET_BITS);
    for (int i = 0; i < size; i++) {
      long value = ordered(values[i]);
      buckets[i] =
          Double.isNaN(values[i])
              ? NAN
              : (char) ((Math.clamp(value, least, most) - least) >>> shift);
    }
  }

  private static double[] spread(double[] values, int size) {
    int stride = Math.max(1, size / SPREAD);
    double[] spread = new double[size / stride];
    int count = 0;
    for (int i = 0; i < spread.length; i++) {
      double value = values[i * stride];
      if (!Double.isNaN(value)) {
        spread[count++] = value;
      }
    }
    double[] numbers = Arrays.copyOf(spread, count);
    Arrays.sort(numbers);
    return numbers;
  }

  /** The bits of a number, as a long that is less where the number is. */
  private static long ordered(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  /** To be called at the end. */
  void release() {
    cells.meter().release((long) buckets.length * BYTES_PER_SAMPLE);
  }

  /** Moves to a step's window; steps ascend. */
  void moveTo(int step) {
    int nextFrom = cells.from(step);
    int nextTo = cells.to(step);
    for (; to < nextTo; to++) {
      count(buckets[to], 1);
    }
    for (; from < nextFrom; from++) {
      count(buckets[from], -1);
    }
    gatheredBucket = NONE;
  }

  private void count(char bucket, int change) {
    if (bucket == NAN) {
      nans += change;
    } else {
      counts[bucket] += change;
      blockCounts[bucket >> BLOCK_BITS] += change;
    }
  }

  /** Samples in the window. */
  int size() {
    return to - from;
  }

  /** Those of them that are no numbers; they have the first ranks. */
  int nans() {
    return nans;
  }

  /**
   * Finds the samples of the bucket that holds a number's rank: the first {@link #gatheredCount} of {@link #gathered}.
   *
   * @return the rank of the least of them
   */
  int gather(int rank) {
    int first = nans;
    int block = 0;
    while (rank - first >= blockCounts[block]) {
      first += blockCounts[block++];
    }
    int bucket = block << BLOCK_BITS;
    while (rank - first >= counts[bucket]) {
      first += counts[bucket++];
    }
    if (bucket != gatheredBucket) {
      gatheredBucket = bucket;
      gatheredFirst = first;
      gather((char) bucket);
    }
    return gatheredFirst;
  }

  private void gather(char bucket) {
    int wanted = counts[bucket];
    if (gathered.length < wanted) {
      gathered = new double[Math.max(wanted, 2 * gathered.length)];
    }
    int count = 0;
    for (int i = from; count < wanted; i++) {
      if (buckets[i] == bucket) {
        gathered[count++] = values[i];
      }
    }
    gatheredCount = count;
  }

  /** Borrowed until {@link #gather} or {@link #moveTo} is called again; whoever has them may order them otherwise. */
  double[] gathered() {
    return gathered;
  }

  int gatheredCount() {
    return gatheredCount;
  }
}
