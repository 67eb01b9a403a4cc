package dev.skald.logql.engine;

import dev.skald.logql.pipeline.LabelDemand;
import dev.skald.logql.pipeline.Unwrapping;
import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.GroupingKind;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.RangeFunction;
import dev.skald.logql.syntax.MetricExpr.Unwrap;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorOperator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a range aggregation is computed: which series it makes, and which labels it needs for them.
 *
 * @param key the series of the result; an aggregation around may be part of it, see
 *     {@link #absorbing}
 */
record RangePlan(RangeAggregation aggregation, SeriesKey key, LabelDemand demand) {
  /** A range aggregation by itself. All labels are extracted (spec logql.md 8.10: no outer sum). */
  static RangePlan of(RangeAggregation aggregation) {
    SeriesKey key =
        aggregation.function() == RangeFunction.ABSENT_OVER_TIME
            ? SeriesKey.none()
            : SeriesKey.of(aggregation.grouping(), SeriesKey.all());
    return new RangePlan(aggregation, key, LabelDemand.ALL);
  }

  /**
   * A range aggregation and the vector aggregation around it in one: samples go to the groups of
   * the outer one at once. For sums of sums this is the same but for the last bit of a double, and
   * few labels are extracted (parser elision, spec logql.md 8.10); likewise for the greatest of the
   * greatest and the least of the least, where all are.
   *
   * @return null where the two cannot be one
   */
  static @Nullable RangePlan absorbing(VectorAggregation outer, RangeAggregation inner) {
    Grouping grouping = outer.grouping();
    if (outer.operator() == VectorOperator.SUM
        && inner.function().value() != RangeFunction.Value.OTHER) {
      // Inner functions of this kind take no grouping.
      SeriesKey key = SeriesKey.ofVector(grouping);
      return new RangePlan(inner, key, demand(key));
    }
    boolean extreme =
        (outer.operator() == VectorOperator.MAX && inner.function() == RangeFunction.MAX_OVER_TIME)
            || (outer.operator() == VectorOperator.MIN
                && inner.function() == RangeFunction.MIN_OVER_TIME);
    Grouping innerGrouping = inner.grouping();
    if (!extreme || (grouping != null && grouping.kind() == GroupingKind.WITHOUT)) {
      return null;
    }
    // The unwrapped label is no label of an ungrouped series, and is one under "by": see
    // unwrapping.
    if (innerGrouping == null || innerGrouping.kind() == GroupingKind.WITHOUT) {
      return grouping == null ? new RangePlan(inner, SeriesKey.none(), LabelDemand.ALL) : null;
    }
    SeriesKey.By both =
        SeriesKey.by(
            grouping == null
                ? List.of()
                : grouping.labels().stream().filter(innerGrouping.labels()::contains).toList());
    return new RangePlan(inner, both, LabelDemand.ALL);
  }

  private static LabelDemand demand(SeriesKey key) {
    return switch (key) {
      case SeriesKey.By by -> LabelDemand.only(by.names());
      case SeriesKey.Without without -> LabelDemand.ALL;
    };
  }

  /** Null without unwrap. */
  @Nullable Unwrapping unwrapping() {
    Unwrap unwrap = aggregation.range().unwrap();
    if (unwrap == null) {
      return null;
    }
    // Spec logql.md 6.15: the label is gone when there is no grouping, or "without".
    Grouping grouping = aggregation.grouping();
    boolean removed = grouping == null || grouping.kind() == GroupingKind.WITHOUT;
    return new Unwrapping(unwrap, removed ? Unwrapping.Label.REMOVED : Unwrapping.Label.KEPT);
  }

  /** What a window's value is divided by: seconds for rates, 1 for others. */
  double divisor() {
    return aggregation.function().value() == RangeFunction.Value.SUM_PER_SECOND
        ? aggregation.range().rangeNanos() / 1e9
        : 1;
  }

  /** What a row counts for. */
  RowValue rowValue() {
    return switch (aggregation.function().samples()) {
      case BYTES -> RowValue.LINE_BYTES;
      case ENTRIES, NUMBERS, ENTRIES_OR_NUMBERS ->
          aggregation.range().unwrap() == null ? RowValue.ONE : RowValue.UNWRAPPED;
    };
  }

  enum RowValue {
    ONE,
    LINE_BYTES,
    UNWRAPPED
  }
}
