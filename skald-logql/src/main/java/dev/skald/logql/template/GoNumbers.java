package dev.skald.logql.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floats as Go writes them: with the fewest digits that read back as the same number, or rounded
 * exactly to a given precision (strconv.FormatFloat).
 */
public final class GoNumbers {
  /** As many digits as are needed. */
  static final int SHORTEST = -1;

  /** Decimal exponents below this one are written in exponent form. */
  private static final int PLAIN_EXPONENT_MIN = -4;

  /** As are those from this one on, unless more digits were asked for. */
  private static final int EXPONENT_FORM_MIN = 6;

  /** No float64 has more digits after the point than that (the smallest one has 1074). */
  private static final int FRACTION_DIGITS_MAX = 1074;

  private GoNumbers() {}

  /**
   * The default form: {@code 5}, {@code 0.25}, {@code 3e+06}, {@code 1e-05}, {@code NaN}, {@code
   * +Inf}.
   */
  public static String format(double value) {
    return format(value, 'g', SHORTEST);
  }

  /**
   * @param verb e, E, f, g or G
   * @param precision digits after the point (e, f) or in all (g), or {@link #SHORTEST}
   */
  static String format(double value, char verb, int precision) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    boolean negative = Double.doubleToRawLongBits(value) < 0;
    double absolute = Math.abs(value);
    String text =
        switch (verb) {
          case 'e', 'E' -> exponentForm(digits(absolute, precision, precision + 1), precision);
          case 'f', 'F' -> plain(absolute, precision);
          default -> general(absolute, precision);
        };
    String signed = negative ? "-" + text : text;
    return verb == 'E' || verb == 'G' ? signed.toUpperCase(java.util.Locale.ROOT) : signed;
  }

  /** The digits of a number, without zeros at either end, and the exponent of the first one. */
  private record Digits(String digits, int exponent) {}

  private static Digits digits(double absolute, int precision, int digitsMax) {
    if (absolute == 0) {
      return new Digits("0", 0);
    }
    BigDecimal decimal =
        precision == SHORTEST
            ? shortest(absolute)
            : new BigDecimal(absolute).round(new MathContext(digitsMax, RoundingMode.HALF_EVEN));
    BigDecimal stripped = decimal.stripTrailingZeros();
    String unscaled = stripped.unscaledValue().toString();
    return new Digits(unscaled, unscaled.length() - 1 - stripped.scale());
  }

  private static BigDecimal shortest(double absolute) {
    BigDecimal decimal = new BigDecimal(Double.toString(absolute)).stripTrailingZeros();
    if (decimal.precision() == 2) {
      // Java writes two digits at least and picks the closer of those, as in 4.9E-324.
      BigDecimal one = decimal.round(new MathContext(1, RoundingMode.HALF_EVEN));
      if (one.doubleValue() == absolute) {
        return one;
      }
    }
    return decimal;
  }

  private static String exponentForm(Digits digits, int precision) {
    StringBuilder text = new StringBuilder();
    text.append(digits.digits().charAt(0));
    String rest = digits.digits().substring(1);
    int wanted = precision == SHORTEST ? rest.length() : precision;
    if (wanted > 0) {
      text.append('.').append(rest).append("0".repeat(wanted - rest.length()));
    }
    int exponent = digits.exponent();
    text.append('e').append(exponent < 0 ? '-' : '+');
    return text.append(Math.abs(exponent) < 10 ? "0" : "").append(Math.abs(exponent)).toString();
  }

  private static String plain(double absolute, int precision) {
    if (precision == SHORTEST) {
      return absolute == 0 ? "0" : shortest(absolute).toPlainString();
    }
    int exact = Math.min(precision, FRACTION_DIGITS_MAX);
    String text = new BigDecimal(absolute).setScale(exact, RoundingMode.HALF_EVEN).toPlainString();
    return text + "0".repeat(precision - exact);
  }

  private static String general(double absolute, int precision) {
    int significant = precision == 0 ? 1 : precision;
    Digits digits = digits(absolute, precision, significant);
    int threshold = significant;
    if (precision == SHORTEST) {
      threshold = EXPONENT_FORM_MIN;
    } else if (threshold > digits.digits().length()
        && digits.digits().length() >= digits.exponent() + 1) {
      threshold = digits.digits().length();
    }
    if (digits.exponent() < PLAIN_EXPONENT_MIN || digits.exponent() >= threshold) {
      return exponentForm(digits, digits.digits().length() - 1);
    }
    return new BigDecimal(new java.math.BigInteger(digits.digits()))
        .scaleByPowerOfTen(digits.exponent() + 1 - digits.digits().length())
        .toPlainString();
  }
}
