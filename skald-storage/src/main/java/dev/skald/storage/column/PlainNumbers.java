package dev.skald.storage.column;

import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Values that are numbers in plain decimal form, {@code -?[0-9]+(\.[0-9]+)?}. */
final class PlainNumbers {
  /** Longer ones are read as well, but by nobody's wish; a double has seventeen digits. */
  private static final int EXACT_BITS = 53;

  private PlainNumbers() {}

  /** The numbers, or null if one of the values is none. */
  static double @Nullable [] of(SlotColumn column) {
    if (column.count() > 0 && !mayBeNumbers(column.stamp())) {
      return null;
    }
    double[] numbers = new double[column.count()];
    byte[] value = new byte[32];
    for (int i = 0; i < numbers.length; i++) {
      int length = column.length(i);
      if (value.length < length) {
        value = new byte[length];
      }
      column.copy(i, value, 0);
      if (!isPlain(value, 0, length)) {
        return null;
      }
      numbers[i] = parse(value, 0, length);
    }
    return numbers;
  }

  private static boolean mayBeNumbers(Stamp stamp) {
    return stamp.lengthMin() > 0 && (stamp.asciiLow() & 0x03ff_0000_0000_0000L) != 0;
  }

  static boolean isPlain(byte[] bytes, int start, int end) {
    int at = start < end && bytes[start] == '-' ? start + 1 : start;
    int whole = digitsEnd(bytes, at, end);
    if (whole == at || whole == end) {
      return whole > at;
    }
    return bytes[whole] == '.' && whole + 1 < end && digitsEnd(bytes, whole + 1, end) == end;
  }

  private static int digitsEnd(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }

  /** The double nearest to a plain number. */
  private static double parse(byte[] bytes, int start, int end) {
    int from = bytes[start] == '-' ? start + 1 : start;
    long digits = 0;
    int scale = 0;
    boolean fraction = false;
    if (end - from <= DecimalText.DIGITS_MAX) {
      for (int i = from; i < end; i++) {
        if (bytes[i] == '.') {
          fraction = true;
        } else {
          digits = digits * 10 + (bytes[i] - '0');
          scale += fraction ? 1 : 0;
        }
      }
      if (digits >>> EXACT_BITS == 0) {
        double number = scaled(digits, scale);
        return from > start ? -number : number;
      }
    }
    return Double.parseDouble(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
  }

  /** {@code digits / 10^scale}, nearest: both are exact, so that the division rounds once. */
  static double scaled(long digits, int scale) {
    return scale == 0 ? digits : digits / (double) DecimalText.power(scale);
  }

  /** Whether {@link #scaled} is exact. */
  static boolean isExact(long digits) {
    return Math.abs(digits) >>> EXACT_BITS == 0;
  }
}
