package dev.skald.logql.pipeline;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A duration as Go writes it: {@code 1h30m}, {@code 1.5s}, {@code -250ms} (Go's
 * {@code time.ParseDuration}).
 */
final class GoDuration {
  /** Go's durations are 64-bit nanoseconds; sums are unsigned until the sign is put on. */
  private static final long LIMIT = Long.MIN_VALUE;

  private final byte[] bytes;
  private final int start;
  private final int end;
  private int at;
  private long nanos;

  // Of the component just read.
  private long whole;
  private long fraction;
  private double fractionScale;

  GoDuration(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    at = start;
  }

  long nanos() {
    return nanos;
  }

  /** Reads the whole text. Returns what is wrong, or null. */
  @Nullable String read() {
    boolean negative = at < end && bytes[at] == '-';
    if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    if (end - at == 1 && bytes[at] == '0') {
      return null;
    }
    if (at == end) {
      return invalid();
    }
    long sum = 0;
    while (at < end) {
      if (!readNumber()) {
        return invalid();
      }
      int unitStart = at;
      while (at < end && bytes[at] != '.' && !isDigit(bytes[at])) {
        at++;
      }
      if (unitStart == at) {
        return "time: missing unit in duration " + quoted(start, end);
      }
      long unit = unitNanos(unitStart, at);
      if (unit == 0) {
        return "time: unknown unit " + quoted(unitStart, at) + " in duration " + quoted(start, end);
      }
      if (Long.compareUnsigned(whole, Long.divideUnsigned(LIMIT, unit)) > 0) {
        return invalid();
      }
      long value = whole * unit;
      if (fraction > 0) {
        value += (long) (fraction * (unit / fractionScale));
      }
      sum += value;
      if (isBeyond(value) || isBeyond(sum)) {
        return invalid();
      }
    }
    if (!negative && sum == LIMIT) {
      return invalid();
    }
    nanos = negative ? -sum : sum;
    return null;
  }

  private static boolean isBeyond(long unsigned) {
    return Long.compareUnsigned(unsigned, LIMIT) > 0;
  }

  /** Digits, perhaps a point and more digits. False: no digit, or too many. */
  private boolean readNumber() {
    int numberStart = at;
    whole = 0;
    fraction = 0;
    fractionScale = 1;
    while (at < end && isDigit(bytes[at])) {
      if (Long.compareUnsigned(whole, Long.divideUnsigned(LIMIT, 10)) > 0) {
        return false;
      }
      whole = whole * 10 + (bytes[at] - '0');
      if (isBeyond(whole)) {
        return false;
      }
      at++;
    }
    boolean hasDigits = at > numberStart;
    if (at < end && bytes[at] == '.') {
      at++;
      int fractionStart = at;
      readFraction();
      hasDigits |= at > fractionStart;
    }
    return hasDigits;
  }

  /** Digits beyond what 63 bits hold are skipped. */
  private void readFraction() {
    boolean isFull = false;
    for (; at < end && isDigit(bytes[at]); at++) {
      if (isFull || fraction > Long.MAX_VALUE / 10) {
        isFull = true;
        continue;
      }
      long more = fraction * 10 + (bytes[at] - '0');
      if (more < 0) {
        isFull = true;
        continue;
      }
      fraction = more;
      fractionScale *= 10;
    }
  }

  private long unitNanos(int from, int to) {
    return switch (ByteSlice.text(bytes, from, to)) {
      case "ns" -> 1;
      case "us", "\u00b5s", "\u03bcs" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> 1_000_000_000;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> 0;
    };
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private String invalid() {
    return "time: invalid duration " + quoted(start, end);
  }

  /** As Go's time package quotes: what is not printable ASCII is shown byte by byte. */
  private String quoted(int from, int to) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = from; i < to; i++) {
      int c = bytes[i] & 0xff;
      if (c < ' ' || c >= 0x80) {
        text.append(String.format(Locale.ROOT, "\\x%02x", c));
      } else {
        text.append(c == '"' || c == '\\' ? "\\" : "").append((char) c);
      }
    }
    return text.append('"').toString();
  }
}
