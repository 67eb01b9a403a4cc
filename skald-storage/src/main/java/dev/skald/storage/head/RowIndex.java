package dev.skald.storage.head;

import dev.skald.bytes.SeededHash;

/**
 * Finds rows by a hash of what they hold. Made for a tenant's generation when a row arrives that is
 * not newer than its stream, as a retry or another sender's delay makes happen; in-order rows never
 * pay for it. Whoever pushes lines does not know the seed and cannot make them collide. For the
 * writer thread.
 */
final class RowIndex {
  private static final int NONE = 0;

  private final long seed;
  private int[] rows = new int[1024]; // number of the row + 1
  private int[] hashes = new int[1024];
  private int count;

  RowIndex(long seed) {
    this.seed = seed;
  }

  /** Asked about candidates: rows whose hashes are equal. */
  @FunctionalInterface
  interface Candidate {
    boolean isEqual(int row);
  }

  int hash(int streamId, long timestamp, byte[] line, int start, int end) {
    long hash = SeededHash.of(line, start, end, seed);
    hash = SeededHash.and(hash, timestamp, seed);
    hash = SeededHash.and(hash, streamId, seed);
    return (int) (hash ^ (hash >>> 32));
  }

  boolean contains(int hash, Candidate candidate) {
    int mask = rows.length - 1;
    for (int slot = hash & mask; rows[slot] != NONE; slot = (slot + 1) & mask) {
      if (hashes[slot] == hash && candidate.isEqual(rows[slot] - 1)) {
        return true;
      }
    }
    return false;
  }

  /** @param row not negative */
  void add(int hash, int row) {
    if (2 * count >= rows.length) {
      grow();
    }
    put(rows, hashes, hash, row + 1);
    count++;
  }

  private void grow() {
    int[] grownRows = new int[rows.length * 2];
    int[] grownHashes = new int[rows.length * 2];
    for (int slot = 0; slot < rows.length; slot++) {
      if (rows[slot] != NONE) {
        put(grownRows, grownHashes, hashes[slot], rows[slot]);
      }
    }
    rows = grownRows;
    hashes = grownHashes;
  }

  private static void put(int[] rows, int[] hashes, int hash, int value) {
    int mask = rows.length - 1;
    int slot = hash & mask;
    while (rows[slot] != NONE) {
      slot = (slot + 1) & mask;
    }
    rows[slot] = value;
    hashes[slot] = hash;
  }

  /** Heap that the index holds. */
  long memoryBytes() {
    return 2L * Integer.BYTES * rows.length;
  }
}
