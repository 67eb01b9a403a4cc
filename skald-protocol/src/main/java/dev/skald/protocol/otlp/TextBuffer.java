package dev.skald.protocol.otlp;

import dev.skald.protocol.wire.GrowingBytes;
import java.nio.charset.StandardCharsets;

/** Text in UTF-8, appended to an array used again and again. */
final class TextBuffer {
  private final GrowingBytes target;

  TextBuffer(GrowingBytes target) {
    this.target = target;
  }

  int length() {
    return target.length();
  }

  /** Forgets all but the first {@code kept} bytes. */
  void truncate(int kept) {
    target.length(kept);
  }

  /** Where the text lies; valid until it grows. */
  byte[] array() {
    return target.array();
  }

  TextBuffer append(byte[] bytes, int start, int end) {
    int at = room(end - start);
    System.arraycopy(bytes, start, target.array(), at, end - start);
    return this;
  }

  /** Text that is in this buffer already. */
  TextBuffer appendOwn(int start, int end) {
    int at = room(end - start);
    System.arraycopy(target.array(), start, target.array(), at, end - start);
    return this;
  }

  TextBuffer append(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return append(bytes, 0, bytes.length);
  }

  TextBuffer append(char ascii) {
    int at = room(1);
    target.array()[at] = (byte) ascii;
    return this;
  }

  private int room(int bytes) {
    int at = target.length();
    target.require(Math.addExact(at, bytes));
    target.length(at + bytes);
    return at;
  }

  /** Lower-case hex digits. */
  void appendHex(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      append(Character.forDigit(bytes[i] >> 4 & 15, 16));
      append(Character.forDigit(bytes[i] & 15, 16));
    }
  }
}
