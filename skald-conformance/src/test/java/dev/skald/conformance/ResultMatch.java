package dev.skald.conformance;

import dev.skald.conformance.Comparison.Difference;
import dev.skald.conformance.Comparison.Tolerance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Comparison of query results: series in their order or in any, sample values as numbers, entries in their order.
 *
 * @param anyTies entries of one timestamp may come in any order
 */
record ResultMatch(ValueMatch values, boolean anyTies) {
  static boolean isResult(@Nullable Object body) {
    return JsonTree.asObject(body)
        .flatMap(members -> JsonTree.asObject(members.get("data")))
        .filter(data -> data.containsKey("resultType") && data.containsKey("result"))
        .isPresent();
  }

  void check(@Nullable Object want, @Nullable Object found, boolean ordered) throws Difference {
    if (!isResult(found)) {
      throw new Difference("body: a query result wanted, found " + Comparison.show(found));
    }
    Map<String, @Nullable Object> wantHead = new LinkedHashMap<>(JsonTree.object(want));
    Map<String, @Nullable Object> foundHead = new LinkedHashMap<>(JsonTree.object(found));
    var wantData = new LinkedHashMap<>(JsonTree.object(wantHead.remove("data")));
    var foundData = new LinkedHashMap<>(JsonTree.object(foundHead.remove("data")));
    values.check(wantHead, foundHead, "body", true);
    List<@Nullable Object> wantResult = JsonTree.array(wantData.remove("result"));
    List<@Nullable Object> foundResult = JsonTree.array(foundData.remove("result"));
    values.check(wantData, foundData, "data", true);
    if ("scalar".equals(wantData.get("resultType"))) {
      sampleValue(wantResult.get(1), foundResult.get(1), "data.result"); // its time is not compared
      return;
    }
    checkSeries(sorted(wantResult, ordered), sorted(foundResult, ordered));
  }

  private static List<@Nullable Object> sorted(List<@Nullable Object> series, boolean ordered) {
    List<@Nullable Object> copy = new ArrayList<>(series);
    if (!ordered) {
      copy.sort(Comparator.comparing(ResultMatch::labels));
    }
    return copy;
  }

  private static String labels(@Nullable Object series) {
    Map<String, @Nullable Object> members = JsonTree.object(series);
    return JsonTree.canonical(
        members.containsKey("metric") ? members.get("metric") : members.get("stream"));
  }

  private void checkSeries(List<@Nullable Object> want, List<@Nullable Object> found)
      throws Difference {
    List<String> wantLabels = want.stream().map(ResultMatch::labels).toList();
    List<String> foundLabels = found.stream().map(ResultMatch::labels).toList();
    if (!wantLabels.equals(foundLabels)) {
      throw new Difference(
          "series: wanted "
              + Comparison.show(String.join(" ", wantLabels))
              + ", found "
              + Comparison.show(String.join(" ", foundLabels)));
    }
    for (int i = 0; i < want.size(); i++) {
      Map<String, @Nullable Object> one = JsonTree.object(want.get(i));
      Map<String, @Nullable Object> other = JsonTree.object(found.get(i));
      String where = wantLabels.get(i);
      if (one.containsKey("stream")) {
        List<@Nullable Object> entries = ties(JsonTree.array(one.get("values")));
        List<@Nullable Object> others = ties(JsonTree.array(other.get("values")));
        values.check(entries, others, where, false);
      } else if (one.containsKey("value")) {
        sample(one.get("value"), other.get("value"), where);
      } else {
        samples(JsonTree.array(one.get("values")), JsonTree.array(other.get("values")), where);
      }
    }
  }

  private List<@Nullable Object> ties(List<@Nullable Object> entries) {
    if (!anyTies) {
      return entries;
    }
    Comparator<@Nullable Object> byTime =
        Comparator.comparing(entry -> String.valueOf(JsonTree.array(entry).getFirst()));
    return entries.stream().sorted(byTime.thenComparing(JsonTree::canonical)).toList();
  }

  private void samples(List<@Nullable Object> want, List<@Nullable Object> found, String where)
      throws Difference {
    if (want.size() != found.size()) {
      throw new Difference(
          where
              + ": wanted "
              + want.size()
              + " samples "
              + Comparison.show(want)
              + ", found "
              + found.size()
              + " "
              + Comparison.show(found));
    }
    for (int i = 0; i < want.size(); i++) {
      sample(want.get(i), found.get(i), where + "[" + i + "]");
    }
  }

  private void sample(@Nullable Object want, @Nullable Object found, String where)
      throws Difference {
    List<@Nullable Object> one = JsonTree.array(want);
    List<@Nullable Object> other = JsonTree.array(found);
    new ValueMatch(null).check(one.getFirst(), other.getFirst(), where + " time", false);
    sampleValue(one.get(1), other.get(1), where);
  }

  private void sampleValue(@Nullable Object want, @Nullable Object found, String where)
      throws Difference {
    Tolerance allowed = values.tolerance() == null ? Tolerance.SAMPLES : values.tolerance();
    boolean texts = want instanceof String && found instanceof String;
    if (!texts || !allowed.allows(number(want), number(found))) {
      throw new Difference(where + ": wanted value " + want + ", found " + found);
    }
  }

  private static double number(@Nullable Object text) {
    return switch (String.valueOf(text)) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      case String other -> Double.parseDouble(other);
    };
  }
}
