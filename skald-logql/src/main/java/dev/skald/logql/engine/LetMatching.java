package dev.skald.logql.engine;

import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.MetricExpr.BinaryOperation;
import dev.skald.logql.syntax.MetricExpr.BinaryOperator;
import dev.skald.logql.syntax.MetricExpr.Cardinality;
import dev.skald.logql.syntax.MetricExpr.Matching;
import dev.skald.logql.syntax.MetricExpr.OnKind;
import dev.skald.logql.syntax.MetricExpr.OnLabels;
import dev.skald.logql.syntax.Selector;
import dev.skald.model.Matcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How vectors find each other in a program of {@code let} (docs/language/extensions.md): where
 * neither {@code on} nor {@code ignoring} is written, labels are ignored that selectors pin to
 * different values on the two sides, or that one side has ignored already.
 */
final class LetMatching {
  private final Map<String, Facts> named = new HashMap<>();

  private LetMatching() {}

  /**
   * What is known of the labels of an expression's series.
   *
   * @param pinned labels with the one value that selectors let them have
   * @param gone labels that an operation inside ignores
   * @param expr the expression with its operations' labels to ignore written out
   */
  private record Facts(MetricExpr expr, Map<String, String> pinned, Set<String> gone) {
    private static Facts none(MetricExpr expr) {
      return new Facts(expr, Map.of(), Set.of());
    }

    private Facts of(MetricExpr other) {
      return new Facts(other, pinned, gone);
    }
  }

  /** The query with the labels to ignore written out; one without {@code let} as it is. */
  static MetricExpr resolve(MetricExpr expr) {
    return expr instanceof MetricExpr.Program program ? new LetMatching().resolve(program) : expr;
  }

  private MetricExpr resolve(MetricExpr.Program program) {
    List<MetricExpr.Binding> bindings = new ArrayList<>();
    for (MetricExpr.Binding binding : program.bindings()) {
      Facts facts = facts(binding.value());
      named.put(binding.name(), facts);
      bindings.add(new MetricExpr.Binding(binding.name(), facts.expr));
    }
    return new MetricExpr.Program(bindings, facts(program.body()).expr, program.span());
  }

  private Facts facts(MetricExpr expr) {
    return switch (expr) {
      case MetricExpr.RangeAggregation range ->
          new Facts(range, pinned(range.range().log().selector()), Set.of());
      case MetricExpr.Stats stats -> new Facts(stats, pinned(stats.log().selector()), Set.of());
      case MetricExpr.VectorAggregation vector -> {
        Facts inner = facts(vector.inner());
        yield inner.of(
            new MetricExpr.VectorAggregation(
                vector.operator(),
                vector.parameter(),
                inner.expr,
                vector.grouping(),
                vector.span()));
      }
      case MetricExpr.LabelReplace replace -> {
        Facts inner = facts(replace.inner());
        Map<String, String> pinned = new HashMap<>(inner.pinned);
        pinned.remove(replace.target());
        MetricExpr.LabelReplace replaced =
            new MetricExpr.LabelReplace(
                inner.expr,
                replace.target(),
                replace.replacement(),
                replace.source(),
                replace.regex(),
                replace.span());
        yield new Facts(replaced, pinned, inner.gone);
      }
      case BinaryOperation operation -> operation(operation);
      case MetricExpr.Reference reference ->
          named.getOrDefault(reference.name(), Facts.none(reference)).of(reference);
      case MetricExpr.Program _,
          MetricExpr.Variants _,
          MetricExpr.Literal _,
          MetricExpr.VectorLiteral _ ->
          Facts.none(expr);
    };
  }

  private static Map<String, String> pinned(Selector selector) {
    Map<String, String> pinned = new HashMap<>();
    for (Matcher matcher : selector.matchers()) {
      if (matcher.op() == Matcher.Op.EQUAL && !matcher.value().isEmpty()) {
        pinned.put(matcher.name(), matcher.value());
      }
    }
    return pinned;
  }

  private Facts operation(BinaryOperation operation) {
    Facts left = facts(operation.left());
    Facts right = facts(operation.right());
    Matching matching = operation.matching();
    if (matching.on().isEmpty()) {
      Set<String> ignored = new TreeSet<>(apart(left, right));
      ignored.addAll(apart(right, left));
      if (!ignored.isEmpty()) {
        matching =
            new Matching(
                matching.returnsBool(),
                Optional.of(new OnLabels(OnKind.IGNORING, List.copyOf(ignored))),
                matching.cardinality(),
                matching.include());
      }
    }
    BinaryOperation written =
        new BinaryOperation(
            operation.operator(), left.expr, right.expr, matching, operation.span());
    return joined(written, left, right);
  }

  /** Labels that one side pins and the other pins elsewhere, or has ignored. */
  private static Set<String> apart(Facts one, Facts other) {
    Set<String> apart = new HashSet<>();
    one.pinned.forEach(
        (label, value) -> {
          String others = other.pinned.get(label);
          boolean differs = others != null && !others.equals(value);
          if (differs || (others == null && other.gone.contains(label))) {
            apart.add(label);
          }
        });
    return apart;
  }

  private static Facts joined(BinaryOperation operation, Facts left, Facts right) {
    Matching matching = operation.matching();
    if (operation.operator() == BinaryOperator.OR) {
      // series of both sides: known is what is true of either
      Map<String, String> common = new HashMap<>(left.pinned);
      common.entrySet().retainAll(right.pinned.entrySet());
      Set<String> gone = new HashSet<>(left.gone);
      gone.addAll(right.gone);
      return new Facts(operation, common, gone);
    }
    if (operation.operator().isSet() || matching.cardinality() == Cardinality.MANY_TO_ONE) {
      return left.of(operation); // the series are the left side's
    }
    if (matching.cardinality() == Cardinality.ONE_TO_MANY) {
      return right.of(operation);
    }
    Map<String, String> pinned = new HashMap<>(left.pinned);
    pinned.putAll(right.pinned);
    Set<String> gone = new HashSet<>(left.gone);
    gone.addAll(right.gone);
    if (matching.on().isPresent()) {
      OnLabels on = matching.on().get();
      Set<String> lost = new HashSet<>();
      switch (on.kind()) {
        case IGNORING -> lost.addAll(on.labels());
        case ON -> {
          lost.addAll(pinned.keySet());
          on.labels().forEach(lost::remove);
        }
      }
      gone.addAll(lost);
    }
    gone.forEach(pinned::remove);
    return new Facts(operation, pinned, gone);
  }
}
