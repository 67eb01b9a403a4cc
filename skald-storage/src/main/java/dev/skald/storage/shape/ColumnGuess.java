package dev.skald.storage.shape;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Guesses the column of a slot from what shapes before said, so that writer and reader of a table of shapes need few
 * words for it: behind the same column and the same text the same column comes as the last time, and where these have
 * not been met a new one. Columns are numbered as they come; docs/format/shapes.md. One thread.
 */
final class ColumnGuess {
  /** As guessed. */
  static final int RIGHT = 0;

  /** A column that no slot before has. */
  static final int NEW = 1;

  /** What stands before the first slot. */
  private static final int NO_COLUMN = -1;

  private final Map<Place, Integer> followers = new HashMap<>();
  private int count;
  private int previous = NO_COLUMN;

  /**
   * Where a slot stands. Comparable, so that a map of places that were chosen to collide is not slow.
   *
   * @param before the column of the slot before
   * @param text between the two
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Place(int before, byte[] text) implements Comparable<Place> {
    @Override
    public boolean equals(Object other) {
      return other instanceof Place place
          && place.before == before
          && Arrays.equals(place.text, text);
    }

    @Override
    public int hashCode() {
      return before * 31 + Arrays.hashCode(text);
    }

    @Override
    public int compareTo(Place other) {
      int byColumn = Integer.compare(before, other.before);
      return byColumn != 0 ? byColumn : Arrays.compare(text, other.text);
    }
  }

  /** The next slot is the first of a shape. */
  void beginShape() {
    previous = NO_COLUMN;
  }

  /** Columns so far. */
  int count() {
    return count;
  }

  /** The code of the next slot's column, which is one of those so far or, if it is {@link #count}, new. */
  int encode(byte[] textBefore, int column) {
    int newest = count;
    int guess = follow(textBefore, column);
    if (guess == column) {
      return RIGHT;
    }
    return column == newest ? NEW : NEW + newest - column;
  }

  /**
   * The column of the next slot.
   *
   * @param code 0 to one more than {@link #count}
   */
  int decode(byte[] textBefore, int code) {
    Place place = new Place(previous, textBefore);
    int column =
        switch (code) {
          case RIGHT -> followers.getOrDefault(place, count);
          case NEW -> count;
          default -> count + NEW - code;
        };
    follow(textBefore, column);
    return column;
  }

  /** Notes the next slot's column and returns what it would have been guessed to be. */
  private int follow(byte[] textBefore, int column) {
    Integer last = followers.put(new Place(previous, textBefore), column);
    int guess = last == null ? count : last;
    count = Math.max(count, column + 1);
    previous = column;
    return guess;
  }
}
