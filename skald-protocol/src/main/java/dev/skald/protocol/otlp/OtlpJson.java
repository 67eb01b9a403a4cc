package dev.skald.protocol.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.protocol.otlp.JsonMessage.Field;
import dev.skald.protocol.wire.GrowingBytes;
import dev.skald.protocol.wire.JsonInput;
import dev.skald.protocol.wire.Utf8Text;
import dev.skald.protocol.wire.WireCursor;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Writes an export in JSON as the same export in protobuf. Lengths of messages and strings, known
 * only behind them, take {@value #LENGTH_BYTES} bytes each, which protobuf allows.
 */
final class OtlpJson {
  private static final int LENGTH_BYTES = 4;
  private static final int LENGTH_BITS_PER_BYTE = 7;
  private static final int NUMBER_BYTES_MAX = 10;
  private static final String SEVERITY_PREFIX = "SEVERITY_NUMBER_";
  private static final String[] SEVERITIES = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};

  private final JsonParser parser;
  private final GrowingBytes out;
  private final Utf8Text text;

  private OtlpJson(JsonParser parser, GrowingBytes out) {
    this.parser = parser;
    this.out = out;
    this.text = new Utf8Text(out);
  }

  /**
   * What follows the object is not looked at.
   *
   * @throws SkaldException BAD_REQUEST if it is not JSON, or a known member is of another type
   */
  static void toProtobuf(GrowingBytes from, GrowingBytes to) {
    JsonInput.checkUtf8(from.array(), from.length());
    to.length(0);
    try (JsonParser parser = JsonInput.open(from.array(), 0, from.length())) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.VALUE_NULL) {
        return;
      }
      if (first != JsonToken.START_OBJECT) {
        throw JsonInput.unexpected("ReadObject: expect { or n");
      }
      new OtlpJson(parser, to).members(JsonMessage.REQUEST);
    } catch (IOException e) {
      throw JsonInput.malformed(e);
    }
  }

  private void members(JsonMessage message) throws IOException {
    String name;
    while ((name = parser.nextFieldName()) != null) {
      JsonToken value = parser.nextToken();
      Field field = message.field(name);
      if (field == null) {
        parser.skipChildren();
      } else if (value != JsonToken.VALUE_NULL) {
        member(name, field, value);
      }
    }
  }

  private void member(String name, Field field, JsonToken value) throws IOException {
    switch (field.kind()) {
      case STRING -> {
        expect(value == JsonToken.VALUE_STRING, name, "a string");
        int start = open(field.number());
        parser.getText(text);
        text.endText();
        close(start);
      }
      case BOOL -> {
        expect(value.isBoolean(), name, "a boolean");
        tag(field.number(), WireCursor.VARINT).varint(parser.getBooleanValue() ? 1 : 0);
      }
      case INTEGER -> tag(field.number(), WireCursor.VARINT).varint(integer(name, value));
      case SEVERITY -> tag(field.number(), WireCursor.VARINT).varint(severity(name, value));
      case FIXED64 ->
          tag(field.number(), WireCursor.FIXED64).fixed(integer(name, value), Long.BYTES);
      case FIXED32 ->
          tag(field.number(), WireCursor.FIXED32).fixed(integer(name, value), Integer.BYTES);
      case DOUBLE ->
          tag(field.number(), WireCursor.FIXED64)
              .fixed(Double.doubleToRawLongBits(number(name, value)), Long.BYTES);
      case HEX -> bytes(field.number(), hex(name, value));
      case BASE64 -> bytes(field.number(), base64(name, value));
      case MESSAGE -> message(name, field, value);
      case MESSAGES -> {
        expect(value == JsonToken.START_ARRAY, name, "an array");
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
          message(name, field, t);
        }
      }
    }
  }

  private void message(String name, Field field, JsonToken value) throws IOException {
    expect(value == JsonToken.START_OBJECT, name, "an object");
    JsonMessage message = field.message();
    if (message == null) {
      throw SkaldException.of(ErrorKind.BUG, name + " is no message");
    }
    int start = open(field.number());
    members(message);
    close(start);
  }

  private static void expect(boolean isSo, String name, String what) {
    if (!isSo) {
      throw JsonInput.unexpected(name + ": expect " + what);
    }
  }

  /** An integer of 64 bits, signed or not, as a number or as its digits. */
  private long integer(String name, JsonToken value) throws IOException {
    expect(value == JsonToken.VALUE_STRING || value.isNumeric(), name, "an integer");
    return parsed(name, parser.getText());
  }

  private static long parsed(String name, String digits) {
    try {
      return digits.startsWith("-") ? Long.parseLong(digits) : Long.parseUnsignedLong(digits);
    } catch (NumberFormatException e) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, "json: " + name + ": expect an integer of 64 bits", e);
    }
  }

  private long severity(String name, JsonToken value) throws IOException {
    String given = parser.getText();
    if (value != JsonToken.VALUE_STRING || !given.startsWith(SEVERITY_PREFIX)) {
      return integer(name, value);
    }
    String level = given.substring(SEVERITY_PREFIX.length());
    if (level.equals("UNSPECIFIED")) {
      return 0;
    }
    int step = level.isEmpty() ? 0 : level.charAt(level.length() - 1) - '0';
    String word = step >= 2 && step <= 4 ? level.substring(0, level.length() - 1) : level;
    for (int i = 0; i < SEVERITIES.length; i++) {
      if (SEVERITIES[i].equals(word)) {
        return i * 4L + (word.equals(level) ? 1 : step);
      }
    }
    throw JsonInput.unexpected(name + ": unknown severity");
  }

  private double number(String name, JsonToken value) throws IOException {
    expect(value == JsonToken.VALUE_STRING || value.isNumeric(), name, "a number");
    String digits = parser.getText();
    if (digits.length() > 0 && "dDfF".indexOf(digits.charAt(digits.length() - 1)) < 0) {
      try {
        return Double.parseDouble(digits); // NaN, Infinity and -Infinity too
      } catch (NumberFormatException _) {
        // told below
      }
    }
    throw JsonInput.unexpected(name + ": expect a number");
  }

  private byte[] hex(String name, JsonToken value) throws IOException {
    expect(value == JsonToken.VALUE_STRING, name, "a string");
    try {
      return HexFormat.of().parseHex(parser.getText());
    } catch (IllegalArgumentException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "json: " + name + ": expect hex digits", e);
    }
  }

  private byte[] base64(String name, JsonToken value) throws IOException {
    expect(value == JsonToken.VALUE_STRING, name, "a string");
    try {
      return Base64.getDecoder().decode(parser.getText());
    } catch (IllegalArgumentException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "json: " + name + ": expect base64", e);
    }
  }

  // Protobuf's side.

  private OtlpJson tag(int field, int type) {
    return varint((long) field << 3 | type);
  }

  private OtlpJson varint(long value) {
    int at = room(NUMBER_BYTES_MAX);
    byte[] array = out.array();
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      array[at++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= LENGTH_BITS_PER_BYTE;
    }
    array[at++] = (byte) rest;
    out.length(at);
    return this;
  }

  private void fixed(long value, int bytes) {
    int at = room(bytes);
    for (int i = 0; i < bytes; i++) {
      out.array()[at + i] = (byte) (value >>> (8 * i));
    }
    out.length(at + bytes);
  }

  private void bytes(int field, byte[] value) {
    tag(field, WireCursor.BYTES).varint(value.length);
    int at = room(value.length);
    System.arraycopy(value, 0, out.array(), at, value.length);
    out.length(at + value.length);
  }

  /** Makes room for so many bytes more; returns where they begin. */
  private int room(int bytes) {
    int at = out.length();
    out.require(Math.addExact(at, bytes));
    return at;
  }

  /** Begins a field of a length to be known; returns what {@link #close} needs. */
  private int open(int field) {
    tag(field, WireCursor.BYTES);
    int start = room(LENGTH_BYTES) + LENGTH_BYTES;
    out.length(start);
    return start;
  }

  private void close(int start) {
    int rest = out.length() - start;
    byte[] array = out.array();
    for (int i = LENGTH_BYTES; i > 0; i--) {
      array[start - i] = (byte) ((rest & 0x7f) | (i > 1 ? 0x80 : 0));
      rest >>>= LENGTH_BITS_PER_BYTE;
    }
    if (rest != 0) {
      throw SkaldException.of(ErrorKind.TOO_LARGE, "request body too large: a message of 256 MiB");
    }
  }
}
