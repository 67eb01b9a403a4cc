package dev.skald.logql.template;

import java.util.ArrayList;
import java.util.List;

/**
 * Go's time layouts: the reference time "Mon Jan 2 15:04:05 MST 2006" written as the result is to
 * look, cut into literals and elements (<a href="https://pkg.go.dev/time#pkg-constants">time</a>).
 */
final class GoTimeLayout {
  private GoTimeLayout() {}

  /** What an element stands for; {@link Element#width} tells variants apart. */
  enum Kind {
    LITERAL,
    LONG_MONTH,
    MONTH,
    NUMBER_MONTH,
    ZERO_MONTH,
    LONG_WEEKDAY,
    WEEKDAY,
    DAY,
    UNDER_DAY,
    ZERO_DAY,
    UNDER_YEAR_DAY,
    ZERO_YEAR_DAY,
    HOUR,
    HOUR_12,
    ZERO_HOUR_12,
    MINUTE,
    ZERO_MINUTE,
    SECOND,
    ZERO_SECOND,
    LONG_YEAR,
    YEAR,
    UPPER_PM,
    LOWER_PM,
    ZONE_NAME,
    /** {@code Z07:00} and its kin: a Z for UTC, else as the offset. */
    ISO_OFFSET,
    OFFSET,
    /** {@code .000}: that many digits. */
    FRACTION_FIXED,
    /** {@code .999}: up to that many digits, none of them zeros at the end. */
    FRACTION_SHORT
  }

  /** @param text as it stands in the layout */
  record Element(Kind kind, String text) {
    /** Digits of a fraction. */
    int width() {
      return text.length() - 1;
    }
  }

  private record Word(String text, Kind kind) {}

  /** Longer ones before their beginnings. */
  private static final List<Word> WORDS =
      List.of(
          new Word("January", Kind.LONG_MONTH),
          new Word("Jan", Kind.MONTH),
          new Word("Monday", Kind.LONG_WEEKDAY),
          new Word("Mon", Kind.WEEKDAY),
          new Word("MST", Kind.ZONE_NAME),
          new Word("002", Kind.ZERO_YEAR_DAY),
          new Word("01", Kind.ZERO_MONTH),
          new Word("02", Kind.ZERO_DAY),
          new Word("03", Kind.ZERO_HOUR_12),
          new Word("04", Kind.ZERO_MINUTE),
          new Word("05", Kind.ZERO_SECOND),
          new Word("06", Kind.YEAR),
          new Word("15", Kind.HOUR),
          new Word("1", Kind.NUMBER_MONTH),
          new Word("2006", Kind.LONG_YEAR),
          new Word("2", Kind.DAY),
          new Word("_2006", Kind.LITERAL), // an underscore, then the year
          new Word("_2", Kind.UNDER_DAY),
          new Word("__2", Kind.UNDER_YEAR_DAY),
          new Word("3", Kind.HOUR_12),
          new Word("4", Kind.MINUTE),
          new Word("5", Kind.SECOND),
          new Word("PM", Kind.UPPER_PM),
          new Word("pm", Kind.LOWER_PM),
          new Word("-070000", Kind.OFFSET),
          new Word("-07:00:00", Kind.OFFSET),
          new Word("-0700", Kind.OFFSET),
          new Word("-07:00", Kind.OFFSET),
          new Word("-07", Kind.OFFSET),
          new Word("Z070000", Kind.ISO_OFFSET),
          new Word("Z07:00:00", Kind.ISO_OFFSET),
          new Word("Z0700", Kind.ISO_OFFSET),
          new Word("Z07:00", Kind.ISO_OFFSET),
          new Word("Z07", Kind.ISO_OFFSET));

  private static final String FIRST_CHARS = "JM012_345Pp-Z";

  static List<Element> elements(String layout) {
    List<Element> elements = new ArrayList<>();
    int literalStart = 0;
    int i = 0;
    while (i < layout.length()) {
      Element element = elementAt(layout, i);
      if (element == null) {
        i++;
        continue;
      }
      if (i > literalStart) {
        elements.add(new Element(Kind.LITERAL, layout.substring(literalStart, i)));
      }
      elements.add(element);
      i += element.text().length();
      literalStart = i;
    }
    if (literalStart < layout.length()) {
      elements.add(new Element(Kind.LITERAL, layout.substring(literalStart)));
    }
    return elements;
  }

  private static @org.jspecify.annotations.Nullable Element elementAt(String layout, int at) {
    char c = layout.charAt(at);
    if (c == '.' || c == ',') {
      return fraction(layout, at);
    }
    if (FIRST_CHARS.indexOf(c) < 0) {
      return null;
    }
    for (Word word : WORDS) {
      if (layout.startsWith(word.text(), at)) {
        if (word.kind() == Kind.LITERAL) {
          return new Element(Kind.LITERAL, "_");
        }
        boolean abbreviated = word.kind() == Kind.MONTH || word.kind() == Kind.WEEKDAY;
        if (abbreviated && lowerCaseAt(layout, at + word.text().length())) {
          continue; // "Month", "Janet"
        }
        return new Element(word.kind(), word.text());
      }
    }
    return null;
  }

  private static @org.jspecify.annotations.Nullable Element fraction(String layout, int at) {
    if (at + 1 >= layout.length()) {
      return null;
    }
    char digit = layout.charAt(at + 1);
    if (digit != '0' && digit != '9') {
      return null;
    }
    int end = at + 1;
    while (end < layout.length() && layout.charAt(end) == digit) {
      end++;
    }
    if (end < layout.length() && layout.charAt(end) >= '0' && layout.charAt(end) <= '9') {
      return null;
    }
    Kind kind = digit == '0' ? Kind.FRACTION_FIXED : Kind.FRACTION_SHORT;
    return new Element(kind, layout.substring(at, end));
  }

  private static boolean lowerCaseAt(String layout, int at) {
    return at < layout.length() && layout.charAt(at) >= 'a' && layout.charAt(at) <= 'z';
  }
}
