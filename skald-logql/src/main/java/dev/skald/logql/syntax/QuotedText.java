package dev.skald.logql.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Finds and reads strings in Go's notation (spec logql.md 2.5). */
final class QuotedText {
  private QuotedText() {}

  /** A string whose text breaks a rule. */
  static final class BadString extends Exception {
    private static final long serialVersionUID = 1L;

    BadString(String message) {
      super(message);
    }
  }

  /**
   * @param end behind the closing quote
   * @param characters how many there are between the quotes, an escape counting as one
   */
  record Extent(int end, int characters) {}

  /** Measures the text in quotes {@code "} or {@code '} that begins at {@code start}. */
  static Extent measure(String text, int start) throws BadString {
    char quote = text.charAt(start);
    int characters = 0;
    int i = start + 1;
    while (true) {
      if (i >= text.length() || text.charAt(i) == '\n') {
        throw new BadString("literal not terminated");
      }
      char c = text.charAt(i);
      if (c == quote) {
        return new Extent(i + 1, characters);
      }
      i = c == '\\' ? skipEscape(text, i + 1, quote) : i + Character.charCount(text.codePointAt(i));
      characters++;
    }
  }

  private static int skipEscape(String text, int letter, char quote) throws BadString {
    char c = letter < text.length() ? text.charAt(letter) : 0;
    if (c == quote) {
      return letter + 1;
    }
    return switch (c) {
      case 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\' -> letter + 1;
      case '0', '1', '2', '3', '4', '5', '6', '7' -> skipDigits(text, letter, 3, 8);
      case 'x' -> skipDigits(text, letter + 1, 2, 16);
      case 'u' -> skipDigits(text, letter + 1, 4, 16);
      case 'U' -> skipDigits(text, letter + 1, 8, 16);
      default -> throw new BadString("invalid char escape");
    };
  }

  private static int skipDigits(String text, int from, int count, int radix) throws BadString {
    for (int i = from; i < from + count; i++) {
      char c = i < text.length() ? text.charAt(i) : 0;
      if (c >= 0x80 || Character.digit(c, radix) < 0) {
        throw new BadString("invalid char escape");
      }
    }
    return from + count;
  }

  /**
   * What a double-quoted string that {@link #measure} accepted stands for. Bytes that are not UTF-8
   * become U+FFFD.
   */
  static String unquote(String quoted) throws BadString {
    String inner = quoted.substring(1, quoted.length() - 1);
    if (inner.indexOf('\\') < 0) {
      return inner;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(inner.length());
    int i = 0;
    while (i < inner.length()) {
      int escape = inner.indexOf('\\', i);
      int plainEnd = escape < 0 ? inner.length() : escape;
      bytes.writeBytes(inner.substring(i, plainEnd).getBytes(StandardCharsets.UTF_8));
      i = escape < 0 ? plainEnd : unescape(inner, escape + 1, bytes);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int unescape(String inner, int letter, ByteArrayOutputStream bytes)
      throws BadString {
    char c = inner.charAt(letter);
    switch (c) {
      case 'a' -> bytes.write(0x07);
      case 'b' -> bytes.write('\b');
      case 'f' -> bytes.write('\f');
      case 'n' -> bytes.write('\n');
      case 'r' -> bytes.write('\r');
      case 't' -> bytes.write('\t');
      case 'v' -> bytes.write(0x0b);
      case 'x' -> bytes.write(Integer.parseInt(inner, letter + 1, letter + 3, 16));
      case 'u' -> writeCodePoint(inner, letter + 1, 4, bytes);
      case 'U' -> writeCodePoint(inner, letter + 1, 8, bytes);
      case '\\', '"' -> bytes.write(c);
      default -> writeOctal(inner, letter, bytes);
    }
    return letter
        + switch (c) {
          case 'x', '0', '1', '2', '3', '4', '5', '6', '7' -> 3;
          case 'u' -> 5;
          case 'U' -> 9;
          default -> 1;
        };
  }

  private static void writeOctal(String inner, int from, ByteArrayOutputStream bytes)
      throws BadString {
    int value = Integer.parseInt(inner, from, from + 3, 8);
    if (value > 0xff) {
      throw new BadString("invalid syntax");
    }
    bytes.write(value);
  }

  private static void writeCodePoint(
      String inner, int from, int digits, ByteArrayOutputStream bytes) throws BadString {
    long value = Long.parseLong(inner, from, from + digits, 16);
    if (value > Character.MAX_CODE_POINT || (value >= 0xd800 && value < 0xe000)) {
      throw new BadString("invalid syntax");
    }
    bytes.writeBytes(Character.toString((int) value).getBytes(StandardCharsets.UTF_8));
  }
}
