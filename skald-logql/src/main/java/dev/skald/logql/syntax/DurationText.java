package dev.skald.logql.syntax;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Durations in text; always nanoseconds (spec logql.md 2.7, 2.8 and 14). */
final class DurationText {
  private static final long MICROSECOND = 1_000;
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final int DIGITS_MAX = 19;

  private record Unit(String name, long nanos) {}

  /** Prometheus's units, in the only order in which they may follow each other. */
  private static final List<Unit> DESCENDING =
      List.of(
          new Unit("y", 365 * DAY),
          new Unit("w", 7 * DAY),
          new Unit("d", DAY),
          new Unit("h", HOUR),
          new Unit("m", MINUTE),
          new Unit("s", SECOND),
          new Unit("ms", MILLISECOND));

  private DurationText() {}

  /**
   * {@code 1h30m}: integers with units in descending order.
   *
   * @throws NumberFormatException with the reference's wording
   */
  static long parsePrometheus(String text) {
    if (text.isEmpty()) {
      throw new NumberFormatException("empty duration string");
    }
    if (text.equals("0")) {
      return 0;
    }
    BigInteger nanos = BigInteger.ZERO;
    int lastUnit = -1;
    int i = 0;
    while (i < text.length()) {
      int numberStart = i;
      while (i < text.length() && isDigit(text.charAt(i))) {
        i++;
      }
      String digits = text.substring(numberStart, i);
      int unitStart = i;
      while (i < text.length() && !isDigit(text.charAt(i))) {
        i++;
      }
      String unitName = text.substring(unitStart, i);
      if (digits.isEmpty() || digits.length() > DIGITS_MAX || unitName.isEmpty()) {
        throw notValid(text);
      }
      int unit = unitIndex(unitName);
      if (unit < 0) {
        throw new NumberFormatException(
            "unknown unit \"" + unitName + "\" in duration \"" + text + "\"");
      }
      if (unit <= lastUnit) {
        throw notValid(text);
      }
      lastUnit = unit;
      BigInteger unitNanos = BigInteger.valueOf(DESCENDING.get(unit).nanos());
      nanos = nanos.add(new BigInteger(digits).multiply(unitNanos));
    }
    if (nanos.bitLength() > 63) {
      throw new NumberFormatException("duration out of range");
    }
    return nanos.longValueExact();
  }

  private static NumberFormatException notValid(String text) {
    return new NumberFormatException("not a valid duration string: \"" + text + "\"");
  }

  private static int unitIndex(String name) {
    for (int i = 0; i < DESCENDING.size(); i++) {
      if (DESCENDING.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** A duration written in a query: Prometheus's form, else Go's; empty if it is neither. */
  static OptionalLong parse(String text) {
    try {
      return OptionalLong.of(parsePrometheus(text));
    } catch (NumberFormatException _) {
      return parseGo(text);
    }
  }

  /** {@code 1.5h}, {@code -250µs}: Go's form; empty if it is not that. */
  static OptionalLong parseGo(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return OptionalLong.of(0);
    }
    if (rest.isEmpty()) {
      return OptionalLong.empty();
    }
    BigDecimal nanos = BigDecimal.ZERO;
    int i = 0;
    while (i < rest.length()) {
      int numberStart = i;
      while (i < rest.length() && (isDigit(rest.charAt(i)) || rest.charAt(i) == '.')) {
        i++;
      }
      int unitStart = i;
      while (i < rest.length() && !isDigit(rest.charAt(i)) && rest.charAt(i) != '.') {
        i++;
      }
      BigDecimal number = decimal(rest.substring(numberStart, unitStart));
      long unitNanos = goUnit(rest.substring(unitStart, i));
      if (number == null || unitNanos == 0) {
        return OptionalLong.empty();
      }
      nanos = nanos.add(number.multiply(BigDecimal.valueOf(unitNanos)));
    }
    BigInteger whole = nanos.toBigInteger();
    BigInteger signed = negative ? whole.negate() : whole;
    return signed.bitLength() > 63
        ? OptionalLong.empty()
        : OptionalLong.of(signed.longValueExact());
  }

  private static @Nullable BigDecimal decimal(String number) {
    int dot = number.indexOf('.');
    boolean hasSecondDot = dot >= 0 && number.indexOf('.', dot + 1) >= 0;
    boolean hasDigits = number.length() > (dot < 0 ? 0 : 1);
    if (hasSecondDot || !hasDigits) {
      return null;
    }
    return new BigDecimal("0" + number + (number.endsWith(".") ? "0" : ""));
  }

  /** 0 if there is no such unit. */
  private static long goUnit(String name) {
    return switch (name) {
      case "ns" -> 1;
      case "us", "\u00b5s", "\u03bcs" -> MICROSECOND;
      case "ms" -> MILLISECOND;
      case "s" -> SECOND;
      case "m" -> MINUTE;
      case "h" -> HOUR;
      default -> 0;
    };
  }

  /** Go's form: {@code 1h0m0s}, {@code 1.5ms}, {@code 0s}. */
  static String go(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    BigDecimal absolute = new BigDecimal(nanos).abs();
    String sign = nanos < 0 ? "-" : "";
    if (absolute.compareTo(BigDecimal.valueOf(SECOND)) < 0) {
      return sign + belowSecond(Math.abs(nanos));
    }
    BigDecimal[] minutes = absolute.divideAndRemainder(BigDecimal.valueOf(MINUTE));
    String seconds = scaled(minutes[1], 9) + "s";
    long wholeMinutes = minutes[0].longValueExact();
    if (wholeMinutes == 0) {
      return sign + seconds;
    }
    String hours = wholeMinutes < 60 ? "" : wholeMinutes / 60 + "h";
    return sign + hours + wholeMinutes % 60 + "m" + seconds;
  }

  private static String belowSecond(long nanos) {
    if (nanos < MICROSECOND) {
      return nanos + "ns";
    }
    BigDecimal exact = BigDecimal.valueOf(nanos);
    return nanos < MILLISECOND ? scaled(exact, 3) + "\u00b5s" : scaled(exact, 6) + "ms";
  }

  private static String scaled(BigDecimal nanos, int places) {
    BigDecimal value = nanos.movePointLeft(places);
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** Prometheus's form: {@code 1d}, {@code 1h30m}; below a millisecond nothing is kept. */
  static String prometheus(long nanos) {
    long rest = nanos / MILLISECOND * MILLISECOND;
    if (rest == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    for (Unit unit : DESCENDING) {
      // days and longer are written only where nothing is left over: 36h, not 1d12h
      boolean mustBeWhole = unit.nanos() >= DAY;
      if (rest >= unit.nanos() && (!mustBeWhole || rest % unit.nanos() == 0)) {
        text.append(rest / unit.nanos()).append(unit.name());
        rest %= unit.nanos();
      }
    }
    return text.toString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
