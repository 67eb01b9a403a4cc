package dev.skald.protocol.otlp;

import dev.skald.protocol.wire.WireCursor;

/**
 * The value that was read last: which alternative of {@code AnyValue} it is, and where its bytes
 * lie or what its number is. Reading the next one forgets it.
 */
final class AnyValue {
  /** No alternative at all. */
  static final int NONE = 0;

  static final int STRING = 1;
  static final int BOOL = 2;
  static final int INT = 3;
  static final int DOUBLE = 4;
  static final int ARRAY = 5;
  static final int MAP = 6;
  static final int BYTES = 7;

  /** Values within values beyond this are refused. */
  static final int DEPTH_MAX = 48;

  private int kind;
  private int start;
  private int end;
  private long number;

  /** Reads the message at {@code [from, to)}; the cursor is left behind it. Of several alternatives the last counts. */
  void read(WireCursor cursor, int from, int to) {
    kind = NONE;
    cursor.at(from);
    int outer = cursor.enter(to - from);
    while (cursor.more()) {
      int tag = cursor.tag();
      int field = WireCursor.field(tag);
      switch (field) {
        case STRING, ARRAY, MAP, BYTES -> {
          int length = cursor.length(tag);
          start = cursor.at();
          end = start + length;
          cursor.at(end);
          kind = field;
        }
        case BOOL, INT -> {
          number = cursor.varint(tag);
          kind = field;
        }
        case DOUBLE -> {
          number = cursor.fixed64(tag);
          kind = field;
        }
        default -> cursor.skip(tag);
      }
    }
    cursor.leave(outer);
  }

  int kind() {
    return kind;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** An integer, a boolean as 0 or not, or the bits of a double. */
  long number() {
    return number;
  }

  static void checkDepth(int depth) {
    if (depth > DEPTH_MAX) {
      throw WireCursor.malformed("values nested deeper than " + DEPTH_MAX);
    }
  }
}
