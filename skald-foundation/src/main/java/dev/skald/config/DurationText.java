package dev.skald.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;

/**
 * Durations as text: Go's ({@code 1h30m}, {@code 250ms}, {@code 1.5h}) and Prometheus' ({@code 7d}, {@code 30d1h},
 * {@code 1w}) in one. A day is 24 hours, a week 7 days, a year 365 days.
 */
public final class DurationText {
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  /** A unit, its nanoseconds, and whether it is printed only when nothing is left over. */
  private record Unit(String name, long nanos, boolean wholeOnly) {}

  private static final Unit[] UNITS = {
    new Unit("y", 365L * 24 * 3600 * 1_000_000_000, true),
    new Unit("w", 7L * 24 * 3600 * 1_000_000_000, true),
    new Unit("d", 24L * 3600 * 1_000_000_000, false),
    new Unit("h", 3600L * 1_000_000_000, false),
    new Unit("m", 60L * 1_000_000_000, false),
    new Unit("s", 1_000_000_000, false),
    new Unit("ms", 1_000_000, false),
    new Unit("us", 1_000, false),
    new Unit("ns", 1, false),
  };

  private DurationText() {}

  /**
   * Reads numbers with units, with a sign in front if any; {@code 0} needs no unit.
   *
   * @throws IllegalArgumentException if the text is anything else, or beyond 292 years
   */
  public static Duration parse(String text) {
    String rest = text.strip();
    boolean negative = rest.startsWith("-");
    if (negative || rest.startsWith("+")) {
      rest = rest.substring(1);
    }
    if (rest.equals("0")) {
      return Duration.ZERO;
    }
    if (rest.isEmpty()) {
      throw notDuration(text);
    }
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (at < rest.length()) {
      int unitAt = skip(rest, at, true);
      int end = skip(rest, unitAt, false);
      long unitNanos = unitNanos(rest.substring(unitAt, end), text);
      try {
        BigDecimal number = new BigDecimal(rest.substring(at, unitAt));
        nanos = nanos.add(number.multiply(BigDecimal.valueOf(unitNanos)));
      } catch (NumberFormatException _) {
        throw notDuration(text);
      }
      at = end;
    }
    BigInteger whole = nanos.toBigInteger();
    if (whole.compareTo(LONG_MAX) > 0) {
      throw new IllegalArgumentException("duration beyond 292 years: " + text);
    }
    return Duration.ofNanos(negative ? -whole.longValueExact() : whole.longValueExact());
  }

  private static int skip(String text, int from, boolean digits) {
    int at = from;
    while (at < text.length() && isNumeric(text.charAt(at)) == digits) {
      at++;
    }
    return at;
  }

  private static boolean isNumeric(char c) {
    return (c >= '0' && c <= '9') || c == '.';
  }

  private static long unitNanos(String name, String text) {
    String ascii = name.equals("µs") || name.equals("μs") ? "us" : name;
    for (Unit unit : UNITS) {
      if (unit.name.equals(ascii)) {
        return unit.nanos;
      }
    }
    throw notDuration(text);
  }

  private static IllegalArgumentException notDuration(String text) {
    return new IllegalArgumentException("not a duration: " + text);
  }

  /**
   * Writes as Prometheus does: largest unit first, weeks and years only when nothing is left over: {@code 30d1h},
   * {@code 1w}, {@code 1h30m}, {@code 0s}.
   */
  public static String format(Duration duration) {
    long left = duration.toNanos();
    if (left == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    if (left < 0) {
      text.append('-');
      left = left == Long.MIN_VALUE ? Long.MAX_VALUE : -left;
    }
    for (Unit unit : UNITS) {
      if (left >= unit.nanos && (!unit.wholeOnly || left % unit.nanos == 0)) {
        text.append(left / unit.nanos).append(unit.name);
        left %= unit.nanos;
      }
    }
    return text.toString();
  }
}
