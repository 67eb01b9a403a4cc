package dev.skald.logql.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * The pairs of a logfmt line, one after the other (spec logql.md 6.4); reused from line to line.
 */
final class LogfmtPairs {
  private static final String UNTERMINATED = "unterminated quoted value";
  private static final String INVALID_VALUE = "invalid quoted value";
  private static final String INVALID_KEY = "invalid key";

  /** What {@link #next} found. */
  enum Found {
    PAIR,
    /** A faulty pair: {@link #fault}; {@link #skipFaulty} leads to the next one. */
    FAULT,
    END
  }

  private byte[] bytes = ByteSlice.NO_BYTES;
  private int lineStart;
  private int end;
  private int at;
  private @Nullable String fault;

  int keyStart;
  int keyEnd;

  /** As written, between the quotes if it is quoted; empty for a bare key. */
  int valueStart;

  int valueEnd;

  /** Whether the value holds backslashes that {@link #unescape} resolves. */
  boolean hasEscapes;

  void begin(byte[] line, int start, int lineEnd) {
    bytes = line;
    lineStart = start;
    at = start;
    end = lineEnd;
    fault = null;
  }

  private static boolean isSeparator(byte c) {
    return c >= 0 && c <= ' ';
  }

  Found next() {
    while (at < end && isSeparator(bytes[at])) {
      at++;
    }
    if (at == end) {
      return Found.END;
    }
    keyStart = at;
    boolean isAscii = true;
    while (at < end && bytes[at] != '=' && bytes[at] != '"' && !isSeparator(bytes[at])) {
      isAscii &= bytes[at] >= 0;
      at++;
    }
    keyEnd = at;
    valueStart = at;
    valueEnd = at;
    hasEscapes = false;
    if (at < end && bytes[at] == '"') {
      return unexpected('"');
    }
    if (!isAscii && Utf8Text.hasReplacement(bytes, keyStart, keyEnd)) {
      return fault(INVALID_KEY);
    }
    if (at == end || bytes[at] != '=') {
      return Found.PAIR;
    }
    if (keyStart == keyEnd) {
      return unexpected('=');
    }
    at++;
    return at < end && bytes[at] == '"' ? quotedValue() : bareValue();
  }

  private Found bareValue() {
    valueStart = at;
    while (at < end && !isSeparator(bytes[at])) {
      if (bytes[at] == '=' || bytes[at] == '"') {
        return unexpected((char) bytes[at]);
      }
      at++;
    }
    valueEnd = at;
    return Found.PAIR;
  }

  private Found quotedValue() {
    int close = JsonText.stringEnd(bytes, at + 1, end);
    if (close < 0) {
      at = end;
      return fault(UNTERMINATED);
    }
    valueStart = at + 1;
    valueEnd = close;
    at = close + 1;
    hasEscapes = JsonText.quoteOrBackslash(bytes, valueStart, valueEnd) < valueEnd;
    return hasEscapes && !areEscapesValid() ? fault(INVALID_VALUE) : Found.PAIR;
  }

  private Found unexpected(char c) {
    return fault("unexpected '" + c + "'");
  }

  private Found fault(String what) {
    fault = what;
    return Found.FAULT;
  }

  /** What is wrong and where, as {@code __error_details__} tells it. */
  String faultDetails() {
    return "logfmt syntax error at pos " + (at - lineStart + 1) + " : " + fault;
  }

  /** Goes behind a faulty pair: to the next separator. */
  void skipFaulty() {
    while (at < end && !isSeparator(bytes[at])) {
      at++;
    }
  }

  private boolean areEscapesValid() {
    int p = valueStart;
    while (p < valueEnd) {
      if (bytes[p] != '\\') {
        p++;
      } else if (bytes[p + 1] == 'u') {
        if (JsonText.hex4(bytes, p, valueEnd) < 0) {
          return false;
        }
        p += 6;
      } else {
        if (plainEscape(bytes[p + 1]) < 0) {
          return false;
        }
        p += 2;
      }
    }
    return true;
  }

  /**
   * Writes the value, its escapes resolved; it never gets longer. Returns the end of what was
   * written.
   */
  int unescape(byte[] to, int toStart) {
    int out = toStart;
    int p = valueStart;
    while (p < valueEnd) {
      byte c = bytes[p];
      if (c != '\\') {
        to[out++] = c;
        p++;
      } else if (bytes[p + 1] == 'u') {
        int point = JsonText.hex4(bytes, p, valueEnd);
        p += 6;
        if (point >= 0xd800 && point < 0xdc00) {
          int low = JsonText.hex4(bytes, p, valueEnd);
          if (low >= 0xdc00 && low < 0xe000) {
            point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
            p += 6;
          }
        }
        boolean isLone = point >= 0xd800 && point < 0xe000;
        out = Utf8Text.encode(isLone ? Utf8Text.REPLACEMENT : point, to, out);
      } else {
        to[out++] = (byte) plainEscape(bytes[p + 1]);
        p += 2;
      }
    }
    return out;
  }

  private static int plainEscape(byte letter) {
    return switch (letter) {
      case '"', '\\', '/', '\'' -> letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }
}
