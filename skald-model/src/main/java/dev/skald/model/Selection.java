package dev.skald.model;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Some rows of a page, ascending. Steps make new ones or narrow one in place with {@link #keep}.
 * While the rows are neighbours, only the first and the count are kept: many pages are asked whole
 * and then narrowed to nothing. For one thread at a time.
 */
public final class Selection {
  private static final int[] NOT_LISTED = {};

  /** The rows; {@link #NOT_LISTED} as long as they are {@code first} and what follows it. */
  private int[] rows;

  private int first;
  private int count;

  private Selection(int[] rows, int first, int count) {
    this.rows = rows;
    this.first = first;
    this.count = count;
  }

  /** Rows 0 to {@code rowCount} - 1. */
  public static Selection all(int rowCount) {
    return range(0, rowCount);
  }

  /** Rows {@code from} (inclusive) to {@code to} (exclusive). */
  public static Selection range(int from, int to) {
    return new Selection(NOT_LISTED, from, to - from);
  }

  /** Takes the array over; its first {@code count} elements are ascending row numbers. */
  public static Selection taking(int[] rows, int count) {
    return new Selection(rows, 0, count);
  }

  public static Selection empty() {
    return range(0, 0);
  }

  public int count() {
    return count;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  private boolean isListed() {
    return rows != NOT_LISTED;
  }

  /** The {@code index}-th selected row. */
  public int row(int index) {
    return isListed() ? rows[index] : first + index;
  }

  /**
   * How many selected rows have each ordinal.
   *
   * @param ordinals per row, from 0
   * @param end more than the greatest
   */
  public int[] tally(int[] ordinals, int end) {
    int[] counts = new int[end];
    if (isListed()) {
      int[] listed = rows;
      int size = count;
      for (int i = 0; i < size; i++) {
        counts[ordinals[listed[i]]]++;
      }
    } else {
      int to = first + count;
      for (int row = first; row < to; row++) {
        counts[ordinals[row]]++;
      }
    }
    return counts;
  }

  /** The first index from {@code from} on whose row is not below {@code row}, or the count. */
  public int lowerBound(int from, int row) {
    if (!isListed()) {
      return Math.clamp((long) row - first, from, count);
    }
    int found = Arrays.binarySearch(rows, from, count, row);
    return found < 0 ? -found - 1 : found;
  }

  /** The first {@link #count} elements are the selected rows. Borrowed. */
  public int[] rows() {
    if (!isListed() && count > 0) {
      int[] listed = new int[count];
      for (int i = 0; i < count; i++) {
        listed[i] = first + i;
      }
      rows = listed;
    }
    return rows;
  }

  /** A copy of selected rows {@code from} (inclusive) to {@code to} (exclusive). */
  public Selection slice(int from, int to) {
    return isListed()
        ? new Selection(Arrays.copyOfRange(rows, from, to), 0, to - from)
        : range(first + from, first + to);
  }

  /** Which rows stay. */
  @FunctionalInterface
  public interface RowTest {
    boolean test(int row);
  }

  /** Drops every row that fails {@code test}. */
  public void keep(RowTest test) {
    int[] listed = rows();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (test.test(listed[i])) {
        listed[kept++] = listed[i];
      }
    }
    count = kept;
  }

  /** Drops every row whose bit is not set. */
  public void keepSet(BitSet bits) {
    if (isListed()) {
      keep(bits::get);
      return;
    }
    int end = first + count;
    int from = bits.nextSetBit(first);
    if (from < 0 || from >= end) {
      count = 0;
    } else if (bits.nextClearBit(from) >= end) {
      count = end - from;
      first = from;
    } else {
      int[] kept = new int[Math.min(count, bits.cardinality())];
      int size = 0;
      for (int row = from; row >= 0 && row < end; row = bits.nextSetBit(row + 1)) {
        kept[size++] = row;
      }
      rows = kept;
      count = size;
    }
  }

  /** Drops rows of an array in place, many at a time. */
  @FunctionalInterface
  public interface Narrowing {
    /**
     * @param rows the first {@code count} are ascending rows; those that stay are to be moved to
     *     the front, in order
     * @return how many stay
     */
    int narrow(int[] rows, int count);
  }

  /** Drops every row that {@code narrowing} drops. */
  public void narrow(Narrowing narrowing) {
    count = narrowing.narrow(rows(), count);
  }

  @Override
  public String toString() {
    return Arrays.toString(Arrays.copyOf(rows(), count));
  }
}
