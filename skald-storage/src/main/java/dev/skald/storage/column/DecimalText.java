package dev.skald.storage.column;

/** Integers as decimal digits, and back; only the one way of writing each. */
final class DecimalText {
  /** Most digits of which every number fits a long. */
  static final int DIGITS_MAX = 18;

  /** What {@link #parseDigits} says of bytes that are not all digits, or too many. */
  static final long NOT_DIGITS = -1;

  /** What {@link #parse} says of anything but the plain form of a long above it. */
  static final long NOT_PLAIN = Long.MIN_VALUE;

  private static final long ZEROS = 0x3030303030303030L;
  private static final long HIGH_NIBBLES = 0xf0f0f0f0f0f0f0f0L;
  private static final long SIXES = 0x0606060606060606L;
  private static final long EIGHT_DIGITS = 100_000_000L;
  private static final long[] POWERS = powers();
  private static final byte[] PAIRS = pairs();

  private DecimalText() {}

  private static long[] powers() {
    long[] powers = new long[DIGITS_MAX + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  private static byte[] pairs() {
    byte[] pairs = new byte[200];
    for (int i = 0; i < 100; i++) {
      pairs[2 * i] = (byte) ('0' + i / 10);
      pairs[2 * i + 1] = (byte) ('0' + i % 10);
    }
    return pairs;
  }

  /** Ten to the {@code exponent}, 0 to {@link #DIGITS_MAX}. */
  static long power(int exponent) {
    return POWERS[exponent];
  }

  /** The number of up to {@link #DIGITS_MAX} digits, leading zeros allowed, or {@link #NOT_DIGITS}. */
  static long parseDigits(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length < 1 || length > DIGITS_MAX) {
      return NOT_DIGITS;
    }
    int head = length & 7;
    long value = 0;
    int at = start;
    if (head != 0) {
      value =
          eight(
              Words.little(bytes, at, head) << (Long.SIZE - head * Byte.SIZE)
                  | ZEROS >>> (head * Byte.SIZE));
      at += head;
    }
    for (; at < end && value >= 0; at += Long.BYTES) {
      long next = eight(Words.little(bytes, at, Long.BYTES));
      value = next < 0 ? NOT_DIGITS : value * EIGHT_DIGITS + next;
    }
    return value;
  }

  /** Eight digits, the first in the lowest byte (D. Lemire, "Quickly parsing eight digits", 2018). */
  private static long eight(long word) {
    if ((word & HIGH_NIBBLES) != ZEROS || ((word + SIXES) & HIGH_NIBBLES) != ZEROS) {
      return NOT_DIGITS;
    }
    return eightDigits(word);
  }

  /** As above, for what is known to be digits, or zeros in their place. */
  static long eightDigits(long word) {
    long value = ((word & 0x0f0f0f0f0f0f0f0fL) * 2561) >>> 8;
    value = ((value & 0x00ff00ff00ff00ffL) * 6553601) >>> 16;
    return ((value & 0x0000ffff0000ffffL) * 42949672960001L) >>> 32;
  }

  /** An integer that {@link #write} would write so, or {@link #NOT_PLAIN}. */
  static long parse(byte[] bytes, int start, int end) {
    boolean negative = end > start && bytes[start] == '-';
    int from = negative ? start + 1 : start;
    if (from == end || (bytes[from] == '0' && (negative || end - from > 1))) {
      return NOT_PLAIN;
    }
    if (end - from > DIGITS_MAX) {
      return parseLong(bytes, from, end, negative);
    }
    long value = parseDigits(bytes, from, end);
    return value < 0 ? NOT_PLAIN : negative ? -value : value;
  }

  private static long parseLong(byte[] bytes, int from, int end, boolean negative) {
    if (end - from != DIGITS_MAX + 1) {
      return NOT_PLAIN;
    }
    long value = parseDigits(bytes, from, end - 1);
    int last = bytes[end - 1] - '0';
    if (value < 0 || last < 0 || last > 9 || value > Long.MAX_VALUE / 10) {
      return NOT_PLAIN;
    }
    long whole = value * 10 + last; // overflows by at most two
    return whole < 0 ? NOT_PLAIN : negative ? -whole : whole;
  }

  /** Bytes of {@link #write}. */
  static int length(long value) {
    return value >= 0 ? digits(value) : 1 + (value == Long.MIN_VALUE ? 19 : digits(-value));
  }

  /** Decimal digits of a number that is not negative. */
  static int digits(long value) {
    int guess = ((Long.SIZE - Long.numberOfLeadingZeros(value | 1)) * 1233) >>> 12;
    return guess > DIGITS_MAX ? guess : value >= POWERS[guess] || guess == 0 ? guess + 1 : guess;
  }

  /** Writes the number to {@code target[at ..]}; returns where it ends. */
  static int write(long value, byte[] target, int at) {
    if (value == Long.MIN_VALUE) {
      writeDigits(922_337_203_685_477_580L, 18, target, at + 1);
      target[at] = '-';
      target[at + 19] = '8';
      return at + 20;
    }
    long rest = value;
    int from = at;
    if (value < 0) {
      target[from++] = '-';
      rest = -value;
    }
    int digits = digits(rest);
    writeDigits(rest, digits, target, from);
    return from + digits;
  }

  /** Writes the last {@code count} digits of a number that is not negative, zeros in front. */
  static void writeDigits(long value, int count, byte[] target, int at) {
    int end = at + count;
    long rest = value;
    while (rest > Integer.MAX_VALUE && end - at >= 2) {
      long quotient = rest / 100;
      int pair = (int) (rest - quotient * 100) * 2;
      target[--end] = PAIRS[pair + 1];
      target[--end] = PAIRS[pair];
      rest = quotient;
    }
    int small = (int) rest;
    while (end - at >= 2) {
      int quotient = small / 100;
      int pair = (small - quotient * 100) * 2;
      target[--end] = PAIRS[pair + 1];
      target[--end] = PAIRS[pair];
      small = quotient;
    }
    if (end > at) {
      target[at] = (byte) ('0' + small % 10);
    }
  }
}
