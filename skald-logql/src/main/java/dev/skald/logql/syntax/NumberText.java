package dev.skald.logql.syntax;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers in text, read and written as Go's {@code strconv} does (spec logql.md 2.6 and 14). */
final class NumberText {
  private static final int EXPONENT_FROM = 6;
  private static final int SMALLEST_PLAIN_EXPONENT = -4;

  private NumberText() {}

  /**
   * @param text a number as {@link NumberScan} found it
   * @throws NumberFormatException with Go's wording
   */
  static double parse(String text) {
    String digits = text.replace("_", "");
    String lower = digits.toLowerCase(Locale.ROOT);
    boolean isHexFloat = lower.startsWith("0x") && lower.indexOf('p') > 0;
    if (lower.length() > 1 && "xob".indexOf(lower.charAt(1)) >= 0 && !isHexFloat) {
      throw fault(text, "invalid syntax");
    }
    double value = Double.parseDouble(digits);
    if (Double.isInfinite(value)) {
      throw fault(text, "value out of range");
    }
    return value;
  }

  private static NumberFormatException fault(String text, String why) {
    return new NumberFormatException("strconv.ParseFloat: parsing \"" + text + "\": " + why);
  }

  /** Shortest form; with an exponent below 1e-4 and from 1e6 on: {@code 1e+06}. */
  static String shortest(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return isNegativeZero(value) ? "-0" : "0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = exact.precision() - 1 - exact.scale();
    if (exponent >= SMALLEST_PLAIN_EXPONENT && exponent < EXPONENT_FROM) {
      return exact.toPlainString();
    }
    String mantissa = exact.unscaledValue().abs().toString();
    return (value < 0 ? "-" : "")
        + mantissa.charAt(0)
        + (mantissa.length() > 1 ? "." + mantissa.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /** Shortest digits without an exponent: {@code 1000000}. */
  static String plain(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
      return shortest(value);
    }
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /** Six decimals: {@code 1.000000}. */
  static String sixDecimals(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return shortest(value);
    }
    return String.format(Locale.ROOT, "%.6f", new BigDecimal(value));
  }

  static boolean isNegativeZero(double value) {
    return Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(-0.0);
  }
}
