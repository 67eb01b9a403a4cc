package dev.skald.protocol.query;

import java.math.BigDecimal;

/** Numbers as Loki's answers write them (spec http-api.md 3.3). */
final class SampleText {
  private static final double LONG_EXACT_MAX = 9_007_199_254_740_992.0;

  private SampleText() {}

  /** Shortest decimal that reads back the same, never with an exponent; {@code NaN}, {@code +Inf}, {@code -Inf}. */
  static String value(double value) {
    if (value == Math.rint(value) && Math.abs(value) < LONG_EXACT_MAX) {
      return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
    }
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /** Seconds with up to three decimals, trailing zeros left out: a JSON number. */
  static String seconds(long epochMillis) {
    long whole = Math.floorDiv(epochMillis, 1000L);
    int millis = Math.floorMod(epochMillis, 1000);
    if (millis == 0) {
      return Long.toString(whole);
    }
    return BigDecimal.valueOf(epochMillis, 3).stripTrailingZeros().toPlainString();
  }
}
