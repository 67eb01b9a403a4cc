package dev.skald.storage.column;

import dev.skald.model.Stamp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a time is written: years to fractions of a second at fixed places, and what stands between; docs/format/column.md.
 * All values have the same length. Immutable.
 *
 * <p>Days and dates are turned into each other as H. Hinnant's "chrono-compatible low-level date algorithms" do it: the
 * year begins in March, so that the day that comes and goes is its last.
 */
final class DateLayout {
  static final int VALUE_BYTES_MAX = 64;

  /** What {@link #parse} says of bytes that are no time in this layout. */
  static final long NO_DATE = Long.MIN_VALUE;

  /** Bytes of a pattern that stand for fields; any other byte stands for itself. */
  static final byte YEAR = 1;

  static final byte MONTH = 2;
  static final byte DAY = 3;
  static final byte MONTH_NAME = 4;
  static final byte HOUR = 5;
  static final byte MINUTE = 6;
  static final byte SECOND = 7;

  /** One digit of a fraction of a second. */
  static final byte FRACTION = 8;

  /** Two digits, from 1970 to 2069. */
  static final byte SHORT_YEAR = 9;

  private static final byte FIELD_LAST = SHORT_YEAR;
  private static final int[] FIELD_BYTES = {0, 4, 2, 2, 3, 2, 2, 2, 1, 2};
  private static final byte[] MONTH_NAMES =
      "JanFebMarAprMayJunJulAugSepOctNovDec".getBytes(StandardCharsets.US_ASCII);
  private static final int FRACTION_DIGITS_MAX = 9;
  private static final int SHORT_YEAR_FIRST = 1970;

  /** Days whose nanoseconds fit a long, with some to spare: some 270 years. */
  private static final int DAYS_MAX = 100_000;

  private static final long DAY_SECONDS = 86_400;
  private static final int DAYS_0000_TO_1970 = 719_468;
  private static final int ERA_DAYS = 146_097;

  private final byte[] pattern;
  private final DigitTemplate template;

  /** Where each field stands in a value, or -1. */
  private final int[] at = new int[FIELD_LAST + 1];

  private final int fractionDigits;
  private final long unitsPerSecond;

  private DateLayout(byte[] pattern, byte[] template, int fractionDigits) {
    this.pattern = pattern;
    this.template = new DigitTemplate(template);
    this.fractionDigits = fractionDigits;
    this.unitsPerSecond = DecimalText.power(fractionDigits);
    Arrays.fill(at, -1);
    int offset = 0;
    for (byte b : pattern) {
      if (isField(b)) {
        at[b] = at[b] < 0 ? offset : at[b];
        offset += FIELD_BYTES[b];
      } else {
        offset++;
      }
    }
  }

  private static boolean isField(byte b) {
    return b > 0 && b <= FIELD_LAST;
  }

  /** The layout in which a value is written, if it is a time. */
  static @Nullable DateLayout of(byte[] value) {
    for (byte b : value) {
      if (b == DigitTemplate.ANY || isField(b)) {
        return null;
      }
    }
    byte[] pattern = new DatePattern(value).read();
    return pattern == null ? null : ofPattern(pattern);
  }

  /** The layout of a pattern, or null if it is none. */
  static @Nullable DateLayout ofPattern(byte[] pattern) {
    ByteArrayOutputStream template = new ByteArrayOutputStream();
    int[] times = new int[FIELD_LAST + 1];
    int lastFraction = -1;
    for (int i = 0; i < pattern.length; i++) {
      byte b = pattern[i];
      if (b == DigitTemplate.ANY) {
        return null;
      }
      if (!isField(b)) {
        template.write(b);
        continue;
      }
      boolean again = b == FRACTION ? times[b] > 0 && lastFraction != i - 1 : times[b] > 0;
      if (again) {
        return null;
      }
      lastFraction = b == FRACTION ? i : lastFraction;
      times[b]++;
      for (int k = 0; k < FIELD_BYTES[b]; k++) {
        template.write(b == MONTH_NAME ? DigitTemplate.ANY : DigitTemplate.DIGIT);
      }
    }
    return isComplete(times) && template.size() <= VALUE_BYTES_MAX
        ? new DateLayout(pattern, template.toByteArray(), times[FRACTION])
        : null;
  }

  /** A time of day, a date, or both. */
  private static boolean isComplete(int[] times) {
    boolean time = times[HOUR] + times[MINUTE] + times[SECOND] == 3;
    boolean noTime = times[HOUR] + times[MINUTE] + times[SECOND] + times[FRACTION] == 0;
    int years = times[YEAR] + times[SHORT_YEAR];
    int months = times[MONTH] + times[MONTH_NAME];
    boolean date = years == 1 && months == 1 && times[DAY] == 1;
    boolean noDate = years + months + times[DAY] == 0;
    return (time || noTime)
        && (date || noDate)
        && (time || date)
        && times[FRACTION] <= FRACTION_DIGITS_MAX;
  }

  /** Borrowed. */
  byte[] pattern() {
    return pattern;
  }

  DigitTemplate template() {
    return template;
  }

  Stamp stamp() {
    Stamps stamps = new Stamps().addRange('0', '9');
    for (byte b : template.bytes()) {
      if (b != DigitTemplate.ANY && b != DigitTemplate.DIGIT) {
        stamps.add(b);
      }
    }
    if (at[MONTH_NAME] >= 0) {
      stamps.add(MONTH_NAMES);
    }
    return stamps.of(template.length(), template.length());
  }

