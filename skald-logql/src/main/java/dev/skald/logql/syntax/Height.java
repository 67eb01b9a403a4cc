package dev.skald.logql.syntax;

import java.util.List;

/**
 * How high trees are. Everything that walks a tree recurses once or a few times per level, on
 * threads whose stack is 1 MiB, so trees higher than {@link #MAX} are refused.
 */
final class Height {
  /** In levels; a chain of n operators has n. */
  static final int MAX = 300;

  private Height() {}

  /**
   * @throws LogqlSyntaxException if the tree is too high
   */
  static void check(Expr expr) {
    if (of(expr) > MAX) {
      throw new LogqlSyntaxException("parse error : query nested too deeply: max=" + MAX);
    }
  }

  private static int of(Expr expr) {
    return switch (expr) {
      case LogExpr log -> 1 + ofStages(log.stages());
      case MetricExpr.RangeAggregation range -> 1 + of(range.range());
      case MetricExpr.VectorAggregation vector -> 1 + of(vector.inner());
      case MetricExpr.LabelReplace replace -> 1 + of(replace.inner());
      case MetricExpr.BinaryOperation operation ->
          1 + Math.max(of(operation.left()), of(operation.right()));
      case MetricExpr.Variants variants -> {
        int highest = of(variants.of());
        for (MetricExpr variant : variants.variants()) {
          highest = Math.max(highest, of(variant));
        }
        yield 1 + highest;
      }
      case MetricExpr.Stats stats -> 1 + Math.max(of(stats.log()), ofSteps(stats.steps()));
      case MetricExpr.Program program -> {
        int highest = of(program.body());
        for (MetricExpr.Binding binding : program.bindings()) {
          highest = Math.max(highest, of(binding.value()));
        }
        yield 1 + highest;
      }
      case MetricExpr.Literal _, MetricExpr.VectorLiteral _, MetricExpr.Reference _ -> 0;
    };
  }

  private static int of(MetricExpr.LogRange range) {
    int filters = range.unwrap() == null ? 0 : ofStages(range.unwrap().filters());
    return Math.max(of(range.log()), filters);
  }

  private static int ofSteps(List<StatsStep> steps) {
    int highest = 0;
    for (StatsStep step : steps) {
      if (step instanceof StatsStep.Having having) {
        highest = Math.max(highest, ofStages(List.of(having.filter())));
      }
    }
    return highest;
  }

  private static int ofStages(List<? extends Stage> stages) {
    int highest = 0;
    for (Stage stage : stages) {
      if (stage instanceof Stage.LabelFilter filter) {
        highest = Math.max(highest, of(filter.condition()));
      }
    }
    return highest;
  }

  private static int of(LabelCondition condition) {
    return switch (condition) {
      case LabelCondition.And(LabelCondition left, LabelCondition right) ->
          1 + Math.max(of(left), of(right));
      case LabelCondition.Or(LabelCondition left, LabelCondition right) ->
          1 + Math.max(of(left), of(right));
      case LabelCondition.Text _,
          LabelCondition.Numeric _,
          LabelCondition.Duration _,
          LabelCondition.Bytes _,
          LabelCondition.Ip _,
          LabelCondition.Timestamp _,
          LabelCondition.TimestampText _ ->
          0;
    };
  }
}
