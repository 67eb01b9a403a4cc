package dev.skald.logql.template;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Text to numbers as Go's strconv reads it; its error texts included. */
final class GoNumberText {
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger UNSIGNED_MAX =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  /** Longer texts are out of range in any base, zeros in front aside. */
  private static final int INTEGER_CHARS_MAX = 100;

  private GoNumberText() {}

  /** {@code strconv.ParseFloat}. */
  static double parseFloat(String text) {
    String java = javaFloat(text);
    if (java == null) {
      throw failure("ParseFloat", text, "invalid syntax");
    }
    double value = Double.parseDouble(java);
    if (Double.isInfinite(value) && !java.endsWith("Infinity")) {
      throw failure("ParseFloat", text, "value out of range");
    }
    return value;
  }

  /** As {@link #parseFloat}; null on any error. */
  static @Nullable Double floatOrNull(String text) {
    String java = javaFloat(text);
    if (java == null) {
      return null;
    }
    double value = Double.parseDouble(java);
    return Double.isInfinite(value) && !java.endsWith("Infinity") ? null : value;
  }

  /** {@code strconv.ParseInt(text, 10, 64)}. */
  static long parseDecimal(String text) {
    int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    boolean wrong = digits == text.length();
    for (int i = digits; i < text.length(); i++) {
      wrong |= text.charAt(i) < '0' || text.charAt(i) > '9';
    }
    if (wrong) {
      throw failure("ParseInt", text, "invalid syntax");
    }
    BigInteger value = text.length() > INTEGER_CHARS_MAX ? UNSIGNED_MAX : new BigInteger(text);
    if (value.compareTo(LONG_MIN) < 0 || value.compareTo(LONG_MAX) > 0) {
      throw failure("ParseInt", text, "value out of range");
    }
    return value.longValue();
  }

  /**
   * {@code strconv.ParseInt(text, 0, 64)}: 0x, 0o, 0b, a leading 0, underscores; null on any error.
   */
  static @Nullable Long integerOrNull(String text) {
    BigInteger value = integer(text);
    boolean fits =
        value != null && value.compareTo(LONG_MIN) >= 0 && value.compareTo(LONG_MAX) <= 0;
    return value != null && fits ? (Long) value.longValue() : null;
  }

  /** {@code strconv.ParseUint(text, 0, 64)}: no sign; null on any error. */
  static @Nullable BigInteger unsignedOrNull(String text) {
    if (text.startsWith("-") || text.startsWith("+")) {
      return null;
    }
    BigInteger value = integer(text);
    return value != null && value.compareTo(UNSIGNED_MAX) <= 0 ? value : null;
  }

  private static @Nullable BigInteger integer(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    int radix = 10;
    String digits = rest;
    if (rest.startsWith("0")) {
      char kind = rest.length() >= 3 ? Character.toLowerCase(rest.charAt(1)) : ' ';
      radix = kind == 'x' ? 16 : kind == 'b' ? 2 : 8;
      digits = rest.substring(kind == 'x' || kind == 'b' || kind == 'o' ? 2 : 1);
      if (digits.isEmpty()) {
        return BigInteger.ZERO;
      }
    }
    if (digits.indexOf('_') >= 0 && !underscoresSeparateDigits(text)) {
      return null;
    }
    digits = digits.replace("_", "");
    if (digits.isEmpty()) {
      return null;
    }
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c >= 0x80 || Character.digit(c, radix) < 0) {
        return null;
      }
    }
    if (digits.length() > INTEGER_CHARS_MAX) {
      return null;
    }
    BigInteger value = new BigInteger(digits, radix);
    return negative ? value.negate() : value;
  }

  /** The text as Java's parser takes it, or null if it is no float of Go's. */
  private static @Nullable String javaFloat(String text) {
    int i = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    String sign = text.startsWith("-") ? "-" : "";
    String rest = text.substring(i);
    if (rest.equalsIgnoreCase("inf") || rest.equalsIgnoreCase("infinity")) {
      return sign + "Infinity";
    }
    if (text.equalsIgnoreCase("nan")) {
      return "NaN";
    }
    if (rest.indexOf('_') >= 0 && !underscoresSeparateDigits(text)) {
      return null;
    }
    boolean hexadecimal =
        rest.length() > 2 && rest.charAt(0) == '0' && (rest.charAt(1) | 32) == 'x';
    String number = rest.replace("_", "");
    return isFloat(number, hexadecimal) ? sign + number : null;
  }

  private static boolean isFloat(String number, boolean hexadecimal) {
    int radix = hexadecimal ? 16 : 10;
    int i = hexadecimal ? 2 : 0;
    int digits = 0;
    boolean point = false;
    for (; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c == '.' && !point) {
        point = true;
      } else if (c < 0x80 && Character.digit(c, radix) >= 0) {
        digits++;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return false;
    }
    if (i == number.length()) {
      return !hexadecimal; // a hexadecimal float must have an exponent
    }
    if ((number.charAt(i) | 32) != (hexadecimal ? 'p' : 'e')) {
      return false;
    }
    i++;
    if (i < number.length() && (number.charAt(i) == '+' || number.charAt(i) == '-')) {
      i++;
    }
    int exponentStart = i;
    while (i < number.length() && number.charAt(i) >= '0' && number.charAt(i) <= '9') {
      i++;
    }
    return i > exponentStart && i == number.length();
  }

  /** Each underscore stands between digits, or between a base prefix and a digit. */
  private static boolean underscoresSeparateDigits(String text) {
    int i = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    char seen = '^';
    boolean hexadecimal = false;
    if (text.length() >= i + 2 && text.charAt(i) == '0') {
      char kind = Character.toLowerCase(text.charAt(i + 1));
      if (kind == 'b' || kind == 'o' || kind == 'x') {
        i += 2;
        seen = '0';
        hexadecimal = kind == 'x';
      }
    }
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80 && Character.digit(c, hexadecimal ? 16 : 10) >= 0) {
        seen = '0';
      } else if (c == '_') {
        if (seen != '0') {
          return false;
        }
        seen = '_';
      } else {
        if (seen == '_') {
          return false;
        }
        seen = '!';
      }
    }
    return seen != '_';
  }

  private static TemplateFailure failure(String function, String text, String what) {
    return new TemplateFailure(
        "strconv." + function + ": parsing " + GoQuote.quote(text) + ": " + what);
  }
}
