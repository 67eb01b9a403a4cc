package dev.skald.logql.template;

import java.util.function.IntPredicate;

/** Functions of Go's packages strings and unicode on text, character by character. */
final class GoText {
  private GoText() {}

  /** {@code unicode.IsSpace}. */
  static boolean isSpace(int point) {
    return switch (point) {
      case '\t',
          '\n',
          0x0b,
          '\f',
          '\r',
          ' ',
          0x85,
          0xa0,
          0x1680,
          0x2028,
          0x2029,
          0x202f,
          0x205f,
          0x3000 ->
          true;
      default -> point >= 0x2000 && point <= 0x200a;
    };
  }

  static String trimSpace(String text) {
    return trim(text, GoText::isSpace, true, true);
  }

  /** Without the characters of a set at the ends. */
  static String trim(String text, String set, boolean atStart, boolean atEnd) {
    return trim(text, point -> set.indexOf(point) >= 0, atStart, atEnd);
  }

  private static String trim(String text, IntPredicate out, boolean atStart, boolean atEnd) {
    int start = 0;
    int end = text.length();
    while (atStart && start < end && out.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (atEnd && end > start && out.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  /** One character for one, unlike Java's: {@code ß} stays. */
  static String upper(String text) {
    return map(text, true);
  }

  static String lower(String text) {
    return map(text, false);
  }

  private static String map(String text, boolean toUpper) {
    StringBuilder mapped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      mapped.appendCodePoint(toUpper ? Character.toUpperCase(point) : Character.toLowerCase(point));
    }
    return mapped.toString();
  }

  /** The first letter of each word in title case; what else is in capitals stays so. */
  static String title(String text) {
    StringBuilder mapped = new StringBuilder(text.length());
    int before = ' ';
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      mapped.appendCodePoint(endsWord(before) ? Character.toTitleCase(point) : point);
      before = point;
    }
    return mapped.toString();
  }

  private static boolean endsWord(int point) {
    if (Character.isLetter(point) || Character.isDigit(point) || point == '_') {
      return false;
    }
    return point < 0x80 || isSpace(point);
  }

  /**
   * The first {@code max} occurrences replaced, all if negative. An empty {@code old} is before
   * every character.
   */
  static void replace(TemplateOutput out, String text, String old, String by, long max) {
    long left = max < 0 ? Long.MAX_VALUE : max;
    if (old.isEmpty()) {
      insertBetween(out, text, by, left);
      return;
    }
    int from = 0;
    for (; left > 0; left--) {
      int found = text.indexOf(old, from);
      if (found < 0) {
        break;
      }
      out.append(text, from, found);
      out.append(by);
      from = found + old.length();
    }
    out.append(text, from, text.length());
  }

  private static void insertBetween(TemplateOutput out, String text, String by, long max) {
    long left = max;
    int i = 0;
    while (left > 0) {
      out.append(by);
      left--;
      if (i == text.length()) {
        return;
      }
      int end = i + Character.charCount(text.codePointAt(i));
      out.append(text, i, end);
      i = end;
    }
    out.append(text, i, text.length());
  }
}
