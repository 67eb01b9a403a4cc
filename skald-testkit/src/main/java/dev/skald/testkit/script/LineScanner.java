package dev.skald.testkit.script;

import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.List;

/** Takes words, labels, strings, durations and numbers off the front of one line of a script. */
final class LineScanner {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final String script;
  private final int lineNumber;
  private final String text;
  private int position;

  LineScanner(String script, int lineNumber, String text) {
    this.script = script;
    this.lineNumber = lineNumber;
    this.text = text;
    skipBlanks();
  }

  /** The whole line. */
  String text() {
    return text;
  }

  int lineNumber() {
    return lineNumber;
  }

  boolean atEnd() {
    return position == text.length();
  }

  boolean at(char c) {
    return !atEnd() && text.charAt(position) == c;
  }

  /** The rest of the line. */
  String rest() {
    String rest = text.substring(position).strip();
    position = text.length();
    return rest;
  }

  /** Whether this word came next; it is taken then. */
  boolean take(String word) {
    int end = position + word.length();
    boolean whole =
        end == text.length() || !isWordPart(text.charAt(Math.min(end, text.length() - 1)));
    boolean bounded = !isWordPart(word.charAt(word.length() - 1)) || whole;
    if (!text.startsWith(word, position) || !bounded) {
      return false;
    }
    position = end;
    skipBlanks();
    return true;
  }

  void require(String word) {
    if (!take(word)) {
      throw error("expected \"" + word + "\" at: " + shown());
    }
  }

  void requireEnd() {
    if (!atEnd()) {
      throw error("unexpected text: " + shown());
    }
  }

  /** {@code {a="b", c=`d`}}; a comma may end the list. */
  Labels labels() {
    require("{");
    List<Label> labels = new ArrayList<>();
    while (!take("}")) {
      String name = word();
      require("=");
      labels.add(new Label(name, string()));
      if (!take(",") && !at('}')) {
        throw error("expected \",\" or \"}\" at: " + shown());
      }
    }
    try {
      return Labels.of(labels);
    } catch (IllegalArgumentException e) {
      throw error("a label comes twice: " + labels);
    }
  }

  private String word() {
    int start = position;
    while (!atEnd() && isWordPart(text.charAt(position))) {
      position++;
    }
    if (start == position) {
      throw error("expected a name at: " + shown());
    }
    String word = text.substring(start, position);
    skipBlanks();
    return word;
  }

  /**
   * In double quotes with the escapes {@code \" \\ \n \t \r \\uXXXX}, or in back quotes as it
   * stands.
   */
  String string() {
    if (!at('"') && !at('`')) {
      throw error("expected a string at: " + shown());
    }
    char mark = text.charAt(position++);
    StringBuilder string = new StringBuilder();
    while (!at(mark)) {
      if (atEnd()) {
        throw error("string does not end");
      }
      char c = text.charAt(position++);
      string.append(mark == '"' && c == '\\' ? escaped() : c);
    }
    position++;
    skipBlanks();
    return string.toString();
  }

  private char escaped() {
    char c = atEnd() ? ' ' : text.charAt(position++);
    return switch (c) {
      case '"', '\\' -> c;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'u' -> unicode();
      default -> throw error("unknown escape: \\" + c);
    };
  }

  private char unicode() {
    int end = Math.min(text.length(), position + 4);
    String digits = text.substring(position, end);
    position = end;
    try {
      return (char) Integer.parseInt(digits, 16);
    } catch (NumberFormatException e) {
      throw error("expected four hexadecimal digits: \\u" + digits);
    }
  }

  /** {@code 10s}, {@code 1h30m}, {@code 250ms}; nanoseconds. */
  long duration() {
    int start = position;
    boolean negative = take("-");
    long nanos = 0;
    int parts = 0;
    while (!atEnd() && isDigit(text.charAt(position))) {
      long number = digits();
      nanos = Math.addExact(nanos, Math.multiplyExact(number, unitNanos()));
      parts++;
    }
    if (parts == 0) {
      position = start;
      throw error("expected a duration at: " + shown());
    }
    skipBlanks();
    return negative ? -nanos : nanos;
  }

  private long unitNanos() {
    int start = position;
    while (!atEnd() && Character.isLetter(text.charAt(position))) {
      position++;
    }
    String unit = text.substring(start, position);
    return switch (unit) {
      case "ns" -> 1;
      case "us" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> SECOND_NANOS;
      case "m" -> 60 * SECOND_NANOS;
      case "h" -> 3_600 * SECOND_NANOS;
      case "d" -> 86_400 * SECOND_NANOS;
      default -> throw error("unknown unit of time: \"" + unit + "\"");
    };
  }

  /** A count. */
  int integer() {
    if (atEnd() || !isDigit(text.charAt(position))) {
      throw error("expected a number at: " + shown());
    }
    long number = digits();
    skipBlanks();
    return Math.toIntExact(number);
  }

  private long digits() {
    int start = position;
    while (!atEnd() && isDigit(text.charAt(position))) {
      position++;
    }
    return Long.parseLong(text.substring(start, position));
  }

  /** Up to the next blank. */
  String item() {
    int start = position;
    while (!atEnd() && text.charAt(position) != ' ') {
      position++;
    }
    String item = text.substring(start, position);
    skipBlanks();
    return item;
  }

  /** A value of a sample: {@code 1.5}, {@code 1e9}, {@code NaN}, {@code +Inf}, {@code -Inf}. */
  double value(String item) {
    return switch (item) {
      case "NaN" -> Double.NaN;
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Double.parseDouble(item);
        } catch (NumberFormatException e) {
          throw error("expected a value: " + item);
        }
      }
    };
  }

  ScriptSyntaxException error(String message) {
    return new ScriptSyntaxException(script, lineNumber, message);
  }

  private String shown() {
    return atEnd() ? "end of line" : text.substring(position);
  }

  private void skipBlanks() {
    while (!atEnd() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
      position++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordPart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
