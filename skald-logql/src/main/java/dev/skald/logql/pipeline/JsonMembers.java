package dev.skald.logql.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON object, one after the other, as tolerant as spec logql.md 6.2 asks: what
 * follows the closing brace is not looked at, and a comma may stand before it. Reused.
 */
final class JsonMembers {
  private byte[] bytes = ByteSlice.NO_BYTES;
  private int at;
  private int end;
  private boolean isFirst;
  private @Nullable String fault;

  /** The key as written, between the quotes. */
  int keyStart;

  int keyEnd;

  /** After {@link #readValue}. */
  final JsonValue value = new JsonValue();

  /** Begins with the object at {@code start} or after blanks. */
  void begin(byte[] text, int start, int textEnd) {
    bytes = text;
    end = textEnd;
    isFirst = true;
    fault = null;
    at = JsonText.skipBlanks(text, start, textEnd);
    if (at == textEnd || text[at] != '{') {
      fault = JsonValue.OBJECT_FAULT;
      return;
    }
    at++;
  }

  /** What ended the object before its closing brace; null if nothing did. */
  @Nullable String fault() {
    return fault;
  }

  /** Goes to the next member's key. False: the object has ended, or has a fault. */
  boolean nextKey() {
    if (fault != null || !skipComma()) {
      return false;
    }
    if (bytes[at] == '}') {
      return false;
    }
    if (bytes[at] != '"') {
      return fail(JsonValue.OBJECT_FAULT);
    }
    int close = JsonText.stringEnd(bytes, at + 1, end);
    if (close < 0) {
      return fail(JsonValue.MALFORMED);
    }
    keyStart = at + 1;
    keyEnd = close;
    at = close + 1;
    return true;
  }

  private boolean skipComma() {
    at = JsonText.skipBlanks(bytes, at, end);
    if (isFirst) {
      isFirst = false;
      return at < end || fail(JsonValue.MALFORMED);
    }
    if (at < end && bytes[at] == ',') {
      at = JsonText.skipBlanks(bytes, at + 1, end);
    } else if (at < end && bytes[at] != '}') {
      return fail(JsonValue.OBJECT_FAULT);
    }
    return at < end || fail(JsonValue.ARRAY_FAULT);
  }

  /** Reads the value of the key just found. False: there is none, or it has a fault. */
  boolean readValue() {
    at = JsonText.skipBlanks(bytes, at, end);
    if (at == end || bytes[at] != ':') {
      return fail(JsonValue.MALFORMED);
    }
    String wrong = value.read(bytes, at + 1, end);
    if (wrong != null) {
      return fail(wrong);
    }
    at = value.next;
    return true;
  }

  private boolean fail(String what) {
    fault = what;
    return false;
  }
}
