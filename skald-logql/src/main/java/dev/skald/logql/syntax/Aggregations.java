package dev.skald.logql.syntax;

import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.GroupingKind;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.RangeFunction;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorOperator;
import org.jspecify.annotations.Nullable;

/**
 * Builds aggregations and keeps the first rule that one of them breaks (spec logql.md 8.3, 8.6,
 * 8.8): an error of the grammar anywhere in the text comes before these.
 */
final class Aggregations {
  private @Nullable String fault;

  /** Throws if anything built was against the rules. */
  void throwFirstFault() {
    if (fault != null) {
      throw new LogqlSyntaxException("parse error : " + fault);
    }
  }

  /** Keeps a rule that was broken. */
  void fail(String message) {
    if (fault == null) {
      fault = message;
    }
  }

  RangeAggregation range(
      RangeFunction function,
      @Nullable Token parameter,
      LogRange range,
      @Nullable Grouping grouping,
      Span span) {
    Double value = parameter == null ? null : rangeParameter(function, parameter);
    if (function == RangeFunction.QUANTILE_OVER_TIME && parameter == null) {
      fail("parameter required for operation quantile_over_time");
    }
    if (grouping != null && !function.allowsGrouping()) {
      fail("grouping not allowed for " + function.text() + " aggregation");
    }
    if (range.unwrap() != null && !function.allowsUnwrap()) {
      fail("invalid aggregation " + function.text() + " with unwrap");
    }
    if (range.unwrap() == null && function.needsUnwrap()) {
      fail("invalid aggregation " + function.text() + " without unwrap");
    }
    return new RangeAggregation(function, value, range, grouping, span);
  }

  private @Nullable Double rangeParameter(RangeFunction function, Token parameter) {
    if (function != RangeFunction.QUANTILE_OVER_TIME) {
      fail("parameter " + parameter.value() + " not supported for operation " + function.text());
      return null;
    }
    try {
      return NumberText.parse(parameter.value());
    } catch (NumberFormatException e) {
      fail("invalid parameter for operation quantile_over_time: " + e.getMessage());
      return null;
    }
  }

  VectorAggregation vector(
      VectorOperator operator,
      @Nullable Token parameter,
      MetricExpr inner,
      @Nullable Grouping grouping,
      Span span) {
    long k = vectorParameter(operator, parameter);
    if (operator == VectorOperator.APPROX_TOPK && grouping != null) {
      fail("grouping not allowed for approx_topk aggregation");
    }
    boolean sorts = operator == VectorOperator.SORT || operator == VectorOperator.SORT_DESC;
    if (sorts && grouping != null && !grouping.labels().isEmpty()) {
      fail("sort and sort_desc doesn't allow grouping by ");
    }
    return new VectorAggregation(operator, k, inner, withoutEmptyBy(grouping), span);
  }

  /**
   * {@code by ()} puts all series in one group, as no grouping does; the tree has one form for it.
   */
  private static @Nullable Grouping withoutEmptyBy(@Nullable Grouping grouping) {
    boolean isEmptyBy =
        grouping != null && grouping.kind() == GroupingKind.BY && grouping.labels().isEmpty();
    return isEmptyBy ? null : grouping;
  }

  private long vectorParameter(VectorOperator operator, @Nullable Token parameter) {
    boolean takesParameter =
        switch (operator) {
          case TOPK, BOTTOMK, APPROX_TOPK -> true;
          case SUM, AVG, MAX, MIN, COUNT, STDDEV, STDVAR, SORT, SORT_DESC -> false;
        };
    if (parameter == null) {
      if (takesParameter) {
        fail("parameter required for operation " + operator.text());
      }
      return 0;
    }
    String text = parameter.value();
    if (!takesParameter) {
      fail("unsupported parameter for operation " + operator.text() + "(" + text + ",");
      return 0;
    }
    try {
      long k = Long.parseLong(text);
      if (k <= 0) {
        fail("invalid parameter (must be greater than 0) " + operator.text() + "(" + text);
      }
      return k;
    } catch (NumberFormatException _) {
      fail("invalid parameter " + operator.text() + "(" + text + ",");
      return 0;
    }
  }

  LabelReplace labelReplace(LabelReplace replace) {
    Regexes.fault("^(?:" + replace.regex() + ")$")
        .ifPresent(f -> fail("invalid regex in label_replace: " + f));
    return replace;
  }
}
