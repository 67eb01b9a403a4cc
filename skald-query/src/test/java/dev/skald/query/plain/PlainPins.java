package dev.skald.query.plain;

import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.Selector;
import dev.skald.model.Matcher;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What selectors pin in a program of {@code let}. Where sides pin a label apart, the program has a
 * matching of its own (docs/language/extensions.md, Let), which the plain path leaves to cases that
 * people wrote.
 */
final class PlainPins {
  private final Map<String, MetricExpr> bound = new HashMap<>();

  void bind(MetricExpr.Binding binding) {
    bound.put(binding.name(), binding.value());
  }

  /** Whether both sides pin the same labels to the same values. */
  boolean areAlike(MetricExpr left, MetricExpr right) {
    return pins(left).equals(pins(right));
  }

  /** All pairs of label and value. */
  private Set<String> pins(MetricExpr expr) {
    return switch (expr) {
      case MetricExpr.RangeAggregation range -> pins(range.range().log().selector());
      case MetricExpr.Stats stats -> pins(stats.log().selector());
      case MetricExpr.VectorAggregation aggregation -> pins(aggregation.inner());
      case MetricExpr.LabelReplace replace -> pins(replace.inner());
      case MetricExpr.Reference reference -> pins(bound.get(reference.name()));
      case MetricExpr.BinaryOperation operation -> {
        Set<String> both = pins(operation.left());
        both.addAll(pins(operation.right()));
        yield both;
      }
      case MetricExpr.Literal _,
          MetricExpr.VectorLiteral _,
          MetricExpr.Variants _,
          MetricExpr.Program _ ->
          new TreeSet<>();
    };
  }

  private static Set<String> pins(Selector selector) {
    Set<String> pins = new TreeSet<>();
    for (Matcher matcher : selector.matchers()) {
      if (matcher.op() == Matcher.Op.EQUAL) {
        pins.add(matcher.name() + "=" + matcher.value());
      }
    }
    return pins;
  }
}
