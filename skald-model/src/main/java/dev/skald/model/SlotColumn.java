package dev.skald.model;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The values of a slot, in order of rows: position 0 is the first row that has the slot. Values are bytes. Borrowed from
 * its page; for one thread at a time.
 */
public interface SlotColumn {
  /** How many values. */
  int count();

  Stamp stamp();

  /** Bytes of a value. */
  int length(int position);

  /**
   * Writes a value to {@code target[at .. at + length(position))}.
   *
   * @return where it ends
   */
  int copy(int position, byte[] target, int at);

  /**
   * Distinct values, if the column is kept as a dictionary of them; 0 if not. A constant column has one.
   */
  int distinctCount();

  /** A distinct value, 0 to {@link #distinctCount} - 1; borrowed. */
  byte[] distinct(int ordinal);

  /** Per position the ordinal of its value; legal with a dictionary. Borrowed. */
  int[] ordinals();

  /**
   * Per position the number that the value denotes as Java's and Go's decimal syntax read it, if all values are plain
   * decimal numbers ({@code -?[0-9]+(\.[0-9]+)?}); otherwise null. Borrowed.
   */
  double @Nullable [] numbers();

  /** Sets the bit of each position that holds the needle; leaves the other bits alone. */
  void find(Needle needle, BitSet positions);
}
