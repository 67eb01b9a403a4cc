package dev.skald.model;

/**
 * What is known of all values of a column without reading one: which bytes occur, how long they are, and their range if
 * all are numbers. May say more than is true (a byte that does not occur), never less.
 *
 * @param asciiLow bit {@code b} is set if byte {@code b} may occur, for 0 to 63
 * @param asciiHigh bit {@code b - 64} for bytes 64 to 127
 * @param beyondAscii whether bytes of 128 and above may occur
 * @param lengthMin bytes of the shortest value
 * @param lengthMax bytes of the longest value
 */
public record Stamp(
    long asciiLow, long asciiHigh, boolean beyondAscii, int lengthMin, int lengthMax) {
  /** Nothing is known. */
  public static final Stamp ANY = new Stamp(-1, -1, true, 0, Integer.MAX_VALUE);

  public boolean mayHold(byte value) {
    return value < 0
        ? beyondAscii
        : ((value < Long.SIZE ? asciiLow : asciiHigh) >>> (value & 63) & 1) != 0;
  }

  /** Whether each of {@code bytes[from .. to)} may occur, and so many of them in one value. */
  public boolean mayHold(byte[] bytes, int from, int to) {
    if (to - from > lengthMax) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!mayHold(bytes[i])) {
        return false;
      }
    }
    return true;
  }
}
