package dev.skald.logql.pipeline;

/**
 * Text as UTF-8 bytes, read as Go reads it: a byte that begins no valid sequence is one broken
 * character.
 */
final class Utf8Text {
  /** What {@link #decode} answers for a broken byte; also a character of its own. */
  static final int REPLACEMENT = 0xFFFD;

  private Utf8Text() {}

  /** The code point at {@code at}, or {@link #REPLACEMENT} for a broken byte. */
  static int decode(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
    if (length == 1 || end - at < length) {
      return REPLACEMENT;
    }
    int point = first & (0xff >> (length + 1));
    for (int i = 1; i < length; i++) {
      int next = bytes[at + i] & 0xff;
      if ((next & 0xc0) != 0x80) {
        return REPLACEMENT;
      }
      point = point << 6 | (next & 0x3f);
    }
    boolean overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    boolean surrogate = point >= 0xd800 && point < 0xe000;
    return overlong || surrogate || point > 0x10ffff ? REPLACEMENT : point;
  }

  /** Bytes that {@link #decode} read for its answer: one for a broken byte. */
  static int length(byte[] bytes, int at, int end, int point) {
    if (point < 0x80) {
      return 1;
    }
    if (point == REPLACEMENT) {
      return isReplacement(bytes, at, end) ? 3 : 1;
    }
    return point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }

  private static boolean isReplacement(byte[] bytes, int at, int end) {
    return end - at >= 3
        && bytes[at] == (byte) 0xef
        && bytes[at + 1] == (byte) 0xbf
        && bytes[at + 2] == (byte) 0xbd;
  }

  /** Whether the bytes hold a broken character or U+FFFD. */
  static boolean hasReplacement(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end) {
      if (bytes[at] >= 0) {
        at++;
        continue;
      }
      int point = decode(bytes, at, end);
      if (point == REPLACEMENT) {
        return true;
      }
      at += length(bytes, at, end, point);
    }
    return false;
  }

  /**
   * Writes the bytes with a blank for each broken character and each U+FFFD; {@code to} may be
   * {@code from} at or before the source, as nothing grows.
   *
   * @return end of what was written
   */
  static int blankReplacements(byte[] from, int start, int end, byte[] to, int toStart) {
    int out = toStart;
    int at = start;
    while (at < end) {
      int point = decode(from, at, end);
      int length = length(from, at, end, point);
      if (point == REPLACEMENT) {
        to[out++] = ' ';
      } else {
        for (int i = 0; i < length; i++) {
          to[out++] = from[at + i];
        }
      }
      at += length;
    }
    return out;
  }

  /**
   * Writes a code point; room for four bytes is there.
   *
   * @return end of what was written
   */
  static int encode(int point, byte[] to, int at) {
    if (point < 0x80) {
      to[at] = (byte) point;
      return at + 1;
    }
    if (point < 0x800) {
      to[at] = (byte) (0xc0 | point >> 6);
      to[at + 1] = (byte) (0x80 | (point & 0x3f));
      return at + 2;
    }
    if (point < 0x10000) {
      to[at] = (byte) (0xe0 | point >> 12);
      to[at + 1] = (byte) (0x80 | (point >> 6 & 0x3f));
      to[at + 2] = (byte) (0x80 | (point & 0x3f));
      return at + 3;
    }
    to[at] = (byte) (0xf0 | point >> 18);
    to[at + 1] = (byte) (0x80 | (point >> 12 & 0x3f));
    to[at + 2] = (byte) (0x80 | (point >> 6 & 0x3f));
    to[at + 3] = (byte) (0x80 | (point & 0x3f));
    return at + 4;
  }
}
