package dev.skald.logql.pipeline;

import java.nio.charset.StandardCharsets;

/**
 * A place to put a run of borrowed bytes, for returning three things without an object each time.
 */
final class ByteSlice {
  static final byte[] NO_BYTES = {};

  byte[] bytes = NO_BYTES;
  int start;
  int end;

  void set(byte[] source, int from, int to) {
    bytes = source;
    start = from;
    end = to;
  }

  int length() {
    return end - start;
  }

  String text() {
    return text(bytes, start, end);
  }

  /** Bytes read as UTF-8; a broken sequence reads as U+FFFD. */
  static String text(byte[] bytes, int start, int end) {
    return start == end ? "" : new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
