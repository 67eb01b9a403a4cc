package dev.skald.storage.column;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Guesses how a time is written from one that is: a date ({@code 2015-10-18}, {@code 2015/10/18}, {@code 2015.10.18},
 * {@code 20151018}, {@code 151018}, {@code 18/Oct/2015}), a time of day with or without colons, or both; then perhaps a
 * fraction. What stands before and after is taken as it is.
 */
final class DatePattern {
  private final byte[] value;
  private final ByteArrayOutputStream pattern = new ByteArrayOutputStream();
  private int at;

  DatePattern(byte[] value) {
    this.value = value;
  }

  /** The pattern for {@link DateLayout#ofPattern}, or null if this is no time. */
  byte @Nullable [] read() {
    while (at < value.length && !DigitsHead.isDigit(value[at])) {
      at++;
    }
    literal(0, at);
    boolean date = readDate();
    if (date && at < value.length && !DigitsHead.isDigit(value[at])) {
      int separator = at++;
      literal(separator, at);
      if (!readTime(':') && !readTime('.') && !readCompactTime()) {
        literal(at, value.length);
        return pattern.toByteArray();
      }
    } else if (!date && !readTime(':')) {
      return null;
    }
    readFraction();
    literal(at, value.length);
    return pattern.toByteArray();
  }

  private void literal(int from, int to) {
    pattern.write(value, from, to - from);
  }

  /** Digits from an offset of {@link #at} on. */
  private int digits(int offset) {
    int count = 0;
    while (at + offset + count < value.length && DigitsHead.isDigit(value[at + offset + count])) {
      count++;
    }
    return count;
  }

  private boolean isAt(int offset, char what) {
    return at + offset < value.length && value[at + offset] == what;
  }

  private boolean isAt(int offset, String oneOf) {
    return at + offset < value.length && oneOf.indexOf(value[at + offset]) >= 0;
  }

  private boolean readDate() {
    int first = digits(0);
    if (first == 4 && isAt(4, "-/.") && digits(5) == 2 && isAt(7, "-/.") && digits(8) == 2) {
      pattern.write(DateLayout.YEAR);
      pattern.write(value[at + 4]);
      pattern.write(DateLayout.MONTH);
      pattern.write(value[at + 7]);
      pattern.write(DateLayout.DAY);
      at += 10;
      return true;
    }
    if (first == 2 && isAt(2, "/-") && digits(3) == 0 && isAt(6, "/-") && digits(7) == 4) {
      pattern.write(DateLayout.DAY);
      pattern.write(value[at + 2]);
      pattern.write(DateLayout.MONTH_NAME);
      pattern.write(value[at + 6]);
      pattern.write(DateLayout.YEAR);
      at += 11;
      return true;
    }
    boolean timeFollows = at + first < value.length && digits(first + 1) >= 2;
    if ((first == 8 || first == 6) && timeFollows) {
      pattern.write(first == 8 ? DateLayout.YEAR : DateLayout.SHORT_YEAR);
      pattern.write(DateLayout.MONTH);
      pattern.write(DateLayout.DAY);
      at += first;
      return true;
    }
    return false;
  }

  private boolean readTime(char separator) {
    if (digits(0) == 2
        && isAt(2, separator)
        && digits(3) == 2
        && isAt(5, separator)
        && digits(6) == 2) {
      pattern.write(DateLayout.HOUR);
      pattern.write(separator);
      pattern.write(DateLayout.MINUTE);
      pattern.write(separator);
      pattern.write(DateLayout.SECOND);
      at += 8;
      return true;
    }
    return false;
  }

  private boolean readCompactTime() {
    if (digits(0) == 6) {
      pattern.write(DateLayout.HOUR);
      pattern.write(DateLayout.MINUTE);
      pattern.write(DateLayout.SECOND);
      at += 6;
      return true;
    }
    return false;
  }

  private void readFraction() {
    if (isAt(0, ".,:")) {
      int digits = digits(1);
      if (digits >= 1 && digits <= 9) {
        pattern.write(value[at]);
        for (int i = 0; i < digits; i++) {
          pattern.write(DateLayout.FRACTION);
        }
        at += 1 + digits;
      }
    }
  }
}
