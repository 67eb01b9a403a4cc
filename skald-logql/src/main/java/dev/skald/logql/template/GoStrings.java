package dev.skald.logql.template;

import java.util.Comparator;

/**
 * Go's strings in Java's: text in UTF-16 where a byte that belongs to no character (0x80 … 0xFF)
 * stands as the lone surrogate U+DC80 … U+DCFF, as in Python's "surrogateescape" (PEP 383). Text
 * without cut characters is simply text.
 */
final class GoStrings {
  private static final char STRAY_BYTE_BASE = 0xDC00;
  private static final char REPLACEMENT = '\uFFFD';

  /** Order of the UTF-8 bytes, which is the order of code points and not that of UTF-16. */
  static final Comparator<String> BYTE_ORDER = GoStrings::compareBytes;

  private GoStrings() {}

  static boolean isStrayByte(char c) {
    return c >= STRAY_BYTE_BASE + 0x80 && c <= STRAY_BYTE_BASE + 0xFF;
  }

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Go's {@code len}. */
  static int byteLength(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (Character.isHighSurrogate(c)) {
        bytes += 4;
        i++;
      } else {
        bytes += isStrayByte(c) ? 1 : 3;
      }
    }
    return bytes;
  }

  /** Go's {@code text[from:to]}; {@code 0 <= from <= to <= byteLength}. May cut characters. */
  static String slice(String text, int fromByte, int toByte) {
    if (isAscii(text)) {
      return text.substring(fromByte, toByte);
    }
    return decode(encode(text), fromByte, toByte);
  }

  /** The byte at a position, 0 to 255. */
  static int byteAt(String text, int index) {
    return isAscii(text) ? text.charAt(index) : encode(text)[index] & 0xFF;
  }

  /** Neighbouring stray bytes that make a character become it; each other one becomes U+FFFD. */
  static String repair(String text) {
    byte[] bytes = encode(text);
    String decoded = decode(bytes, 0, bytes.length);
    StringBuilder repaired = new StringBuilder(decoded);
    for (int i = 0; i < repaired.length(); i++) {
      char c = repaired.charAt(i);
      if (Character.isHighSurrogate(c)) {
        i++;
      } else if (isStrayByte(c)) {
        repaired.setCharAt(i, REPLACEMENT);
      }
    }
    return repaired.toString();
  }

  static byte[] encode(String text) {
    byte[] bytes = new byte[byteLength(text)];
    int n = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes[n++] = (byte) c;
      } else if (isStrayByte(c)) {
        bytes[n++] = (byte) (c - STRAY_BYTE_BASE);
      } else if (c < 0x800) {
        bytes[n++] = (byte) (0xC0 | (c >> 6));
        bytes[n++] = (byte) (0x80 | (c & 0x3F));
      } else if (Character.isHighSurrogate(c) && i + 1 < text.length()) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        bytes[n++] = (byte) (0xF0 | (point >> 18));
        bytes[n++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        bytes[n++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        bytes[n++] = (byte) (0x80 | (point & 0x3F));
      } else {
        bytes[n++] = (byte) (0xE0 | (c >> 12));
        bytes[n++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        bytes[n++] = (byte) (0x80 | (c & 0x3F));
      }
    }
    return bytes;
  }

  static String decode(byte[] bytes, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    int i = from;
    while (i < to) {
      int length = characterLength(bytes, i, to);
      int lead = bytes[i] & 0xFF;
      switch (length) {
        case 0 -> text.append((char) (STRAY_BYTE_BASE + lead));
        case 1 -> text.append((char) lead);
        case 2 -> text.append((char) (((lead & 0x1F) << 6) | low(bytes, i + 1)));
        case 3 ->
            text.append(
                (char) (((lead & 0x0F) << 12) | (low(bytes, i + 1) << 6) | low(bytes, i + 2)));
        default ->
            text.appendCodePoint(
                ((lead & 0x07) << 18)
                    | (low(bytes, i + 1) << 12)
                    | (low(bytes, i + 2) << 6)
                    | low(bytes, i + 3));
      }
      i += Math.max(1, length);
    }
    return text.toString();
  }

  private static int low(byte[] bytes, int index) {
    return bytes[index] & 0x3F;
  }

  /**
   * Bytes of the valid character at {@code i}, or 0. Overlong forms, surrogates and beyond U+10FFFF
   * are not valid.
   */
  private static int characterLength(byte[] bytes, int i, int to) {
    int lead = bytes[i] & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || i + length > to) {
      return 0;
    }
    for (int k = 1; k < length; k++) {
      if ((bytes[i + k] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[i + 1] & 0xFF;
    boolean outside =
        (lead == 0xE0 && second < 0xA0)
            || (lead == 0xED && second > 0x9F)
            || (lead == 0xF0 && second < 0x90)
            || (lead == 0xF4 && second > 0x8F);
    return outside ? 0 : length;
  }

  private static int compareBytes(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothSurrogates = Character.isSurrogate(x) && Character.isSurrogate(y);
        if (bothSurrogates || !(Character.isSurrogate(x) || Character.isSurrogate(y))) {
          return Character.compare(x, y);
        }
        return Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
