package dev.skald.logql.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * One value of a JSON text, found where it begins; reused. Faults are told in the words of spec
 * logql.md 6.2.
 */
final class JsonValue {
  static final String OBJECT_FAULT = "Value looks like object, but can't find closing '}' symbol";
  static final String ARRAY_FAULT = "Value is array, but can't find closing ']' symbol";
  static final String STRING_FAULT = "Value is string, but can't find closing '\"' symbol";
  static final String MALFORMED = "Malformed JSON error";
  static final String UNKNOWN_TYPE = "Unknown value type";
  static final String ESCAPE_FAULT = "Encountered an invalid escape sequence in a string";

  /** What a value is. */
  enum Kind {
    STRING,
    NUMBER,
    BOOLEAN,
    NULL,
    OBJECT,
    ARRAY
  }

  Kind kind = Kind.NULL;

  /** The value's text: of a string, what is between the quotes, escapes and all. */
  int start;

  int end;

  /** Behind the value: of a string, behind the closing quote. */
  int next;

  /**
   * Reads the value at {@code at} or after blanks.
   *
   * @return what is wrong with it, or null
   */
  @Nullable String read(byte[] bytes, int at, int textEnd) {
    int p = JsonText.skipBlanks(bytes, at, textEnd);
    if (p == textEnd) {
      return MALFORMED;
    }
    return switch (bytes[p]) {
      case '"' -> {
        int close = JsonText.stringEnd(bytes, p + 1, textEnd);
        yield close < 0 ? STRING_FAULT : set(Kind.STRING, p + 1, close, close + 1);
      }
      case '[' -> {
        int after = JsonText.blockEnd(bytes, p, textEnd, '[', ']');
        yield after < 0 ? ARRAY_FAULT : set(Kind.ARRAY, p, after, after);
      }
      case '{' -> {
        int after = JsonText.blockEnd(bytes, p, textEnd, '{', '}');
        yield after < 0 ? OBJECT_FAULT : set(Kind.OBJECT, p, after, after);
      }
      default -> readToken(bytes, p, JsonText.tokenEnd(bytes, p, textEnd));
    };
  }

  private @Nullable String readToken(byte[] bytes, int p, int tokenEnd) {
    if (p == tokenEnd) {
      return UNKNOWN_TYPE;
    }
    byte first = bytes[p];
    if (first == '-' || (first >= '0' && first <= '9')) {
      return set(Kind.NUMBER, p, tokenEnd, tokenEnd);
    }
    if (JsonText.is(bytes, p, tokenEnd, "true") || JsonText.is(bytes, p, tokenEnd, "false")) {
      return set(Kind.BOOLEAN, p, tokenEnd, tokenEnd);
    }
    if (JsonText.is(bytes, p, tokenEnd, "null")) {
      return set(Kind.NULL, p, tokenEnd, tokenEnd);
    }
    return UNKNOWN_TYPE;
  }

  private @Nullable String set(Kind newKind, int newStart, int newEnd, int newNext) {
    kind = newKind;
    start = newStart;
    end = newEnd;
    next = newNext;
    return null;
  }
}
