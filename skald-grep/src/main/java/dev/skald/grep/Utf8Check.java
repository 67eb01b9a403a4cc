package dev.skald.grep;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/** Whether bytes are well-formed UTF-8 (Unicode 3.9, table 3-7), fast where they are ASCII. */
final class Utf8Check {
  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;

  private Utf8Check() {}

  static boolean isValid(byte[] text, int start, int end) {
    int at = asciiEnd(text, start, end);
    while (at < end) {
      int length = sequenceBytes(text, at, end);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** A place up to which all is ASCII, at most a vector before the first byte that is not. */
  private static int asciiEnd(byte[] text, int start, int end) {
    int lanes = SPECIES.length();
    int at = start;
    for (; at + lanes <= end; at += lanes) {
      if (ByteVector.fromArray(SPECIES, text, at).lt((byte) 0).anyTrue()) {
        return at;
      }
    }
    boolean hasLast = at < end && end - lanes >= start; // once more over some bytes
    if (hasLast && !ByteVector.fromArray(SPECIES, text, end - lanes).lt((byte) 0).anyTrue()) {
      return end;
    }
    while (at < end && text[at] >= 0) {
      at++;
    }
    return at;
  }

  /** Bytes of the character that a lead byte beyond ASCII begins, in valid text. */
  static int lengthOf(byte lead) {
    int b = lead & 0xff;
    return b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
  }

  /** The character of {@code length} bytes at {@code at}, in valid text. */
  static int decode(byte[] text, int at, int length) {
    int point = text[at] & (0xff >> (length + 1));
    for (int i = 1; i < length; i++) {
      point = point << 6 | (text[at + i] & 0x3f);
    }
    return point;
  }

  /** Length of the well-formed sequence at {@code at}; 0 if it is none. */
  static int sequenceBytes(byte[] text, int at, int end) {
    int lead = text[at] & 0xff;
    if (lead < 0x80) {
      return 1;
    }
    int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > end) {
      return 0;
    }
    int second = text[at + 1] & 0xff;
    int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((text[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