  private static int two(byte[] bytes, int at) {
    return (bytes[at] & 15) * 10 + (bytes[at + 1] & 15);
  }

  /** Units since 1970 of what is written at {@code start}, or {@link #NO_DATE}. */
  long parse(byte[] bytes, int start) {
    if (!template.fits(bytes, start)) {
      return NO_DATE;
    }
    long seconds = 0;
    if (at[DAY] >= 0) {
      int days = parseDays(bytes, start);
      if (days == Integer.MIN_VALUE) {
        return NO_DATE;
      }
      seconds = days * DAY_SECONDS;
    }
    if (at[HOUR] >= 0) {
      int hour = two(bytes, start + at[HOUR]);
      int minute = two(bytes, start + at[MINUTE]);
      int second = two(bytes, start + at[SECOND]);
      if (hour > 23 || minute > 59 || second > 59) {
        return NO_DATE;
      }
      seconds += hour * 3600 + minute * 60 + second;
    }
    long fraction = 0;
    for (int i = 0; i < fractionDigits; i++) {
      fraction = fraction * 10 + (bytes[start + at[FRACTION] + i] & 15);
    }
    return seconds * unitsPerSecond + fraction;
  }

  private int parseDays(byte[] bytes, int start) {
    int year;
    if (at[YEAR] >= 0) {
      year = two(bytes, start + at[YEAR]) * 100 + two(bytes, start + at[YEAR] + 2);
    } else {
      int ofCentury = two(bytes, start + at[SHORT_YEAR]);
      year = ofCentury < 70 ? 2000 + ofCentury : 1900 + ofCentury;
    }
    int month =
        at[MONTH] >= 0 ? two(bytes, start + at[MONTH]) : monthNamed(bytes, start + at[MONTH_NAME]);
    int day = two(bytes, start + at[DAY]);
    if (month < 1 || month > 12 || day < 1 || day > monthDays(year, month)) {
      return Integer.MIN_VALUE;
    }
    int days = days(year, month, day);
    return Math.abs(days) > DAYS_MAX ? Integer.MIN_VALUE : days;
  }

  private static int monthNamed(byte[] bytes, int start) {
    for (int month = 0; month < 12; month++) {
      if (bytes[start] == MONTH_NAMES[month * 3]
          && bytes[start + 1] == MONTH_NAMES[month * 3 + 1]
          && bytes[start + 2] == MONTH_NAMES[month * 3 + 2]) {
        return month + 1;
      }
    }
    return 0;
  }

  private static int monthDays(int year, int month) {
    if (month == 2) {
      boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
      return leap ? 29 : 28;
    }
    return 30 + ((month + (month >> 3)) & 1);
  }

  private static int days(int year, int month, int day) {
    int marchYear = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(marchYear, 400);
    int yearOfEra = marchYear - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * ERA_DAYS + dayOfEra - DAYS_0000_TO_1970;
  }

  /** The date of a day; times next to each other are mostly of the same one. */
  static final class Day {
    private long days;
    private int year = SHORT_YEAR_FIRST;
    private int month = 1;
    private int day = 1;

    private void set(long wanted) {
      if (wanted == days) {
        return;
      }
      days = wanted;
      long shifted = wanted + DAYS_0000_TO_1970;
      long era = Math.floorDiv(shifted, (long) ERA_DAYS);
      int dayOfEra = (int) (shifted - era * ERA_DAYS);
      int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
      int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
      int marchMonth = (5 * dayOfYear + 2) / 153;
      day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
      month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
      year = (int) Math.floorMod(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 10_000L);
    }
  }

  /**
   * Writes a time to {@code target[at ..]}; returns where it ends.
   *
   * @param day the date of the last one that was written
   */
  int write(long units, Day day, byte[] target, int at) {
    System.arraycopy(template.bytes(), 0, target, at, template.length());
    long seconds = fractionDigits == 0 ? units : Math.floorDiv(units, unitsPerSecond);
    if (fractionDigits > 0) {
      long fraction = units - seconds * unitsPerSecond;
      DecimalText.writeDigits(fraction, fractionDigits, target, at + this.at[FRACTION]);
    }
    long days = Math.floorDiv(seconds, DAY_SECONDS);
    if (this.at[HOUR] >= 0) {
      int ofDay = (int) (seconds - days * DAY_SECONDS);
      putTwo(ofDay / 3600, target, at + this.at[HOUR]);
      putTwo(ofDay / 60 % 60, target, at + this.at[MINUTE]);
      putTwo(ofDay % 60, target, at + this.at[SECOND]);
    }
    if (this.at[DAY] >= 0) {
      day.set(days);
      writeDate(day, target, at);
    }
    return at + template.length();
  }

  private void writeDate(Day date, byte[] target, int start) {
    if (at[YEAR] >= 0) {
      putTwo(date.year / 100, target, start + at[YEAR]);
      putTwo(date.year % 100, target, start + at[YEAR] + 2);
    } else {
      putTwo(date.year % 100, target, start + at[SHORT_YEAR]);
    }
    if (at[MONTH] >= 0) {
      putTwo(date.month, target, start + at[MONTH]);
    } else {
      System.arraycopy(MONTH_NAMES, (date.month - 1) * 3, target, start + at[MONTH_NAME], 3);
    }
    putTwo(date.day, target, start + at[DAY]);
  }

  private static void putTwo(int value, byte[] target, int at) {
    DecimalText.writeDigits(value, 2, target, at);
  }
}
