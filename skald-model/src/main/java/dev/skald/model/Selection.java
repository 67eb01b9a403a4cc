package dev.skald.model;

import java.util.Arrays;

/** Some rows of a page, ascending. Steps make new ones or narrow one in place with {@link #keep}. */
public final class Selection {
  private int[] rows;
  private int count;

  private Selection(int[] rows, int count) {
    this.rows = rows;
    this.count = count;
  }

  /** Rows 0 to {@code rowCount} - 1. */
  public static Selection all(int rowCount) {
    int[] rows = new int[rowCount];
    Arrays.setAll(rows, i -> i);
    return new Selection(rows, rowCount);
  }

  /** Takes the array over; its first {@code count} elements are ascending row numbers. */
  public static Selection taking(int[] rows, int count) {
    return new Selection(rows, count);
  }

  public static Selection empty() {
    return new Selection(new int[0], 0);
  }

  public int count() {
    return count;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** The {@code index}-th selected row. */
  public int row(int index) {
    return rows[index];
  }

  /** The first {@link #count} elements are the selected rows. Borrowed. */
  public int[] rows() {
    return rows;
  }

  /** A copy of selected rows {@code from} (inclusive) to {@code to} (exclusive). */
  public Selection slice(int from, int to) {
    return new Selection(Arrays.copyOfRange(rows, from, to), to - from);
  }

  /** Which rows stay. */
  @FunctionalInterface
  public interface RowTest {
    boolean test(int row);
  }

  /** Drops every row that fails {@code test}. */
  public void keep(RowTest test) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (test.test(rows[i])) {
        rows[kept++] = rows[i];
      }
    }
    count = kept;
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
    count = narrowing.narrow(rows, count);
  }

  @Override
  public String toString() {
    return Arrays.toString(Arrays.copyOf(rows, count));
  }
}
