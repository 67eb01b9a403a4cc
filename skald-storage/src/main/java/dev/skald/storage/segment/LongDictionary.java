package dev.skald.storage.segment;

import dev.skald.bytes.BitPacking;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The distinct values of a column and their places in order; an open-addressing hash table. */
final class LongDictionary {
  private static final long HASH_MULTIPLIER = 0x9e3779b97f4a7c15L; // 2^64 / golden ratio, Knuth 6.4

  private final long[] keys;

  /** Per slot: 0 if empty, else one more than the value's ordinal. */
  private final int[] ordinals;

  private final int shift;
  private int count;
  private long[] values = new long[0];

  private LongDictionary(int countMax) {
    int bits = Math.max(4, BitPacking.width(countMax * 2L));
    keys = new long[1 << bits];
    ordinals = new int[1 << bits];
    shift = Long.SIZE - bits;
  }

  /**
   * Of the first {@code count} values; null if more than {@code distinctMax} of them are distinct.
   */
  static @Nullable LongDictionary of(long[] column, int count, int distinctMax) {
    LongDictionary dictionary = new LongDictionary(distinctMax);
    for (int i = 0; i < count; i++) {
      int slot = dictionary.slot(column[i]);
      if (dictionary.ordinals[slot] == 0) {
        if (dictionary.count == distinctMax) {
          return null;
        }
        dictionary.keys[slot] = column[i];
        dictionary.ordinals[slot] = ++dictionary.count;
      }
    }
    dictionary.sort();
    return dictionary;
  }

  private void sort() {
    values = new long[count];
    for (int slot = 0; slot < keys.length; slot++) {
      if (ordinals[slot] != 0) {
        values[ordinals[slot] - 1] = keys[slot] ^ Long.MIN_VALUE; // signed order becomes unsigned
      }
    }
    Arrays.sort(values);
    for (int i = 0; i < count; i++) {
      values[i] ^= Long.MIN_VALUE;
      ordinals[slot(values[i])] = i + 1;
    }
  }

  /** Distinct values, ascending as unsigned numbers. Borrowed. */
  long[] values() {
    return values;
  }

  /** Place of a value that is in the dictionary. */
  int ordinal(long value) {
    return ordinals[slot(value)] - 1;
  }

  /** Bits of an ordinal. */
  int ordinalWidth() {
    return BitPacking.width(count - 1L);
  }

  private int slot(long value) {
    int slot = (int) ((value * HASH_MULTIPLIER) >>> shift);
    while (ordinals[slot] != 0 && keys[slot] != value) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }
}
