package dev.skald.protocol.otlp;

import dev.skald.protocol.wire.WireCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.TreeMap;

/**
 * Writes values as text, as {@code AnyValue}s are shown in OpenTelemetry's collector: strings as
 * they are, numbers and booleans in digits and words, bytes in base64, lists and maps as JSON with
 * sorted names.
 */
final class ValueText {
  private static final int ELEMENTS = 1;
  private static final String HEX = "0123456789abcdef";

  private final byte[] bytes;
  private final WireCursor cursor;
  private final TextBuffer out;
  private final AnyValue value = new AnyValue();
  private final KeyValue pair = new KeyValue();

  /** The cursor is of {@code bytes}, and used by whoever calls. */
  ValueText(byte[] bytes, WireCursor cursor, TextBuffer out) {
    this.bytes = bytes;
    this.cursor = cursor;
    this.out = out;
  }

  /** Appends the text of a value that was read from the same bytes; the cursor is moved. */
  void append(AnyValue read) {
    switch (read.kind()) {
      case AnyValue.STRING -> out.append(bytes, read.start(), read.end());
      case AnyValue.BYTES -> out.append(base64(read.start(), read.end()));
      case AnyValue.NONE -> {}
      default -> json(read.kind(), read.start(), read.end(), read.number(), 1);
    }
  }

  private void json(int from, int to, int depth) {
    value.read(cursor, from, to);
    json(value.kind(), value.start(), value.end(), value.number(), depth);
  }

  private void json(int kind, int start, int end, long number, int depth) {
    AnyValue.checkDepth(depth);
    switch (kind) {
      case AnyValue.STRING -> quoted(bytes, start, end);
      case AnyValue.BOOL -> out.append(Boolean.toString(number != 0));
      case AnyValue.INT -> out.append(Long.toString(number));
      case AnyValue.DOUBLE -> number(Double.longBitsToDouble(number), depth);
      case AnyValue.ARRAY -> list(start, end, depth);
      case AnyValue.MAP -> map(start, end, depth);
      case AnyValue.BYTES -> out.append('"').append(base64(start, end)).append('"');
      default -> out.append("null");
    }
  }

  /** JSON has no words for what is not finite; within it they are strings. */
  private void number(double number, int depth) {
    String text = GoDouble.text(number);
    out.append(depth > 1 && !Double.isFinite(number) ? '"' + text + '"' : text);
  }

  private void list(int start, int end, int depth) {
    out.append('[');
    boolean first = true;
    for (int at = start; at < end; at = cursor.at()) {
      int length = element(at, end);
      if (length >= 0) {
        if (!first) {
          out.append(',');
        }
        first = false;
        int from = cursor.at();
        json(from, from + length, depth + 1);
        cursor.at(from + length);
      }
    }
    out.append(']');
  }

  /** The length of the element at {@code at}, where the cursor is put; -1 if it is an unknown field, which is skipped. */
  private int element(int at, int end) {
    cursor.at(at);
    int outer = cursor.enter(end - at);
    int tag = cursor.tag();
    int length = -1;
    if (WireCursor.field(tag) == ELEMENTS) {
      length = cursor.length(tag);
    } else {
      cursor.skip(tag);
    }
    int behind = cursor.at();
    cursor.leave(outer);
    cursor.at(behind);
    return length;
  }

  /** Where the value of a member lies. */
  private record Range(int start, int end) {}

  /** Names sorted by their bytes; of one that comes twice the last value counts. */
  private void map(int start, int end, int depth) {
    TreeMap<byte[], Range> members = new TreeMap<>(BY_BYTES);
    for (int at = start; at < end; ) {
      int length = element(at, end);
      at = cursor.at();
      if (length >= 0) {
        int outer = cursor.enter(length);
        pair.read(cursor);
        cursor.leave(outer);
        at = cursor.at();
        members.put(
            Arrays.copyOfRange(bytes, pair.keyStart(), pair.keyEnd()),
            new Range(pair.valueStart(), pair.valueEnd()));
      }
    }
    out.append('{');
    boolean[] first = {true};
    members.forEach(
        (name, range) -> {
          if (!first[0]) {
            out.append(',');
          }
          first[0] = false;
          quoted(name, 0, name.length);
          out.append(':');
          json(range.start(), range.end(), depth + 1);
        });
    cursor.at(end);
    out.append('}');
  }

  private static final Comparator<byte[]> BY_BYTES = Arrays::compareUnsigned;

  private String base64(int start, int end) {
    return Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, start, end));
  }

  /** As Go's encoder: signs that HTML knows are escaped too, bytes that are not UTF-8 are replaced. */
  private void quoted(byte[] source, int start, int end) {
    byte[] text =
        new String(source, start, end - start, StandardCharsets.UTF_8)
            .getBytes(StandardCharsets.UTF_8);
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length; i++) {
      String escape = escape(text, i);
      if (!escape.isEmpty()) {
        out.append(text, plain, i).append(escape);
        plain = i + (text[i] < 0 ? 3 : 1);
      }
    }
    out.append(text, plain, text.length).append('"');
  }

  /** What stands for the sign that begins at {@code i}; empty if it stands for itself. */
  private static String escape(byte[] text, int i) {
    return switch (text[i]) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '<', '>', '&' -> unicode(text[i]);
      case (byte) 0xe2 ->
          text[i + 1] == (byte) 0x80 && (text[i + 2] & 0xfe) == 0xa8
              ? "\\u202" + HEX.charAt(text[i + 2] & 15)
              : "";
      default -> text[i] >= 0 && text[i] < ' ' ? unicode(text[i]) : "";
    };
  }

  private static String unicode(int sign) {
    return "\\u00" + HEX.charAt(sign >> 4) + HEX.charAt(sign & 15);
  }
}
