package dev.skald.logql.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the pieces of a time off the front of a text. A negative number means that the piece is not
 * there.
 */
final class GoTimeScanner {
  private static final int NONE = -1;

  private final String text;
  private int position;

  GoTimeScanner(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return position == text.length();
  }

  /** Literal text; a run of blanks in it stands for any number of them. */
  boolean skip(String literal) {
    int at = position;
    int i = 0;
    while (i < literal.length()) {
      if (literal.charAt(i) == ' ') {
        if (at < text.length() && text.charAt(at) != ' ') {
          return false;
        }
        i = afterBlanks(literal, i);
        at = afterBlanks(text, at);
        continue;
      }
      if (at >= text.length() || text.charAt(at) != literal.charAt(i)) {
        return false;
      }
      i++;
      at++;
    }
    position = at;
    return true;
  }

  private static int afterBlanks(String s, int from) {
    int i = from;
    while (i < s.length() && s.charAt(i) == ' ') {
      i++;
    }
    return i;
  }

  void skipBlanks(int max) {
    for (int i = 0; i < max && position < text.length() && text.charAt(position) == ' '; i++) {
      position++;
    }
  }

  /** A number of so many digits. */
  int digits(int min, int max) {
    int value = 0;
    int count = 0;
    while (count < max && isDigit(position + count)) {
      value = value * 10 + text.charAt(position + count) - '0';
      count++;
    }
    if (count < min) {
      return NONE;
    }
    position += count;
    return value;
  }

  /**
   * Index of a name, upper and lower case alike; {@code chars} of each name count, or all if it is
   * 0.
   */
  int name(List<String> names, int chars) {
    for (int i = 0; i < names.size(); i++) {
      String name = chars == 0 ? names.get(i) : names.get(i).substring(0, chars);
      if (text.regionMatches(true, position, name, 0, name.length())) {
        position += name.length();
        return i;
      }
    }
    return NONE;
  }

  /** False for the first word, true for the second, null for neither. */
  @Nullable Boolean either(String first, String second) {
    if (text.startsWith(first, position) || text.startsWith(second, position)) {
      boolean isSecond = text.startsWith(second, position);
      position += first.length();
      return isSecond;
    }
    return null;
  }

  /** 1, -1, or 0 if there is no sign. */
  int sign() {
    char c = position < text.length() ? text.charAt(position) : ' ';
    if (c != '+' && c != '-') {
      return 0;
    }
    position++;
    return c == '+' ? 1 : -1;
  }

  boolean atFraction() {
    return isMark(position) && isDigit(position + 1);
  }

  /** Nanoseconds of a mark and so many digits, or as many as there are if it is 0. */
  int fraction(int digits) {
    if (!isMark(position)) {
      return NONE;
    }
    int count = 0;
    int value = 0;
    while ((digits == 0 || count < digits) && isDigit(position + 1 + count)) {
      if (count < 9) {
        value = value * 10 + text.charAt(position + 1 + count) - '0';
      }
      count++;
    }
    if (count < digits) {
      return NONE;
    }
    for (int i = count; i < 9; i++) {
      value *= 10;
    }
    position += 1 + count;
    return value;
  }

  /** An abbreviation such as CET or GMT+3, or an offset such as +03; empty if there is none. */
  String zoneName() {
    int length = zoneNameLength();
    String name = text.substring(position, position + length);
    position += length;
    return name;
  }

  private int zoneNameLength() {
    String rest = text.substring(position, Math.min(text.length(), position + 8));
    if (rest.length() < 3) {
      return 0;
    }
    if (rest.startsWith("ChST") || rest.startsWith("MeST")) {
      return 4;
    }
    if (rest.startsWith("GMT")) {
      return 3 + signedHoursLength(rest.substring(3));
    }
    if (rest.charAt(0) == '+' || rest.charAt(0) == '-') {
      return signedHoursLength(rest);
    }
    int upper = 0;
    while (upper < Math.min(6, rest.length()) && isUpper(rest.charAt(upper))) {
      upper++;
    }
    return switch (upper) {
      case 3 -> 3;
      case 4 -> rest.charAt(3) == 'T' || rest.startsWith("WITA") ? 4 : 0;
      case 5 -> rest.charAt(4) == 'T' ? 5 : 0;
      default -> 0;
    };
  }

  /** Of a sign and a number up to 23. */
  private static int signedHoursLength(String s) {
    if (s.isEmpty() || (s.charAt(0) != '+' && s.charAt(0) != '-')) {
      return 0;
    }
    int end = 1;
    int hours = 0;
    while (end < s.length() && s.charAt(end) >= '0' && s.charAt(end) <= '9' && hours <= 23) {
      hours = hours * 10 + s.charAt(end) - '0';
      end++;
    }
    return end > 1 && hours <= 23 ? end : 0;
  }

  /** 3 of "GMT+3", 0 of "GMT". */
  static int hoursAfterGmt(String zoneName) {
    if (zoneName.length() <= 3) {
      return 0;
    }
    return Integer.parseInt(zoneName.substring(3));
  }

  private boolean isMark(int at) {
    return at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',');
  }

  private boolean isDigit(int at) {
    return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
