package dev.skald.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds one field of a line that looks like a JSON object or like logfmt. Lenient, as the search for levels is: the line
 * need not be either indeed. Values that are objects or lists are no values of a field.
 */
final class LineField {
  private LineField() {}

  /**
   * The value of the member that a path of names leads to; null if there is none.
   *
   * @param path names, outermost first
   */
  static @Nullable String json(byte[] line, int start, int end, byte[][] path) {
    int at = afterBlanks(line, start, end);
    for (int i = 0; i < path.length; i++) {
      if (at >= end || line[at] != '{') {
        return null;
      }
      at = member(line, at + 1, end, path[i]);
    }
    return at >= end ? null : value(line, at, end);
  }

  /** Where the value of a member of the object begins whose brace is before {@code start}; {@code end} if there is none. */
  private static int member(byte[] line, int start, int end, byte[] name) {
    int at = afterBlanks(line, start, end);
    while (at < end && line[at] == '"') {
      int nameEnd = stringEnd(line, at + 1, end);
      boolean isWanted =
          nameEnd <= end && Arrays.equals(line, at + 1, nameEnd, name, 0, name.length);
      at = afterBlanks(line, nameEnd + 1, end);
      if (at >= end || line[at] != ':') {
        return end;
      }
      at = afterBlanks(line, at + 1, end);
      if (isWanted) {
        return at;
      }
      at = afterBlanks(line, valueEnd(line, at, end), end);
      if (at < end && line[at] == ',') {
        at = afterBlanks(line, at + 1, end);
      }
    }
    return end;
  }

  /** Behind a value of any kind. */
  private static int valueEnd(byte[] line, int start, int end) {
    int open = 0;
    int at = start;
    while (at < end) {
      switch (line[at]) {
        case '"' -> at = stringEnd(line, at + 1, end);
        case '{', '[' -> open++;
        case '}', ']' -> {
          if (open == 0) {
            return at;
          }
          open--;
        }
        case ',' -> {
          if (open == 0) {
            return at;
          }
        }
        default -> {}
      }
      at++;
    }
    return end;
  }

  private static @Nullable String value(byte[] line, int at, int end) {
    if (line[at] == '"') {
      return unescaped(line, at + 1, stringEnd(line, at + 1, end));
    }
    if (line[at] == '{' || line[at] == '[') {
      return null;
    }
    int to = valueEnd(line, at, end);
    String text = new String(line, at, to - at, StandardCharsets.UTF_8).strip();
    return text.equals("null") ? null : text;
  }

  /** The value of a key; in quotes or a word. Null if there is none. */
  static @Nullable String logfmt(byte[] line, int start, int end, byte[] key) {
    int at = start;
    while (at < end) {
      int keyStart = at;
      while (at < end && isInWord(line[at]) && line[at] != '=' && line[at] != '"') {
        at++;
      }
      if (at == end || line[at] != '=') {
        at++;
        continue;
      }
      boolean isWanted = Arrays.equals(line, keyStart, at, key, 0, key.length);
      at++;
      boolean isQuoted = at < end && line[at] == '"';
      int valueStart = isQuoted ? at + 1 : at;
      int valueEnd = isQuoted ? stringEnd(line, valueStart, end) : wordEnd(line, at, end);
      if (isWanted) {
        return isQuoted
            ? unescaped(line, valueStart, valueEnd)
            : new String(line, valueStart, valueEnd - valueStart, StandardCharsets.UTF_8);
      }
      at = isQuoted ? valueEnd + 1 : valueEnd;
    }
    return null;
  }

  private static int wordEnd(byte[] line, int start, int end) {
    int at = start;
    while (at < end && isInWord(line[at])) {
      at++;
    }
    return at;
  }

  /** Bytes beyond ASCII are negative, and parts of words. */
  private static boolean isInWord(byte b) {
    return b > ' ' || b < 0;
  }

  private static int afterBlanks(byte[] line, int start, int end) {
    int at = start;
    while (at < end && line[at] >= 0 && line[at] <= ' ') {
      at++;
    }
    return at;
  }

  /** Where the closing quote is, or {@code end}. */
  private static int stringEnd(byte[] line, int start, int end) {
    int at = start;
    while (at < end && line[at] != '"') {
      at += line[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, end);
  }

  private static String unescaped(byte[] line, int start, int end) {
    String text = new String(line, start, end - start, StandardCharsets.UTF_8);
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        out.append(c);
        continue;
      }
      char escaped = text.charAt(++i);
      switch (escaped) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'u' -> i += unicode(text, i + 1, out);
        default -> out.append(escaped);
      }
    }
    return out.toString();
  }

  /** Appends what four hexadecimal digits say; tells how many were read. */
  private static int unicode(String text, int at, StringBuilder out) {
    int digits = 4;
    int code = 0;
    for (int i = 0; i < digits; i++) {
      int digit = at + i < text.length() ? Character.digit(text.charAt(at + i), 16) : -1;
      if (digit < 0) {
        out.append("\\u");
        return 0;
      }
      code = code << digits | digit;
    }
    out.append((char) code);
    return digits;
  }
}
