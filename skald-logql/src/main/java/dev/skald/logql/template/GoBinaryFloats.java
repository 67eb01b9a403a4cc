package dev.skald.logql.template;

import java.util.Locale;

/** Floats with a binary exponent, the forms of {@code %b} and {@code %x}. */
final class GoBinaryFloats {
  private static final int MANTISSA_BITS = 52;
  private static final long IMPLICIT_BIT = 1L << MANTISSA_BITS;

  private GoBinaryFloats() {}

  /** {@code 4503599627370496p-52}. */
  static String mantissaAndExponent(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return GoNumbers.format(value);
    }
    int exponent = Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - MANTISSA_BITS;
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    return sign + mantissa(value) + (exponent < 0 ? "p" : "p+") + exponent;
  }

  /**
   * {@code 0x1.8p+01}.
   *
   * @param precision hexadecimal digits after the point, or {@link GoNumbers#SHORTEST}
   */
  static String hexadecimal(double value, int precision, boolean upper) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return GoNumbers.format(value);
    }
    long mantissa = mantissa(value);
    int exponent = mantissa == 0 ? 0 : Math.max(Math.getExponent(value), Double.MIN_EXPONENT);
    while (mantissa != 0 && mantissa < IMPLICIT_BIT) {
      mantissa <<= 1;
      exponent--;
    }
    int digits = MANTISSA_BITS / 4;
    if (precision != GoNumbers.SHORTEST && precision < digits) {
      int dropped = (digits - precision) * 4;
      mantissa = roundHalfEven(mantissa, dropped) << dropped;
      if (mantissa >= 2 * IMPLICIT_BIT) {
        mantissa >>= 1;
        exponent++;
      }
    }
    long fraction = mantissa & (IMPLICIT_BIT - 1);
    String hex = String.format(Locale.ROOT, "%013x", fraction);
    String shown =
        precision == GoNumbers.SHORTEST
            ? withoutZerosAtEnd(hex)
            : precision <= digits
                ? hex.substring(0, precision)
                : hex + "0".repeat(precision - digits);
    String text =
        (Double.doubleToRawLongBits(value) < 0 ? "-0x" : "0x")
            + (mantissa >> MANTISSA_BITS)
            + (shown.isEmpty() ? "" : "." + shown)
            + String.format(Locale.ROOT, "p%+03d", exponent);
    return upper ? text.toUpperCase(Locale.ROOT) : text;
  }

  private static long mantissa(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long fraction = bits & (IMPLICIT_BIT - 1);
    boolean subnormal = Math.getExponent(value) < Double.MIN_EXPONENT;
    return subnormal ? fraction : fraction | IMPLICIT_BIT;
  }

  private static long roundHalfEven(long value, int dropped) {
    long kept = value >> dropped;
    long rest = value - (kept << dropped);
    long half = 1L << (dropped - 1);
    boolean up = rest > half || (rest == half && (kept & 1) == 1);
    return up ? kept + 1 : kept;
  }

  private static String withoutZerosAtEnd(String hex) {
    int end = hex.length();
    while (end > 0 && hex.charAt(end - 1) == '0') {
      end--;
    }
    return hex.substring(0, end);
  }
}
