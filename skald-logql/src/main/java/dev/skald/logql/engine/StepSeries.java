package dev.skald.logql.engine;

import dev.skald.model.Labels;

/**
 * One label set's values at the times of a {@link StepGrid}: a number per step, and a bit that says
 * whether there is one. Written by one thread while it is built, not changed afterwards.
 */
final class StepSeries {
  /** What a series takes besides its steps: objects and array headers. */
  private static final int OVERHEAD_BYTES = 112;

  private final Labels labels;
  private final double[] values;
  private final long[] present;

  StepSeries(Labels labels, int steps) {
    this(labels, new double[steps], new long[(steps + 63) >> 6]);
  }

  private StepSeries(Labels labels, double[] values, long[] present) {
    this.labels = labels;
    this.values = values;
    this.present = present;
  }

  /** The same value at every step. */
  static StepSeries constant(Labels labels, int steps, double value) {
    StepSeries series = new StepSeries(labels, steps);
    for (int step = 0; step < steps; step++) {
      series.set(step, value);
    }
    return series;
  }

  /** What a series of so many steps takes in memory, its labels left out. */
  static long bytes(int steps) {
    return OVERHEAD_BYTES + steps * 8L + steps / 8;
  }

  /** The same values, shared, under other labels. */
  StepSeries relabelled(Labels other) {
    return new StepSeries(other, values, present);
  }

  Labels labels() {
    return labels;
  }

  int steps() {
    return values.length;
  }

  boolean has(int step) {
    return (present[step >> 6] & 1L << step) != 0;
  }

  /** Meaningless where {@link #has} is false. */
  double value(int step) {
    return values[step];
  }

  void set(int step, double value) {
    values[step] = value;
    present[step >> 6] |= 1L << step;
  }

  boolean isEmpty() {
    for (long word : present) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  /** Steps with a value. */
  int count() {
    int count = 0;
    for (long word : present) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /** Whether both have a value at some step. */
  boolean meets(StepSeries other) {
    for (int i = 0; i < present.length; i++) {
      if ((present[i] & other.present[i]) != 0) {
        return true;
      }
    }
    return false;
  }

  /** The first step from {@code from} on that has a value, or -1. */
  int next(int from) {
    if (from >= values.length) {
      return -1;
    }
    int word = from >> 6;
    long bits = present[word] & -1L << from;
    while (bits == 0) {
      word++;
      if (word == present.length) {
        return -1;
      }
      bits = present[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }
}
