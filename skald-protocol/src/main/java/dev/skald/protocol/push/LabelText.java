package dev.skald.protocol.push;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Label;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Parser of stream labels as pushes write them: {@code {app="web", env='dev'}}. Also accepted: back
 * quotes, a comma behind the last label, blanks, names in quotes, and a metric name in front of the
 * braces or alone in quotes inside them, which becomes {@code __name__}. Empty text is the empty
 * set. See the page on Loki's HTTP API, section 2.4.
 */
public final class LabelText {
  private static final String METRIC_NAME = "__name__";

  private final String text;
  private int at;
  private final List<Label> labels = new ArrayList<>();

  private LabelText(String text) {
    this.text = text;
  }

  /**
   * The labels in order of appearance. Names are well-formed and may come twice; values may be
   * empty. The list is the caller's.
   *
   * @throws SkaldException BAD_REQUEST, {@code couldn't parse labels: ...}
   */
  public static List<Label> parse(String text) {
    LabelText parser = new LabelText(text);
    parser.parse();
    return parser.labels;
  }

  /**
   * The labels of the text {@code bytes[start .. end)}.
   *
   * @throws SkaldException BAD_REQUEST also if it is not UTF-8
   */
  public static List<Label> parse(byte[] bytes, int start, int end) {
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    if (text.indexOf('\ufffd') >= 0) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start));
      } catch (CharacterCodingException e) {
        throw SkaldException.of(
            ErrorKind.BAD_REQUEST, "couldn't parse labels: text is not valid UTF-8", e);
      }
    }
    return parse(text);
  }

  /** Whether a label may be called so: {@code [a-zA-Z_][a-zA-Z0-9_]*}. */
  public static boolean isName(String name) {
    if (name.isEmpty() || !isNameStart(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < name.length(); i++) {
      if (!isNamePart(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The failure of a push with labels that are none. */
  public static SkaldException malformed(String why) {
    return SkaldException.of(ErrorKind.BAD_REQUEST, "couldn't parse labels: " + why);
  }

  private void parse() {
    skipBlanks();
    if (at == text.length()) {
      return;
    }
    if (isMetricStart(peek())) {
      int start = at;
      while (at < text.length() && (isNamePart(peek()) || peek() == ':')) {
        at++;
      }
      labels.add(new Label(METRIC_NAME, text.substring(start, at)));
      skipBlanks();
      if (at == text.length()) {
        return;
      }
    }
    expect('{');
    skipBlanks();
    while (peek() != '}') {
      label();
      skipBlanks();
      if (peek() == ',') {
        at++;
        skipBlanks();
      } else if (peek() != '}') {
        throw unexpected("expected , or }");
      }
    }
    at++;
    skipBlanks();
    if (at < text.length()) {
      throw unexpected("expected the end");
    }
  }

  private void label() {
    boolean quoted = isQuote(peek());
    String name = quoted ? string() : name();
    skipBlanks();
    if (quoted && (peek() == ',' || peek() == '}')) {
      labels.add(new Label(METRIC_NAME, name));
      return;
    }
    if (!isName(name)) {
      throw malformed("invalid label name \"" + name + "\"");
    }
    expect('=');
    skipBlanks();
    if (!isQuote(peek())) {
      throw unexpected("expected a quoted value");
    }
    labels.add(new Label(name, string()));
  }

  private String name() {
    int start = at;
    if (!isNameStart(peek())) {
      throw unexpected("expected a label name or }");
    }
    while (isNamePart(peek())) {
      at++;
    }
    return text.substring(start, at);
  }

  private String string() {
    char quote = peek();
    int start = ++at;
    int end = start;
    while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\\') {
      if (text.charAt(end) == '\n' && quote != '`') {
        throw malformed("newline in a quoted string at char " + (end + 1));
      }
      end++;
    }
    if (quote == '`') {
      end = text.indexOf('`', start);
    }
    if (end < 0 || end >= text.length()) {
      throw malformed("unterminated quoted string at char " + start);
    }
    if (text.charAt(end) == quote) {
      at = end + 1;
      return text.substring(start, end);
    }
    return escapedString(quote, start);
  }

  /** Escapes of Go's strings; {@code \xff} is a byte, so that the text is put together in bytes. */
  private String escapedString(char quote, int start) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    at = start;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      if (point == quote) {
        return utf8(out);
      }
      if (point == '\n') {
        throw malformed("newline in a quoted string at char " + at);
      }
      if (point == '\\') {
        escape(quote, out);
      } else {
        out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
      }
    }
    throw malformed("unterminated quoted string at char " + start);
  }

  private void escape(char quote, ByteArrayOutputStream out) {
    char c = peek();
    at++;
    switch (c) {
      case 'a' -> out.write(0x07);
      case 'b' -> out.write('\b');
      case 'f' -> out.write('\f');
      case 'n' -> out.write('\n');
      case 'r' -> out.write('\r');
      case 't' -> out.write('\t');
      case 'v' -> out.write(0x0b);
      case '\\' -> out.write('\\');
      case 'x' -> out.write(digits(2, 16));
      case 'u' -> point(digits(4, 16), out);
      case 'U' -> point(digits(8, 16), out);
      default -> {
        if (c == quote) {
          out.write(quote);
        } else if (c >= '0' && c <= '7') {
          at--;
          int value = digits(3, 8);
          if (value > 0xff) {
            throw malformed("octal escape beyond 255 at char " + at);
          }
          out.write(value);
        } else {
          throw malformed("unknown escape sequence at char " + at);
        }
      }
    }
  }

  private void point(int point, ByteArrayOutputStream out) {
    if (!Character.isValidCodePoint(point)
        || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
      throw malformed("escape is not a Unicode character at char " + at);
    }
    out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
  }

  private int digits(int count, int radix) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      char c = peek();
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        throw malformed("bad digit in an escape at char " + (at + 1));
      }
      value = value * radix + digit;
      at++;
    }
    return value;
  }

  private static String utf8(ByteArrayOutputStream out) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(out.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, "couldn't parse labels: value is not valid UTF-8", e);
    }
  }

  private void expect(char c) {
    if (peek() != c) {
      throw unexpected("expected " + c);
    }
    at++;
  }

  /** NUL at the end: it is neither a name nor a sign of this grammar. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void skipBlanks() {
    while (at < text.length()
        && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')) {
      at++;
    }
  }

  private SkaldException unexpected(String wanted) {
    String found =
        at < text.length() ? '"' + Character.toString(text.codePointAt(at)) + '"' : "the end";
    return malformed("parse error at char " + (at + 1) + ": unexpected " + found + ", " + wanted);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }

  private static boolean isMetricStart(char c) {
    return isNameStart(c) || c == ':';
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || (c >= '0' && c <= '9');
  }
}
