package dev.skald.protocol.otlp;

import java.math.BigDecimal;

/** A number as Go's JSON encoder writes it: shortest digits, an exponent below 1e-6 and from 1e21 on. */
final class GoDouble {
  private static final double PLAIN_MIN = 1e-6;
  private static final double PLAIN_END = 1e21;

  private GoDouble() {}

  static String text(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    double size = Math.abs(value);
    if (size >= PLAIN_MIN && size < PLAIN_END) {
      return digits.toPlainString();
    }
    String all = digits.unscaledValue().abs().toString();
    int exponent = all.length() - 1 - digits.scale();
    return (value < 0 ? "-" : "")
        + all.charAt(0)
        + (all.length() > 1 ? "." + all.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + Math.abs(exponent);
  }
}
