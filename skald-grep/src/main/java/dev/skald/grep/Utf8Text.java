package dev.skald.grep;

/**
 * Bytes read as UTF-8, with the way back from characters to bytes. A byte that is part of no
 * character reads as U+FFFD, each one for itself, as in Go.
 */
final class Utf8Text {
  private static final char REPLACEMENT = '\ufffd';

  private final char[] chars;
  private final int[] offsets;
  private final int count;

  /** Of bytes {@code [start, end)}. */
  Utf8Text(byte[] bytes, int start, int end) {
    chars = new char[end - start];
    offsets = new int[end - start + 1];
    int length = 0;
    for (int at = start; at < end; ) {
      int size = Utf8Check.sequenceBytes(bytes, at, end);
      offsets[length] = at;
      if (size == 0) {
        chars[length++] = REPLACEMENT;
        at++;
        continue;
      }
      int point = size == 1 ? bytes[at] : Utf8Check.decode(bytes, at, size);
      int units = Character.toChars(point, chars, length);
      offsets[length + units - 1] = at;
      length += units;
      at += size;
    }
    offsets[length] = end;
    count = length;
  }

  String text() {
    return new String(chars, 0, count);
  }

  /** Where in the bytes a character of {@link #text} begins, or its end is. */
  int offset(int index) {
    return offsets[index];
  }
}
