package dev.skald.logql.engine;

import dev.skald.logql.syntax.MetricExpr.BinaryOperator;

/** What operators do with two numbers (spec logql.md 8.7). */
final class BinaryArithmetic {
  private BinaryArithmetic() {}

  /** The number; of comparisons 1 or 0. Division and modulo by zero are NaN. */
  static double apply(BinaryOperator operator, double left, double right) {
    return switch (operator) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> right == 0 ? Double.NaN : left / right;
      case MODULO -> right == 0 ? Double.NaN : left % right;
      case POWER -> power(left, right);
      case EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
          holds(operator, left, right) ? 1 : 0;
      case OR, AND, UNLESS -> throw notNumbers(operator);
    };
  }

  /** Whether a comparison is true; with NaN only {@code !=} is. */
  static boolean holds(BinaryOperator comparison, double left, double right) {
    return switch (comparison) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case GREATER -> left > right;
      case GREATER_OR_EQUAL -> left >= right;
      case LESS -> left < right;
      case LESS_OR_EQUAL -> left <= right;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER, OR, AND, UNLESS ->
          throw notNumbers(comparison);
    };
  }

  /** IEEE 754's pow, as C and Go have it; Java's differs where the base is 1 or -1. */
  private static double power(double base, double exponent) {
    if (base == 1 || (base == -1 && Double.isInfinite(exponent))) {
      return 1;
    }
    return Math.pow(base, exponent);
  }

  private static IllegalStateException notNumbers(BinaryOperator operator) {
    return new IllegalStateException("not an operator of this kind: " + operator.text());
  }
}
