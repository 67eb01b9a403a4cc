package dev.skald.storage.column;

import dev.skald.bytes.SeededHash;
import java.util.Arrays;

/**
 * Values in order, each a stretch of one array of bytes. Growing, and to be used again after {@link #reset}. For one
 * thread.
 */
public final class ValueSlices {
  /** Values that {@link #sampleHash} looks at. */
  private static final int SAMPLE = 4;

  byte[] bytes = new byte[0];
  int[] starts = new int[64];
  int[] ends = new int[64];
  int count;

  /** Forgets the values; the next ones lie in {@code source}, which is borrowed. */
  public void reset(byte[] source) {
    bytes = source;
    count = 0;
  }

  /** The value {@code source[start .. end)}. */
  public void add(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    starts[count] = start;
    ends[count] = end;
    count++;
  }

  public int count() {
    return count;
  }

  /** Borrowed. */
  public byte[] bytes() {
    return bytes;
  }

  public int start(int index) {
    return starts[index];
  }

  public int end(int index) {
    return ends[index];
  }

  public int length(int index) {
    return ends[index] - starts[index];
  }

  /** A copy of a value. */
  public byte[] value(int index) {
    return Arrays.copyOfRange(bytes, starts[index], ends[index]);
  }

  /** A hash of the count and a few values: another one means other values. Of at least one value. */
  public long sampleHash() {
    long hash = count;
    for (int i = 0; i < SAMPLE; i++) {
      int index = (int) ((long) (count - 1) * i / (SAMPLE - 1));
      hash = SeededHash.of(bytes, starts[index], ends[index], hash);
    }
    return hash;
  }

  /** Whether both hold the same values in the same order; quick to say no. */
  public boolean isSame(ValueSlices other) {
    if (count != other.count) {
      return false;
    }
    for (int i = count - 1, step = 1; i >= 0; i -= step, step++) {
      if (!equal(i, other, i)) {
        return false;
      }
    }
    for (int i = 0; i < count; i++) {
      if (!equal(i, other, i)) {
        return false;
      }
    }
    return true;
  }

  private boolean equal(int index, ValueSlices other, int at) {
    return Arrays.equals(
        bytes, starts[index], ends[index], other.bytes, other.starts[at], other.ends[at]);
  }

  boolean equal(int index, int other) {
    return Arrays.equals(bytes, starts[index], ends[index], bytes, starts[other], ends[other]);
  }
}
