package dev.skald.protocol.query;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Quoted;
import java.util.Optional;

/** Durations in query parameters: float seconds or Prometheus' form (spec http-api.md 1.3). Results are nanoseconds. */
public final class DurationParameter {
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] UNIT_NANOS = {
    365L * 86_400_000_000_000L,
    7L * 86_400_000_000_000L,
    86_400_000_000_000L,
    3_600_000_000_000L,
    60_000_000_000L,
    1_000_000_000L,
    1_000_000L
  };

  private DurationParameter() {}

  /**
   * {@code step} and {@code interval}. NaN seconds read as 0; the caller checks the range.
   *
   * @throws SkaldException BAD_REQUEST
   */
  public static long parse(String text) {
    Optional<Double> seconds = GoFloat.parse(text);
    if (seconds.isPresent()) {
      double nanos = seconds.get() * 1e9;
      if (nanos > Long.MAX_VALUE || nanos < Long.MIN_VALUE) {
        throw SkaldException.of(
            ErrorKind.BAD_REQUEST,
            "cannot parse " + Quoted.of(text) + " to a valid duration. It overflows int64");
      }
      return (long) nanos;
    }
    return prometheus(text)
        .orElseThrow(
            () ->
                SkaldException.of(
                    ErrorKind.BAD_REQUEST,
                    "cannot parse " + Quoted.of(text) + " to a valid duration"));
  }

  /**
   * {@code since}: Prometheus' form alone.
   *
   * @throws SkaldException BAD_REQUEST
   */
  public static long parseSince(String text) {
    return prometheus(text)
        .orElseThrow(
            () ->
                SkaldException.of(
                    ErrorKind.BAD_REQUEST,
                    "could not parse 'since' parameter: "
                        + (text.isEmpty()
                            ? "empty duration string"
                            : "not a valid duration string: " + Quoted.of(text))));
  }

  /** Units in descending order, each at most once; a bare {@code 0} is zero. */
  public static Optional<Long> prometheus(String text) {
    if (text.equals("0")) {
      return Optional.of(0L);
    }
    int at = 0;
    int unit = 0;
    long total = 0;
    while (at < text.length()) {
      int digits = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      int unitStart = at;
      while (at < text.length() && (text.charAt(at) < '0' || text.charAt(at) > '9')) {
        at++;
      }
      String name = text.substring(unitStart, at);
      while (unit < UNITS.length && !UNITS[unit].equals(name)) {
        unit++;
      }
      if (digits == unitStart || unit == UNITS.length) {
        return Optional.empty();
      }
      try {
        long count = Long.parseLong(text.substring(digits, unitStart));
        total = Math.addExact(total, Math.multiplyExact(count, UNIT_NANOS[unit]));
      } catch (ArithmeticException | NumberFormatException e) {
        return Optional.empty();
      }
      unit++;
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(total);
  }
}
