package dev.skald.storage.column;

import dev.skald.model.Stamp;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Longs that are read as decimal numbers with a fixed number of digits after the point; integers with none. */
final class DecimalColumn extends UndividedColumn {
  private final long[] values;
  private final int scale;

  DecimalColumn(long[] values, int scale, Stamp stamp) {
    super(values.length, stamp);
    this.values = values;
    this.scale = scale;
  }

  /** The number without its point, if {@link #write} would write it so; otherwise {@link DecimalText#NOT_PLAIN}. */
  static long parse(byte[] bytes, int start, int end, int scale) {
    boolean negative = end > start && bytes[start] == '-';
    int from = negative ? start + 1 : start;
    int point = end - scale - 1;
    if (point <= from || bytes[point] != '.' || end - from - 1 > DecimalText.DIGITS_MAX) {
      return DecimalText.NOT_PLAIN;
    }
    if (bytes[from] == '0' && point - from > 1) {
      return DecimalText.NOT_PLAIN;
    }
    long whole = DecimalText.parseDigits(bytes, from, point);
    long fraction = DecimalText.parseDigits(bytes, point + 1, end);
    if (whole < 0 || fraction < 0) {
      return DecimalText.NOT_PLAIN;
    }
    long value = whole * DecimalText.power(scale) + fraction;
    if (negative) {
      return value == 0 ? DecimalText.NOT_PLAIN : -value;
    }
    return value;
  }

  static int length(long value, int scale) {
    if (scale == 0) {
      return DecimalText.length(value);
    }
    int sign = value < 0 ? 1 : 0;
    int digits = DecimalText.length(value) - sign;
    return sign + Math.max(digits, scale + 1) + 1;
  }

  static int write(long value, int scale, byte[] target, int at) {
    if (scale == 0) {
      return DecimalText.write(value, target, at);
    }
    int from = at;
    if (value < 0) {
      target[from++] = '-';
    }
    long unit = DecimalText.power(scale);
    long whole = Math.abs(value / unit); // of Long.MIN_VALUE, too: there is a digit after the point
    int point = DecimalText.write(whole, target, from);
    target[point] = '.';
    DecimalText.writeDigits(Math.abs(value % unit), scale, target, point + 1);
    return point + 1 + scale;
  }

  @Override
  public int length(int position) {
    return length(values[position], scale);
  }

  @Override
  public int copy(int position, byte[] target, int at) {
    return write(values[position], scale, target, at);
  }

  @Override
  double @Nullable [] readNumbers() {
    double[] numbers = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      numbers[i] =
          scale == 0 || PlainNumbers.isExact(values[i])
              ? PlainNumbers.scaled(values[i], scale)
              : parseText(i);
    }
    return numbers;
  }

  private double parseText(int position) {
    byte[] text = new byte[length(position)];
    copy(position, text, 0);
    return Double.parseDouble(new String(text, StandardCharsets.US_ASCII));
  }
}
