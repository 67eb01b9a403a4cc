package dev.skald.storage.segment;

import java.util.Arrays;

/** Finds rows that are the same entry among rows of one stream and time. */
final class EqualRows {
  /** Up to this many rows each is compared with each; above, they are hashed. */
  private static final int COMPARED_MAX = 8;

  private final SortedRows rows;
  private final long hashSeed;

  /** Open-addressing hash table of rows, one more than the row's number; 0 is empty. */
  private int[] table = new int[64];

  /** Slots of the table in use; a power of two. */
  private int slots;

  EqualRows(SortedRows rows, long hashSeed) {
    this.rows = rows;
    this.hashSeed = hashSeed;
  }

  /**
   * Moves the first of each set of equal rows in {@code [from, to)} to the front, in order.
   *
   * @return how many there are; the references behind them are undefined
   */
  int moveDistinctFirst(int from, int to) {
    boolean hashed = to - from > COMPARED_MAX;
    if (hashed) {
      slots = Integer.highestOneBit(to - from) * 4;
      if (table.length < slots) {
        table = new int[slots];
      } else {
        Arrays.fill(table, 0, slots, 0);
      }
    }
    int kept = from;
    for (int row = from; row < to; row++) {
      if (hashed ? addHashed(row, kept) : isNew(row, from, kept)) {
        rows.move(row, kept++);
      }
    }
    return kept - from;
  }

  private boolean isNew(int row, int from, int kept) {
    for (int earlier = from; earlier < kept; earlier++) {
      if (rows.isSameEntry(earlier, row)) {
        return false;
      }
    }
    return true;
  }

  /** As {@link #isNew}; a new row is entered under the place it will have. */
  private boolean addHashed(int row, int kept) {
    int mask = slots - 1;
    int slot = (int) rows.entryHash(row, hashSeed) & mask;
    while (table[slot] != 0) {
      if (rows.isSameEntry(table[slot] - 1, row)) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = kept + 1;
    return true;
  }
}
