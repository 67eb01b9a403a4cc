package dev.skald.protocol.push;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/**
 * Times as pushes write them, to nanoseconds since the epoch; what an int64 cannot hold is
 * BAD_REQUEST.
 */
final class Timestamps {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Timestamps() {}

  /** {@code nanos} in {@code [0, 1e9)}. */
  static long epochNanos(long seconds, long nanos) {
    try {
      // Towards zero first: the earliest second of an int64 lies half outside of it.
      return seconds < 0
          ? Math.addExact(
              Math.multiplyExact(seconds + 1, NANOS_PER_SECOND), nanos - NANOS_PER_SECOND)
          : Math.addExact(Math.multiplyExact(seconds, NANOS_PER_SECOND), nanos);
    } catch (ArithmeticException e) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, "timestamp out of range: seconds=" + seconds, e);
    }
  }

  /**
   * Digits with an optional minus sign, as {@code strconv.ParseInt} reads them but without a plus
   * sign.
   */
  static long parseNanos(char[] text, int start, int length) {
    int end = start + length;
    int at = start;
    boolean negative = at < end && text[at] == '-';
    if (negative) {
      at++;
    }
    if (at == end) {
      throw malformed(text, start, length, "invalid syntax");
    }
    long value = 0; // counted down: the most negative number has no positive twin
    for (; at < end; at++) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9) {
        throw malformed(text, start, length, "invalid syntax");
      }
      if (value < (Long.MIN_VALUE + digit) / 10) {
        throw malformed(text, start, length, "value out of range");
      }
      value = value * 10 - digit;
    }
    if (!negative && value == Long.MIN_VALUE) {
      throw malformed(text, start, length, "value out of range");
    }
    return negative ? value : -value;
  }

  /** RFC 3339 with an offset or {@code Z}; up to nine digits of a second. */
  static long parseRfc3339(String text) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return epochNanos(time.toEpochSecond(), time.getNano());
    } catch (DateTimeException e) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, "parsing time \"" + shown(text) + "\": not RFC 3339", e);
    }
  }

  private static SkaldException malformed(char[] text, int start, int length, String why) {
    return SkaldException.of(
        ErrorKind.BAD_REQUEST,
        "strconv.ParseInt: parsing \"" + shown(new String(text, start, length)) + "\": " + why);
  }

  private static String shown(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64) + "...";
  }
}
