package dev.skald.protocol.query;

import java.util.Optional;

/** The texts that Go's strconv.ParseFloat takes, as far as parameters use them: decimals, exponents, NaN and Inf. */
final class GoFloat {
  private GoFloat() {}

  static Optional<Double> parse(String text) {
    String bare = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
    double sign = text.startsWith("-") ? -1 : 1;
    if (bare.equalsIgnoreCase("nan") && bare.length() == text.length()) {
      return Optional.of(Double.NaN);
    }
    if (bare.equalsIgnoreCase("inf") || bare.equalsIgnoreCase("infinity")) {
      return Optional.of(sign * Double.POSITIVE_INFINITY);
    }
    if (bare.isEmpty() || !bare.chars().allMatch(GoFloat::mayStandInNumber)) {
      return Optional.empty();
    }
    try {
      double value = Double.parseDouble(bare);
      return Double.isInfinite(value) ? Optional.empty() : Optional.of(sign * value);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean mayStandInNumber(int c) {
    return (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-';
  }
}
