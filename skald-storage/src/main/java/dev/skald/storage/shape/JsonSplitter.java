package dev.skald.storage.shape;

import dev.skald.bytes.SeededHash;
import dev.skald.model.Shape.SlotKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Splits a line that is one JSON object (RFC 8259): each member's value is a slot, and its column is
 * named by the path of keys. Members of nested objects are members too. One pass; whatever is not
 * plainly such a line is refused, and split as text.
 */
final class JsonSplitter {
  /** Objects nested deeper are one slot. */
  private static final int DEPTH_MAX = 8;

  /** Arrays and objects that are one slot may be nested this deep. */
  private static final int NESTED_DEPTH_MAX = 64;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final int NONE = -1;

  private final long seed;
  private byte[] bytes = {};
  private int end;
  private SplitLine out = new SplitLine();

  JsonSplitter(long seed) {
    this.seed = seed;
  }

  /** Whether the line was split. */
  boolean split(byte[] line, int start, int lineEnd, SplitLine slots) {
    slots.clear();
    if (start >= lineEnd || line[start] != '{') {
      return false;
    }
    bytes = line;
    end = lineEnd;
    out = slots;
    int at = object(start + 1, 1, seed);
    return at != NONE && skipSpace(at) == lineEnd && slots.count > 0;
  }

  /** From behind the opening brace to behind the closing one, or NONE. */
  private int object(int from, int depth, long path) {
    int at = skipSpace(from);
    if (at < end && bytes[at] == '}') {
      return at + 1;
    }
    while (true) {
      if (at >= end || bytes[at] != '"' || out.isFull()) {
        return NONE;
      }
      int keyEnd = endOfString(bytes, at + 1, end);
      if (keyEnd == NONE) {
        return NONE;
      }
      long name = SeededHash.of(bytes, at + 1, keyEnd, path);
      at = skipSpace(keyEnd + 1);
      if (at >= end || bytes[at] != ':') {
        return NONE;
      }
      at = value(skipSpace(at + 1), depth, name);
      if (at == NONE) {
        return NONE;
      }
      at = skipSpace(at);
      if (at >= end) {
        return NONE;
      }
      if (bytes[at] == '}') {
        return at + 1;
      }
      if (bytes[at] != ',') {
        return NONE;
      }
      at = skipSpace(at + 1);
    }
  }

  private int value(int at, int depth, long name) {
    if (at >= end) {
      return NONE;
    }
    if (bytes[at] == '{' && depth < DEPTH_MAX) {
      return object(at + 1, depth + 1, name);
    }
    SlotKind kind = kindAt(at);
    int from = kind == SlotKind.JSON_STRING ? at + 1 : at;
    int to = endOf(kind, bytes, from, end);
    if (to == NONE || out.isFull()) {
      return NONE;
    }
    out.add(kind, from, to, SeededHash.and(name, kind.code(), seed));
    return kind == SlotKind.JSON_STRING ? to + 1 : to;
  }

  private SlotKind kindAt(int at) {
    return switch (bytes[at]) {
      case '"' -> SlotKind.JSON_STRING;
      case '[', '{' -> SlotKind.JSON_NESTED;
      default -> SlotKind.JSON_BARE;
    };
  }

  private int skipSpace(int from) {
    int at = from;
    while (at < end
        && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\n' || bytes[at] == '\r')) {
      at++;
    }
    return at;
  }

  /** Where a slot of this kind that starts at {@code from} ends, or -1 if there is none. */
  static int endOf(SlotKind kind, byte[] bytes, int from, int end) {
    return switch (kind) {
      case JSON_STRING -> endOfString(bytes, from, end);
      case JSON_BARE -> endOfBare(bytes, from, end);
      case JSON_NESTED -> endOfNested(bytes, from, end);
      case TEXT -> throw new IllegalArgumentException("no end of text");
    };
  }

  /** The first quote that no backslash stands before, eight bytes at a time. */
  static int endOfString(byte[] bytes, int from, int end) {
    int at = from;
    while (at <= end - Long.BYTES) {
      long word = (long) LONG.get(bytes, at);
      long hits = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
      if (hits == 0) {
        at += Long.BYTES;
        continue;
      }
      at += Long.numberOfTrailingZeros(hits) >>> 3;
      if (bytes[at] == '"') {
        return at;
      }
      at += 2;
    }
    while (at < end) {
      if (bytes[at] == '"') {
        return at;
      }
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return NONE;
  }

  /** The high bit of each byte that is zero; of bytes above the lowest it may be wrong. */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }

  private static int endOfBare(byte[] bytes, int from, int end) {
    if (from >= end) {
      return NONE;
    }
    return switch (bytes[from]) {
      case 't' -> endOfWord(bytes, from, end, "true");
      case 'f' -> endOfWord(bytes, from, end, "false");
      case 'n' -> endOfWord(bytes, from, end, "null");
      default -> endOfNumber(bytes, from, end);
    };
  }

  private static int endOfWord(byte[] bytes, int from, int end, String word) {
    int to = from + word.length();
    if (to > end) {
      return NONE;
    }
    for (int i = from; i < to; i++) {
      if (bytes[i] != word.charAt(i - from)) {
        return NONE;
      }
    }
    return isInBare(bytes, to, end) ? NONE : to;
  }

  private static int endOfNumber(byte[] bytes, int from, int end) {
    int at = from;
    if (bytes[at] == '-') {
      at++;
    }
    int digits = at;
    at = endOfDigits(bytes, at, end);
    if (at == digits || (bytes[digits] == '0' && at > digits + 1)) {
      return NONE;
    }
    if (at < end && bytes[at] == '.') {
      int fraction = at + 1;
      at = endOfDigits(bytes, fraction, end);
      if (at == fraction) {
        return NONE;
      }
    }
    if (at < end && (bytes[at] | 0x20) == 'e') {
      at++;
      if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
        at++;
      }
      int exponent = at;
      at = endOfDigits(bytes, exponent, end);
      if (at == exponent) {
        return NONE;
      }
    }
    return isInBare(bytes, at, end) ? NONE : at;
  }

  private static int endOfDigits(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }

  /** Whether what stands here would still be part of the value to a lenient reader. */
  private static boolean isInBare(byte[] bytes, int at, int end) {
    return at < end
        && switch (bytes[at]) {
          case ' ', '\t', '\n', '\r', ',', '}', ']' -> false;
          default -> true;
        };
  }

  /** Brackets of each kind and strings are matched, nothing else is checked. */
  private static int endOfNested(byte[] bytes, int from, int end) {
    int depth = 0;
    long braces = 0; // bit d: what is open at depth d is an object
    for (int at = from; at < end; at++) {
      switch (bytes[at]) {
        case '{', '[' -> {
          if (depth == NESTED_DEPTH_MAX) {
            return NONE;
          }
          braces = (braces << 1) | (bytes[at] == '{' ? 1 : 0);
          depth++;
        }
        case '}', ']' -> {
          if ((braces & 1) != (bytes[at] == '}' ? 1 : 0)) {
            return NONE;
          }
          braces >>>= 1;
          if (--depth == 0) {
            return at + 1;
          }
        }
        case '"' -> {
          at = endOfString(bytes, at + 1, end);
          if (at == NONE) {
            return NONE;
          }
        }
        default -> {}
      }
    }
    return NONE;
  }
}
