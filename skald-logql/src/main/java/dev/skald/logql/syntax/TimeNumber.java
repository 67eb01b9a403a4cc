package dev.skald.logql.syntax;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/** Points in time as queries write them; always nanoseconds since the epoch. */
final class TimeNumber {
  /** Below this, seconds: until the year 5138. */
  private static final BigDecimal SECONDS_END = new BigDecimal("1e11");

  /** Below this, milliseconds: from 1973 to 5138. */
  private static final BigDecimal MILLIS_END = new BigDecimal("1e14");

  /** Below this, microseconds; from here on nanoseconds. */
  private static final BigDecimal MICROS_END = new BigDecimal("1e17");

  private static final BigDecimal NANOS_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal NANOS_MIN = BigDecimal.valueOf(Long.MIN_VALUE);

  private TimeNumber() {}

  /** The size of a number tells its unit; parts of a nanosecond are cut off. */
  static long epochNanos(BigDecimal number) {
    BigDecimal size = number.abs();
    int digits =
        size.compareTo(SECONDS_END) < 0
            ? 9
            : size.compareTo(MILLIS_END) < 0 ? 6 : size.compareTo(MICROS_END) < 0 ? 3 : 0;
    return clamped(number.movePointRight(digits));
  }

  /** A time as RFC 3339 writes it; empty if the text is something else. */
  static OptionalLong epochNanos(String text) {
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return OptionalLong.of(
          clamped(
              BigDecimal.valueOf(instant.getEpochSecond())
                  .movePointRight(9)
                  .add(BigDecimal.valueOf(instant.getNano()))));
    } catch (DateTimeException _) {
      return OptionalLong.empty();
    }
  }

  private static long clamped(BigDecimal nanos) {
    return nanos.min(NANOS_MAX).max(NANOS_MIN).setScale(0, RoundingMode.FLOOR).longValueExact();
  }
}
