package dev.skald.query.plain;

import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.GroupingKind;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.query.plain.PlainVector.Element;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Vector aggregations (spec logql.md 8.6). */
final class PlainAggregations {
  private PlainAggregations() {}

  static List<Element> aggregate(VectorAggregation aggregation, List<Element> elements) {
    Map<Map<String, String>, List<Element>> groups = new LinkedHashMap<>();
    for (Element element : elements) {
      Map<String, String> group = group(aggregation.grouping(), element.labels());
      groups.computeIfAbsent(group, g -> new ArrayList<>()).add(element);
    }
    List<Element> results = new ArrayList<>();
    groups.forEach((labels, members) -> results.addAll(ofGroup(aggregation, labels, members)));
    return results;
  }

  private static List<Element> ofGroup(
      VectorAggregation aggregation, Map<String, String> labels, List<Element> members) {
    double[] values = members.stream().mapToDouble(Element::value).toArray();
    return switch (aggregation.operator()) {
      case SUM -> List.of(new Element(labels, PlainRangeFunctions.sum(values)));
      case AVG -> List.of(new Element(labels, PlainRangeFunctions.mean(values)));
      case MAX -> List.of(new Element(labels, PlainRangeFunctions.max(values)));
      case MIN -> List.of(new Element(labels, PlainRangeFunctions.min(values)));
      case COUNT -> List.of(new Element(labels, values.length));
      case STDVAR -> List.of(new Element(labels, PlainRangeFunctions.variance(values)));
      case STDDEV -> List.of(new Element(labels, Math.sqrt(PlainRangeFunctions.variance(values))));
      case TOPK, APPROX_TOPK -> first(descending(members), aggregation.parameter());
      case BOTTOMK -> first(ascending(members), aggregation.parameter());
      case SORT -> ascending(members);
      case SORT_DESC -> descending(members);
    };
  }

  /** "By" without labels, and no grouping at all, is one group. */
  private static Map<String, String> group(Grouping grouping, Map<String, String> labels) {
    if (grouping == null) {
      return Map.of();
    }
    if (grouping.kind() == GroupingKind.BY) {
      return PlainVector.only(labels, grouping.labels());
    }
    List<String> dropped = new ArrayList<>(grouping.labels());
    dropped.add("__name__");
    return PlainVector.without(labels, dropped);
  }

  private static List<Element> ascending(List<Element> elements) {
    if (elements.stream().anyMatch(element -> Double.isNaN(element.value()))) {
      throw new PlainUndetermined("the place of NaN");
    }
    return elements.stream().sorted(Comparator.comparingDouble(Element::value)).toList();
  }

  private static List<Element> descending(List<Element> elements) {
    return ascending(elements).reversed();
  }

  private static List<Element> first(List<Element> sorted, long k) {
    if (sorted.size() <= k) {
      return sorted;
    }
    double last = sorted.get((int) k - 1).value();
    double next = sorted.get((int) k).value();
    if (last == next || Math.abs(last - next) < 1e-9 * Math.abs(last)) {
      throw new PlainUndetermined("which of equal values is among the first " + k);
    }
    return sorted.subList(0, (int) k);
  }
}
