package dev.skald.storage.column;

/**
 * Places in a stream of prefix codes, {@link #DISTANCE} numbers from each other.
 *
 * @param bits where the code of each begins
 * @param sums of all numbers before each, as differences
 */
@SuppressWarnings("ArrayRecordComponent")
record PrefixMarks(long[] bits, long[] sums) {
  /** Few enough to be read through, and so many that the marks are small beside the codes. */
  static final int DISTANCE = 512;

  /** For {@code count} numbers. */
  static PrefixMarks room(int count) {
    int marks = (count + DISTANCE - 1) / DISTANCE;
    return new PrefixMarks(new long[marks], new long[marks]);
  }
}
