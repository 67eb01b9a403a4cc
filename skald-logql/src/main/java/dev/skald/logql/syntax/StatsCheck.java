package dev.skald.logql.syntax;

import java.util.HashSet;
import java.util.Set;

/** {@code stats} has one value for all of the request's time; aggregations would need more. */
final class StatsCheck {
  /** Names whose values have stats in them. */
  private final Set<String> named = new HashSet<>();

  private StatsCheck() {}

  /**
   * @throws LogqlSyntaxException for stats inside an aggregation
   */
  static void check(Expr expr) {
    if (expr instanceof MetricExpr metric) {
      new StatsCheck().hasStats(metric);
    }
  }

  private boolean hasStats(MetricExpr expr) {
    return switch (expr) {
      case MetricExpr.Stats _ -> true;
      case MetricExpr.VectorAggregation vector -> {
        if (hasStats(vector.inner())) {
          throw new LogqlSyntaxException(
              "parse error : stats cannot be inside " + vector.operator().text());
        }
        yield false;
      }
      case MetricExpr.LabelReplace replace -> hasStats(replace.inner());
      case MetricExpr.BinaryOperation operation -> {
        boolean left = hasStats(operation.left());
        boolean right = hasStats(operation.right());
        yield left || right;
      }
      case MetricExpr.Variants variants -> {
        if (variants.variants().stream().anyMatch(this::hasStats)) {
          throw new LogqlSyntaxException("parse error : stats cannot be inside variants");
        }
        yield false;
      }
      case MetricExpr.Program program -> {
        for (MetricExpr.Binding binding : program.bindings()) {
          if (hasStats(binding.value())) {
            named.add(binding.name());
          }
        }
        yield hasStats(program.body());
      }
      case MetricExpr.Reference reference -> named.contains(reference.name());
      case MetricExpr.RangeAggregation _, MetricExpr.Literal _, MetricExpr.VectorLiteral _ -> false;
    };
  }
}
