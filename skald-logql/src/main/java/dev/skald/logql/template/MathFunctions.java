package dev.skald.logql.template;

import static dev.skald.logql.template.GoType.ANY;
import static dev.skald.logql.template.GoType.FLOAT;
import static dev.skald.logql.template.GoType.INT;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.BinaryOperator;

/** Arithmetic: on integers with two's complement, on floats in decimal digits. */
final class MathFunctions {
  /** Digits after the point of a quotient that does not come out. */
  private static final int QUOTIENT_SCALE = 16;

  static final List<TemplateFunction> ALL =
      List.of(
          TemplateFunction.of("int", a -> Value.ofInt(Conversions.toLong(a.value(0))), ANY),
          TemplateFunction.of("float64", a -> real(Conversions.toDouble(a.value(0))), ANY),
          TemplateFunction.variadic("add", ANY, a -> sum(a)),
          TemplateFunction.of("sub", a -> Value.ofInt64(whole(a, 0) - whole(a, 1)), ANY, ANY),
          TemplateFunction.variadic("mul", ANY, a -> product(a), ANY),
          TemplateFunction.of("div", a -> Value.ofInt64(whole(a, 0) / divisor(a)), ANY, ANY),
          TemplateFunction.of("mod", a -> Value.ofInt64(whole(a, 0) % divisor(a)), ANY, ANY),
          TemplateFunction.variadic("max", ANY, a -> extreme(a, true), ANY),
          TemplateFunction.variadic("min", ANY, a -> extreme(a, false), ANY),
          TemplateFunction.variadic("addf", ANY, a -> fold(a, BigDecimal::add, BigDecimal.ZERO, 0)),
          TemplateFunction.variadic("subf", ANY, a -> fold(a, BigDecimal::subtract), ANY),
          TemplateFunction.variadic("mulf", ANY, a -> fold(a, BigDecimal::multiply), ANY),
          TemplateFunction.variadic("divf", ANY, a -> fold(a, MathFunctions::quotient), ANY),
          TemplateFunction.variadic("maxf", ANY, a -> extremeReal(a, true), ANY),
          TemplateFunction.variadic("minf", ANY, a -> extremeReal(a, false), ANY),
          TemplateFunction.of("ceil", a -> real(Math.ceil(Conversions.toDouble(a.value(0)))), ANY),
          TemplateFunction.of(
              "floor", a -> real(Math.floor(Conversions.toDouble(a.value(0)))), ANY),
          TemplateFunction.variadic("round", FLOAT, MathFunctions::round, ANY, INT));

  private MathFunctions() {}

  private static Value real(double value) {
    return new Value.Real(value);
  }

  private static long whole(Arguments a, int index) {
    return Conversions.toLong(a.value(index));
  }

  private static long divisor(Arguments a) {
    long divisor = whole(a, 1);
    if (divisor == 0) {
      throw new TemplateFailure("runtime error: integer divide by zero");
    }
    return divisor;
  }

  private static Value sum(Arguments a) {
    long sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += whole(a, i);
    }
    return Value.ofInt64(sum);
  }

  private static Value product(Arguments a) {
    long product = 1;
    for (int i = 0; i < a.size(); i++) {
      product *= whole(a, i);
    }
    return Value.ofInt64(product);
  }

  private static Value extreme(Arguments a, boolean largest) {
    long extreme = whole(a, 0);
    for (int i = 1; i < a.size(); i++) {
      long value = whole(a, i);
      extreme = largest ? Math.max(extreme, value) : Math.min(extreme, value);
    }
    return Value.ofInt64(extreme);
  }

  private static Value extremeReal(Arguments a, boolean largest) {
    double extreme = Conversions.toDouble(a.value(0));
    for (int i = 1; i < a.size(); i++) {
      double value = Conversions.toDouble(a.value(i));
      extreme = largest ? Math.max(extreme, value) : Math.min(extreme, value);
    }
    return real(extreme);
  }

  private static Value fold(Arguments a, BinaryOperator<BigDecimal> operator) {
    return fold(a, operator, decimal(a.value(0)), 1);
  }

  private static Value fold(
      Arguments a, BinaryOperator<BigDecimal> operator, BigDecimal start, int from) {
    BigDecimal result = start;
    for (int i = from; i < a.size(); i++) {
      result = operator.apply(result, decimal(a.value(i)));
      if (result.precision() > TemplateLimits.DECIMAL_DIGITS_MAX) {
        throw new TemplateFailure(
            "decimal too long: digits="
                + result.precision()
                + " max="
                + TemplateLimits.DECIMAL_DIGITS_MAX);
      }
    }
    return real(result.doubleValue());
  }

  /** The shortest decimal of a float. */
  private static BigDecimal decimal(Value value) {
    double real = Conversions.toDouble(value);
    if (Double.isNaN(real) || Double.isInfinite(real)) {
      throw new TemplateFailure("Cannot create a Decimal from " + GoNumbers.format(real));
    }
    return new BigDecimal(GoNumbers.format(real));
  }

  private static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
    if (divisor.signum() == 0) {
      throw new TemplateFailure("decimal division by 0");
    }
    return dividend.divide(divisor, QUOTIENT_SCALE, RoundingMode.HALF_UP);
  }

  /** To so many decimals: up where the rest is at least the third argument, else down. */
  private static Value round(Arguments a) {
    double up = a.size() > 2 ? a.real(2) : 0.5;
    double power = Math.pow(10, (double) a.whole(1));
    double shifted = power * Conversions.toDouble(a.value(0));
    double rest = shifted - (shifted < 0 ? Math.ceil(shifted) : Math.floor(shifted));
    return real((rest >= up ? Math.ceil(shifted) : Math.floor(shifted)) / power);
  }
}
