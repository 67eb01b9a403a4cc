package dev.skald.storage.column;

import java.util.Arrays;

/**
 * Finds equal values: an open-addressing table of ordinals, which are given out in order of first appearance. Keeps its
 * memory; for one thread.
 */
final class DistinctValues {
  /** Multipliers of wyhash's final mix. */
  private static final long MULTIPLIER = 0xa0761d6478bd642fL;

  private static final long OTHER_MULTIPLIER = 0xe7037ed1a0b428dbL;
  private static final int SLOTS_MIN = 64;

  private int[] slots = new int[SLOTS_MIN];
  private int[] firsts = new int[SLOTS_MIN];
  private long[] hashes = new long[SLOTS_MIN];
  private int distinct;

  /** How many different values were seen. */
  int count() {
    return distinct;
  }

  /** Index of the value that was first to have an ordinal. */
  int first(int ordinal) {
    return firsts[ordinal];
  }

  void clear(int expected) {
    int wanted = Math.max(SLOTS_MIN, Integer.highestOneBit(Math.max(1, expected)) * 4);
    if (wanted > slots.length || wanted * 8 < slots.length) {
      slots = new int[wanted];
    } else {
      Arrays.fill(slots, 0);
    }
    distinct = 0;
  }

  /** The ordinal of a value. */
  int add(ValueSlices values, int index) {
    byte[] bytes = values.bytes;
    int start = values.starts[index];
    int end = values.ends[index];
    int length = end - start;
    long hash = hash(bytes, start, length);
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    while (true) {
      int ordinal = slots[slot] - 1;
      if (ordinal < 0) {
        return insert(index, hash, slot);
      }
      if (hashes[ordinal] == hash) {
        int other = firsts[ordinal];
        int otherStart = values.starts[other];
        if (values.ends[other] - otherStart == length && equal(bytes, start, otherStart, length)) {
          return ordinal;
        }
      }
      slot = (slot + 1) & mask;
    }
  }

  private static boolean equal(byte[] bytes, int start, int other, int length) {
    if (length <= Long.BYTES) {
      return Words.little(bytes, start, length) == Words.little(bytes, other, length);
    }
    return Arrays.equals(bytes, start, start + length, bytes, other, other + length);
  }

  private int insert(int index, long hash, int slot) {
    if (distinct == firsts.length) {
      firsts = Arrays.copyOf(firsts, distinct * 2);
      hashes = Arrays.copyOf(hashes, distinct * 2);
    }
    firsts[distinct] = index;
    hashes[distinct] = hash;
    slots[slot] = ++distinct;
    if (distinct * 2 > slots.length) {
      grow();
    }
    return distinct - 1;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int ordinal = 0; ordinal < distinct; ordinal++) {
      int slot = (int) hashes[ordinal] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = ordinal + 1;
    }
  }

  private static long hash(byte[] bytes, int start, int length) {
    long hash = length * OTHER_MULTIPLIER;
    int at = start;
    int rest = length;
    while (rest > Long.BYTES) {
      hash = mix(hash ^ Words.little(bytes, at, Long.BYTES));
      at += Long.BYTES;
      rest -= Long.BYTES;
    }
    return mix(hash ^ Words.little(bytes, at, rest));
  }

  private static long mix(long word) {
    return Math.multiplyHigh(word, MULTIPLIER) ^ (word * MULTIPLIER);
  }
}
