package dev.skald.query.plain;

import dev.skald.logql.syntax.MetricExpr.BinaryOperation;
import dev.skald.logql.syntax.MetricExpr.BinaryOperator;
import dev.skald.logql.syntax.MetricExpr.Cardinality;
import dev.skald.logql.syntax.MetricExpr.Matching;
import dev.skald.logql.syntax.MetricExpr.OnKind;
import dev.skald.query.plain.PlainVector.Element;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Operations on two sides (spec logql.md 8.7). */
final class PlainBinaryOperations {
  private PlainBinaryOperations() {}

  static PlainVector apply(BinaryOperation operation, PlainVector left, PlainVector right) {
    if (left instanceof PlainVector.Constant(double a)) {
      return right instanceof PlainVector.Constant(double b)
          ? new PlainVector.Constant(number(operation.operator(), a, b))
          : new PlainVector.Elements(withNumber(operation, right.elements(), a, true));
    }
    if (right instanceof PlainVector.Constant(double b)) {
      return new PlainVector.Elements(withNumber(operation, left.elements(), b, false));
    }
    List<Element> a = left.elements();
    List<Element> b = right.elements();
    return new PlainVector.Elements(
        switch (operation.operator()) {
          case AND -> matched(operation.matching(), a, b, true);
          case UNLESS -> matched(operation.matching(), a, b, false);
          case OR -> {
            List<Element> all = new ArrayList<>(a);
            all.addAll(matched(operation.matching(), b, a, false));
            yield all;
          }
          case EQUAL,
              NOT_EQUAL,
              GREATER,
              GREATER_OR_EQUAL,
              LESS,
              LESS_OR_EQUAL,
              ADD,
              SUBTRACT,
              MULTIPLY,
              DIVIDE,
              MODULO,
              POWER ->
              oneToOneOrMany(operation, a, b);
        });
  }

  /** Comparisons give 1 or 0. */
  private static double number(BinaryOperator operator, double a, double b) {
    return switch (operator) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> b == 0 ? Double.NaN : a / b;
      case MODULO -> b == 0 ? Double.NaN : a % b;
      case POWER -> Math.pow(a, b);
      case EQUAL -> a == b ? 1 : 0;
      case NOT_EQUAL -> a != b ? 1 : 0;
      case GREATER -> a > b ? 1 : 0;
      case GREATER_OR_EQUAL -> a >= b ? 1 : 0;
      case LESS -> a < b ? 1 : 0;
      case LESS_OR_EQUAL -> a <= b ? 1 : 0;
      case AND, OR, UNLESS -> throw new IllegalArgumentException("numbers are no sets");
    };
  }

  /** Whether a comparison drops what does not hold and keeps values. */
  private static boolean filters(BinaryOperation operation) {
    return operation.operator().isComparison() && !operation.matching().returnsBool();
  }

  private static List<Element> withNumber(
      BinaryOperation operation, List<Element> elements, double constant, boolean isLeft) {
    List<Element> results = new ArrayList<>();
    for (Element element : elements) {
      double result =
          isLeft
              ? number(operation.operator(), constant, element.value())
              : number(operation.operator(), element.value(), constant);
      if (!filters(operation)) {
        results.add(element.with(result));
      } else if (result == 1) {
        results.add(element);
      }
    }
    return results;
  }

  /** The labels by which two elements find each other. */
  private static Map<String, String> key(Matching matching, Element element) {
    if (matching.on().isEmpty()) {
      return element.labels();
    }
    List<String> names = matching.on().get().labels();
    return matching.on().get().kind() == OnKind.ON
        ? PlainVector.only(element.labels(), names)
        : PlainVector.without(element.labels(), names);
  }

  private static List<Element> matched(
      Matching matching, List<Element> elements, List<Element> others, boolean wanted) {
    Set<Map<String, String>> keys = new HashSet<>();
    others.forEach(other -> keys.add(key(matching, other)));
    return elements.stream().filter(e -> keys.contains(key(matching, e)) == wanted).toList();
  }

  private static List<Element> oneToOneOrMany(
      BinaryOperation operation, List<Element> left, List<Element> right) {
    Matching matching = operation.matching();
    boolean manyIsRight = matching.cardinality() == Cardinality.ONE_TO_MANY;
    List<Element> many = manyIsRight ? right : left;
    List<Element> one = manyIsRight ? left : right;
    Map<Map<String, String>, Element> ones = new java.util.HashMap<>();
    for (Element element : one) {
      if (ones.put(key(matching, element), element) != null) {
        throw PlainFailure.matching("matching labels must be unique on one side");
      }
    }
    Set<Map<String, String>> made = new HashSet<>();
    List<Element> results = new ArrayList<>();
    for (Element element : many) {
      Element partner = ones.get(key(matching, element));
      if (partner == null) {
        continue;
      }
      double a = manyIsRight ? partner.value() : element.value();
      double b = manyIsRight ? element.value() : partner.value();
      double value = number(operation.operator(), a, b);
      if (filters(operation) && value == 0) {
        continue;
      }
      Map<String, String> labels = labels(matching, element, partner);
      if (!made.add(labels)) {
        throw PlainFailure.matching("multiple matches for labels");
      }
      results.add(new Element(labels, filters(operation) ? a : value));
    }
    return results;
  }

  private static Map<String, String> labels(Matching matching, Element element, Element partner) {
    if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
      return key(matching, element);
    }
    Map<String, String> labels = new TreeMap<>(element.labels());
    for (String name : matching.include()) {
      String value = partner.labels().getOrDefault(name, "");
      if (value.isEmpty()) {
        labels.remove(name);
      } else {
        labels.put(name, value);
      }
    }
    return labels;
  }
}
