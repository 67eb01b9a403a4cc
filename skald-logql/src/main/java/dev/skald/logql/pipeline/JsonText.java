package dev.skald.logql.pipeline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where the parts of a JSON text end, and what its strings say; as tolerant as spec logql.md 6.2
 * asks. Positions are indices of the array; -1 says that there is no end before {@code end}.
 */
final class JsonText {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private JsonText() {}

  static boolean isBlank(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** The first position from {@code at} that is not blank; {@code end} if there is none. */
  static int skipBlanks(byte[] bytes, int at, int end) {
    int p = at;
    while (p < end && isBlank(bytes[p])) {
      p++;
    }
    return p;
  }

  /** The first quote or backslash from {@code at}; {@code end} if there is none. */
  static int quoteOrBackslash(byte[] bytes, int at, int end) {
    int p = at;
    while (p + 8 <= end) {
      long word = (long) LONGS.get(bytes, p);
      long found = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES);
      if (found != 0) {
        return p + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      p += 8;
    }
    while (p < end && bytes[p] != '"' && bytes[p] != '\\') {
      p++;
    }
    return p;
  }

  /**
   * The high bit of every byte that is zero; of bytes above the lowest such byte, perhaps too many.
   */
  private static long zeroBytes(long word) {
    return (word - ONES) & ~word & HIGH_BITS;
  }

  /** Whether all bytes are ASCII. */
  static boolean isAscii(byte[] bytes, int start, int end) {
    int p = start;
    long seen = 0;
    for (; p + 8 <= end; p += 8) {
      seen |= (long) LONGS.get(bytes, p);
    }
    for (; p < end; p++) {
      seen |= bytes[p];
    }
    return (seen & HIGH_BITS) == 0;
  }

  /** The closing quote of a string whose first character is at {@code at}, or -1. */
  static int stringEnd(byte[] bytes, int at, int end) {
    int p = quoteOrBackslash(bytes, at, end);
    while (p < end && bytes[p] == '\\') {
      p = quoteOrBackslash(bytes, Math.min(p + 2, end), end);
    }
    return p < end ? p : -1;
  }

  /**
   * The position after the bracket that closes the one at {@code at}; other kinds of brackets are
   * not looked at, those in strings neither. -1 if there is none.
   */
  static int blockEnd(byte[] bytes, int at, int end, char open, char close) {
    int depth = 0;
    for (int p = at; p < end; p++) {
      byte c = bytes[p];
      if (c == '"') {
        p = stringEnd(bytes, p + 1, end);
        if (p < 0) {
          return -1;
        }
      } else if (c == open) {
        depth++;
      } else if (c == close) {
        depth--;
        if (depth == 0) {
          return p + 1;
        }
      }
    }
    return -1;
  }

  /** Where a number or bare word ends: at a blank, {@code ,}, closing bracket, or the end. */
  static int tokenEnd(byte[] bytes, int at, int end) {
    int p = at;
    while (p < end) {
      byte c = bytes[p];
      if (c == ',' || c == '}' || c == ']' || isBlank(c)) {
        return p;
      }
      p++;
    }
    return end;
  }

  /** Whether {@code bytes[start .. end)} are the characters of {@code word}. */
  static boolean is(byte[] bytes, int start, int end, String word) {
    if (end - start != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[start + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes what a string says, its escapes resolved; it never gets longer.
   *
   * @return end of what was written, or -1 for an escape that JSON does not have
   */
  static int unescape(byte[] bytes, int start, int end, byte[] to, int toStart) {
    int out = toStart;
    int p = start;
    while (p < end) {
      byte c = bytes[p];
      if (c != '\\') {
        to[out++] = c;
        p++;
        continue;
      }
      if (p + 1 >= end) {
        return -1;
      }
      byte escape = bytes[p + 1];
      if (escape == 'u') {
        int high = hex4(bytes, p, end);
        int point = high;
        p += 6;
        if (high >= 0xd800 && high < 0xe000) {
          int low = hex4(bytes, p, end);
          if (low < 0xdc00) {
            return -1;
          }
          point = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
          p += 6;
        }
        if (high < 0) {
          return -1;
        }
        out = Utf8Text.encode(point > 0x10ffff ? Utf8Text.REPLACEMENT : point, to, out);
        continue;
      }
      int plain = plainEscape(escape);
      if (plain < 0) {
        return -1;
      }
      to[out++] = (byte) plain;
      p += 2;
    }
    return out;
  }

  /** What {@code \x} means for a letter other than {@code u}; -1: nothing. */
  private static int plainEscape(byte letter) {
    return switch (letter) {
      case '"', '\\', '/' -> letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }

  /** The number of a {@code \}{@code uXXXX} that begins at {@code at}, or -1. */
  static int hex4(byte[] bytes, int at, int end) {
    if (end - at < 6 || bytes[at] != '\\' || bytes[at + 1] != 'u') {
      return -1;
    }
    int value = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
