package dev.skald.storage.shape;

import org.jspecify.annotations.Nullable;

/**
 * Finds things by hashes of theirs, without an object for each hash as a map would need: asked for each line. Open
 * addressing; nothing is ever removed. One thread.
 */
final class HashTable<V> {
  private static final int SLOTS_MIN = 64;

  private long[] hashes = new long[SLOTS_MIN];
  private @Nullable Object[] values = new @Nullable Object[SLOTS_MIN];
  private int count;

  int size() {
    return count;
  }

  @Nullable V get(long hash) {
    int mask = hashes.length - 1;
    for (int slot = slot(hash, mask); ; slot = (slot + 1) & mask) {
      @SuppressWarnings("unchecked") // only put writes
      V value = (V) values[slot];
      if (value == null || hashes[slot] == hash) {
        return value;
      }
    }
  }

  /** Adds a value, or puts it in the place of the one with this hash. */
  void put(long hash, V value) {
    if (2 * count >= hashes.length) {
      grow();
    }
    int mask = hashes.length - 1;
    int slot = slot(hash, mask);
    while (values[slot] != null && hashes[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    count += values[slot] == null ? 1 : 0;
    hashes[slot] = hash;
    values[slot] = value;
  }

  private void grow() {
    long[] before = hashes;
    @Nullable Object[] moved = values;
    hashes = new long[before.length * 2];
    values = new @Nullable Object[before.length * 2];
    int mask = hashes.length - 1;
    for (int i = 0; i < before.length; i++) {
      if (moved[i] != null) {
        int slot = slot(before[i], mask);
        while (values[slot] != null) {
          slot = (slot + 1) & mask;
        }
        hashes[slot] = before[i];
        values[slot] = moved[i];
      }
    }
  }

  private static int slot(long hash, int mask) {
    return (int) (hash ^ (hash >>> 32)) & mask;
  }
}
