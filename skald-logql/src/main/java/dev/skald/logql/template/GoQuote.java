package dev.skald.logql.template;

import dev.skald.model.Quoted;
import java.util.Locale;

/** Go's quoting (strconv.Quote and its kin) and unquoting. */
final class GoQuote {
  private GoQuote() {}

  /** In double quotes; what cannot be printed is escaped. */
  static String quote(String text) {
    return quote(text, '"', false);
  }

  /** As {@link #quote}; nothing beyond ASCII is left as it is. */
  static String quoteAscii(String text) {
    return quote(text, '"', true);
  }

  /** A character in single quotes; what is no character becomes U+FFFD. */
  static String quoteRune(int point, boolean ascii) {
    int valid = isValid(point) ? point : 0xFFFD;
    StringBuilder quoted = new StringBuilder("'");
    appendEscaped(quoted, valid, '\'', ascii);
    return quoted.append('\'').toString();
  }

  /** Whether the text can stand between back quotes. */
  static boolean canBackquote(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < 0x20 && c != '\t') || c == '`' || c == 0x7f || c == 0xFEFF) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
      } else if (GoStrings.isStrayByte(c)) {
        return false;
      }
    }
    return true;
  }

  /** {@code U+0040}, and {@code '@'} behind it if wanted and printable. */
  static String unicodePoint(int point, boolean shown) {
    String number = String.format(Locale.ROOT, "U+%04X", point);
    return shown && Quoted.isPrintable(point)
        ? number + " '" + Character.toString(point) + "'"
        : number;
  }

  /**
   * The text of a literal in double or back quotes, or the one character of a literal in single
   * quotes.
   *
   * @throws TemplateFailure "invalid syntax", as strconv says
   */
  static String unquote(String literal) {
    char mark = literal.charAt(0);
    String inner = literal.substring(1, literal.length() - 1);
    if (mark == '`') {
      return inner.replace("\r", "");
    }
    if (inner.indexOf('\\') < 0) {
      return inner;
    }
    GoUnquoting unquoting = new GoUnquoting(inner, mark);
    return unquoting.text();
  }

  private static String quote(String text, char mark, boolean ascii) {
    StringBuilder quoted = new StringBuilder(text.length() + 2);
    quoted.append(mark);
    for (int i = 0; i < text.length(); i++) {
      int point = text.codePointAt(i);
      if (Character.isSupplementaryCodePoint(point)) {
        i++;
      }
      if (point < 0x10000 && GoStrings.isStrayByte((char) point)) {
        quoted.append(String.format(Locale.ROOT, "\\x%02x", point - 0xDC00));
      } else {
        appendEscaped(quoted, point, mark, ascii);
      }
    }
    return quoted.append(mark).toString();
  }

  private static void appendEscaped(StringBuilder out, int c, char mark, boolean ascii) {
    if (c == mark || c == '\\') {
      out.append('\\').append((char) c);
    } else if (c < 0x80 ? c >= 0x20 && c < 0x7f : !ascii && Quoted.isPrintable(c)) {
      out.appendCodePoint(c);
    } else {
      switch (c) {
        case 0x07 -> out.append("\\a");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case 0x0b -> out.append("\\v");
        default -> {
          String format = c < 0x80 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
          out.append(String.format(Locale.ROOT, format, c));
        }
      }
    }
  }

  private static boolean isValid(int point) {
    return point >= 0
        && point <= Character.MAX_CODE_POINT
        && !(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }
}
