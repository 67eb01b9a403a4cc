package dev.skald.protocol.query;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Quoted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Timestamps in query parameters (spec http-api.md 1.2). All results are nanoseconds since the epoch. */
public final class TimeParameter {
  private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);

  /** Up to this many characters an integer is seconds, beyond it nanoseconds. */
  private static final int SECONDS_CHARACTERS_MAX = 10;

  private TimeParameter() {}

  /**
   * {@code start} or {@code end}.
   *
   * @throws SkaldException BAD_REQUEST naming the parameter
   */
  public static long parse(String name, String text) {
    return read(text)
        .orElseThrow(
            () ->
                SkaldException.of(
                    ErrorKind.BAD_REQUEST,
                    "could not parse '" + name + "' parameter: " + notAnInteger(text)));
  }

  /**
   * {@code time} of an instant query, whose error does not name the parameter.
   *
   * @throws SkaldException BAD_REQUEST
   */
  public static long parseTime(String text) {
    return read(text)
        .orElseThrow(() -> SkaldException.of(ErrorKind.BAD_REQUEST, notAnInteger(text)));
  }

  private static String notAnInteger(String text) {
    return "strconv.ParseInt: parsing " + Quoted.of(text) + ": invalid syntax";
  }

  private static Optional<Long> read(String text) {
    if (text.indexOf('.') >= 0) {
      Optional<Long> seconds = fractionalSeconds(text);
      if (seconds.isPresent()) {
        return seconds;
      }
    }
    if (isInteger(text)) {
      return integer(text);
    }
    return rfc3339(text);
  }

  private static Optional<Long> fractionalSeconds(String text) {
    if (!text.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0)) {
      return Optional.empty();
    }
    try {
      BigDecimal millis = new BigDecimal(text).movePointRight(3).setScale(0, RoundingMode.HALF_UP);
      return Optional.of(millis.movePointLeft(3).multiply(NANOS_PER_SECOND).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty(); // refused below with the text for integers
    }
  }

  private static boolean isInteger(String text) {
    int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    return text.length() > digits && text.chars().skip(digits).allMatch(c -> c >= '0' && c <= '9');
  }

  private static Optional<Long> integer(String text) {
    try {
      long value = Long.parseLong(text);
      return Optional.of(
          text.length() <= SECONDS_CHARACTERS_MAX
              ? Math.multiplyExact(value, 1_000_000_000L)
              : value);
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> rfc3339(String text) {
    try {
      Instant instant =
          OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
      return Optional.of(
          Math.addExact(
              Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano()));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
