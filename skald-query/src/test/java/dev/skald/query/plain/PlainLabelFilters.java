package dev.skald.query.plain;

import dev.skald.logql.syntax.LabelCondition;
import dev.skald.logql.syntax.LabelCondition.Comparison;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Label filters (spec logql.md 6.9), and those on the entry's time. */
final class PlainLabelFilters {
  private PlainLabelFilters() {}

  /** Whether the row stays; it may have an error afterwards. */
  static boolean test(LabelCondition condition, PlainRow row) {
    return switch (condition) {
      case LabelCondition.Text(var matcher) -> PlainMatchers.test(matcher, row.get(matcher.name()));
      case LabelCondition.Numeric(String name, Comparison comparison, double value) ->
          compared(row, name, comparison, value, PlainNumbers::number);
      case LabelCondition.Duration(String name, Comparison comparison, long nanos) ->
          compared(row, name, comparison, (double) nanos, PlainNumbers::duration);
      case LabelCondition.Bytes(String name, Comparison comparison, long bytes) ->
          compared(row, name, comparison, (double) bytes, PlainNumbers::size);
      case LabelCondition.Ip(String name, Comparison comparison, String pattern) ->
          row.hasError()
              || (row.find(name) != null
                  && PlainAddresses.isIn(pattern, row.get(name))
                      == (comparison == Comparison.EQUAL));
      case LabelCondition.Timestamp time ->
          row.find(LabelCondition.Timestamp.NAME) == null
              ? holds(time.comparison(), row.entry.epochNanos(), time.epochNanos())
              : test(time.ofLabel(), row);
      case LabelCondition.TimestampText time -> {
        if (row.find(LabelCondition.Timestamp.NAME) != null) {
          throw new PlainUndetermined("a label named as the entry's time");
        }
        yield holds(time.comparison(), row.entry.epochNanos(), time.epochNanos());
      }
      case LabelCondition.And(LabelCondition left, LabelCondition right) -> {
        boolean first = test(left, row);
        boolean second = test(right, row);
        yield first && second;
      }
      case LabelCondition.Or(LabelCondition left, LabelCondition right) ->
          test(left, row) || test(right, row);
    };
  }

  private static boolean compared(
      PlainRow row,
      String name,
      Comparison comparison,
      double wanted,
      Function<String, OptionalDouble> conversion) {
    String text = row.find(name);
    if (text == null) {
      return false;
    }
    OptionalDouble value = conversion.apply(text);
    if (value.isEmpty()) {
      if (!row.hasError()) {
        row.setError("LabelFilterErr", "cannot convert " + text);
      }
      return true;
    }
    double x = value.getAsDouble();
    return switch (comparison) {
      case EQUAL -> x == wanted;
      case NOT_EQUAL -> x != wanted;
      case GREATER -> x > wanted;
      case GREATER_OR_EQUAL -> x >= wanted;
      case LESS -> x < wanted;
      case LESS_OR_EQUAL -> x <= wanted;
    };
  }

  private static boolean holds(Comparison comparison, long x, long wanted) {
    return switch (comparison) {
      case EQUAL -> x == wanted;
      case NOT_EQUAL -> x != wanted;
      case GREATER -> x > wanted;
      case GREATER_OR_EQUAL -> x >= wanted;
      case LESS -> x < wanted;
      case LESS_OR_EQUAL -> x <= wanted;
    };
  }
}
