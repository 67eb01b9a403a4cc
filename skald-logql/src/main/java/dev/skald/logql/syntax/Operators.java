package dev.skald.logql.syntax;

import dev.skald.logql.syntax.MetricExpr.BinaryOperation;
import dev.skald.logql.syntax.MetricExpr.BinaryOperator;
import dev.skald.logql.syntax.MetricExpr.Literal;
import dev.skald.logql.syntax.MetricExpr.Matching;
import java.util.Optional;

/** Precedence of binary operators, and what two operands make (spec logql.md 3.2 and 8.7). */
final class Operators {
  private Operators() {}

  /** The operator that a token writes. */
  static Optional<BinaryOperator> of(TokenKind kind) {
    return switch (kind) {
      case OR -> Optional.of(BinaryOperator.OR);
      case AND -> Optional.of(BinaryOperator.AND);
      case UNLESS -> Optional.of(BinaryOperator.UNLESS);
      case COMPARE_EQUAL -> Optional.of(BinaryOperator.EQUAL);
      case NOT_EQUAL -> Optional.of(BinaryOperator.NOT_EQUAL);
      case GREATER -> Optional.of(BinaryOperator.GREATER);
      case GREATER_OR_EQUAL -> Optional.of(BinaryOperator.GREATER_OR_EQUAL);
      case LESS -> Optional.of(BinaryOperator.LESS);
      case LESS_OR_EQUAL -> Optional.of(BinaryOperator.LESS_OR_EQUAL);
      case ADD -> Optional.of(BinaryOperator.ADD);
      case SUBTRACT -> Optional.of(BinaryOperator.SUBTRACT);
      case MULTIPLY -> Optional.of(BinaryOperator.MULTIPLY);
      case DIVIDE -> Optional.of(BinaryOperator.DIVIDE);
      case MODULO -> Optional.of(BinaryOperator.MODULO);
      case POWER -> Optional.of(BinaryOperator.POWER);
      default -> Optional.empty();
    };
  }

  /** Higher binds tighter. */
  static int level(BinaryOperator operator) {
    return switch (operator) {
      case OR -> 1;
      case AND, UNLESS -> 2;
      case EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> 3;
      case ADD, SUBTRACT -> 4;
      case MULTIPLY, DIVIDE, MODULO -> 5;
      case POWER -> 6;
    };
  }

  /**
   * The lowest level that the right side may hold: {@code ^} groups to the right, all others to the
   * left.
   */
  static int levelOfRightSide(BinaryOperator operator) {
    return operator == BinaryOperator.POWER ? level(operator) : level(operator) + 1;
  }

  /**
   * The operation, or its value if both sides are literals.
   *
   * @throws LogqlSyntaxException if a side's type does not fit
   */
  static MetricExpr join(
      BinaryOperator operator, Expr left, Expr right, Matching matching, Span span) {
    MetricExpr leftLeg = metric(operator, left, "left");
    MetricExpr rightLeg = metric(operator, right, "right");
    if (operator.isSet()) {
      refuseLiteral(operator, leftLeg, "left");
      refuseLiteral(operator, rightLeg, "right");
    }
    return leftLeg instanceof Literal a && rightLeg instanceof Literal b
        ? new Literal(fold(operator, a.value(), b.value()), span)
        : new BinaryOperation(operator, leftLeg, rightLeg, matching, span);
  }

  private static MetricExpr metric(BinaryOperator operator, Expr leg, String side) {
    return switch (leg) {
      case MetricExpr metric -> metric;
      case LogExpr log ->
          throw new LogqlSyntaxException(
              "parse error : unexpected type for "
                  + side
                  + " leg of binary operation ("
                  + operator.text()
                  + "): *syntax."
                  + (log.stages().isEmpty() ? "MatchersExpr" : "PipelineExpr"));
    };
  }

  private static void refuseLiteral(BinaryOperator operator, MetricExpr leg, String side) {
    if (leg instanceof Literal literal) {
      throw new LogqlSyntaxException(
          "parse error : unexpected literal for "
              + side
              + " leg of logical/set binary operation ("
              + operator.text()
              + "): "
              + NumberText.sixDecimals(literal.value()));
    }
  }

  private static double fold(BinaryOperator operator, double left, double right) {
    return switch (operator) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> right == 0 ? Double.NaN : left / right;
      case MODULO -> right == 0 ? Double.NaN : left % right;
      case POWER -> power(left, right);
      case EQUAL -> left == right ? 1 : 0;
      case NOT_EQUAL -> left != right ? 1 : 0;
      case GREATER -> left > right ? 1 : 0;
      case GREATER_OR_EQUAL -> left >= right ? 1 : 0;
      case LESS -> left < right ? 1 : 0;
      case LESS_OR_EQUAL -> left <= right ? 1 : 0;
      case OR, AND, UNLESS -> throw new IllegalArgumentException(operator.text());
    };
  }

  /** As C's pow: 1 to any power is 1, and so is -1 to an infinite one; Java says NaN. */
  private static double power(double base, double exponent) {
    boolean isOne = base == 1 || (base == -1 && Double.isInfinite(exponent));
    return isOne ? 1 : Math.pow(base, exponent);
  }
}
