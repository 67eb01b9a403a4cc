package dev.skald.protocol.otlp;

import dev.skald.protocol.wire.WireCursor;

/** The attribute that was read last: where its key and its value lie. */
final class KeyValue {
  private static final int KEY = 1;
  private static final int VALUE = 2;

  private int keyStart;
  private int keyEnd;
  private int valueStart;
  private int valueEnd;

  /** Reads the message that the cursor has entered, to its end. */
  void read(WireCursor cursor) {
    keyStart = cursor.at();
    keyEnd = keyStart;
    valueStart = keyStart;
    valueEnd = keyStart;
    while (cursor.more()) {
      int tag = cursor.tag();
      switch (WireCursor.field(tag)) {
        case KEY -> {
          int length = cursor.length(tag);
          keyStart = cursor.at();
          keyEnd = keyStart + length;
          cursor.at(keyEnd);
        }
        case VALUE -> {
          int length = cursor.length(tag);
          valueStart = cursor.at();
          valueEnd = valueStart + length;
          cursor.at(valueEnd);
        }
        default -> cursor.skip(tag);
      }
    }
  }

  int keyStart() {
    return keyStart;
  }

  int keyEnd() {
    return keyEnd;
  }

  int valueStart() {
    return valueStart;
  }

  int valueEnd() {
    return valueEnd;
  }
}
