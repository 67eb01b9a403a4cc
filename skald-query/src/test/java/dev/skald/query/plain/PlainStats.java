package dev.skald.query.plain;

import dev.skald.logql.syntax.Field;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.SortKey;
import dev.skald.logql.syntax.StatsFunction;
import dev.skald.logql.syntax.StatsStep;
import dev.skald.model.Labels;
import dev.skald.query.plain.PlainVector.Element;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code stats} (docs/language/extensions.md, Stats). */
final class PlainStats {
  private final MetricExpr.Stats stats;

  private PlainStats(MetricExpr.Stats stats) {
    this.stats = stats;
  }

  private record Group(Map<String, String> labels, List<Double> results) {}

  /** @param rows of the request's time, as the stages left them */
  static List<Element> of(MetricExpr.Stats stats, List<PlainRow> rows) {
    return new PlainStats(stats).elements(rows);
  }

  private List<Element> elements(List<PlainRow> rows) {
    Map<Map<String, String>, List<PlainRow>> members = new LinkedHashMap<>();
    if (stats.columns().isEmpty()) {
      members.put(Map.of(), new ArrayList<>());
    }
    rows.forEach(row -> members.computeIfAbsent(columns(row), c -> new ArrayList<>()).add(row));
    List<Group> groups = new ArrayList<>();
    members.forEach(
        (labels, group) ->
            groups.add(
                new Group(labels, stats.functions().stream().map(f -> result(f, group)).toList())));
    groups.sort(Comparator.comparing(group -> Labels.of(group.labels())));
    List<Group> left = groups;
    for (StatsStep step : stats.steps()) {
      left =
          switch (step) {
            case StatsStep.Having(var filter) ->
                left.stream()
                    .filter(group -> PlainLabelFilters.test(filter.condition(), named(group)))
                    .toList();
            case StatsStep.Sort(List<SortKey> keys) ->
                left.stream().sorted((a, b) -> compare(keys, a, b)).toList();
            case StatsStep.Limit(int count) -> left.stream().limit(count).toList();
          };
    }
    return left.stream().flatMap(group -> samples(group).stream()).toList();
  }

  private Map<String, String> columns(PlainRow row) {
    Map<String, String> labels = new TreeMap<>();
    for (Field column : stats.columns()) {
      String value =
          switch (column) {
            case Field.Label(String name) -> row.get(name);
            case Field.EntryTime _ -> Long.toString(row.entry.epochNanos());
            case Field.Line _ -> row.line;
            case Field.Value _ -> throw new IllegalArgumentException("no column");
          };
      if (!value.isEmpty()) {
        labels.put(column.name(), value);
      }
    }
    return labels;
  }

  private static double result(StatsFunction function, List<PlainRow> rows) {
    if (function.label() == null) {
      return rows.size();
    }
    List<String> texts =
        rows.stream().map(row -> row.get(function.label())).filter(t -> !t.isEmpty()).toList();
    double[] numbers =
        texts.stream()
            .flatMapToDouble(text -> PlainNumbers.number(text).stream())
            .filter(number -> !Double.isNaN(number))
            .toArray();
    boolean isNone = numbers.length == 0;
    return switch (function.kind()) {
      case COUNT -> texts.size();
      case COUNT_DISTINCT -> texts.stream().distinct().count();
      case SUM -> PlainRangeFunctions.sum(numbers);
      case AVG -> isNone ? Double.NaN : PlainRangeFunctions.mean(numbers);
      case MIN -> PlainRangeFunctions.min(numbers);
      case MAX -> PlainRangeFunctions.max(numbers);
      case STDVAR -> PlainRangeFunctions.variance(numbers);
      case STDDEV -> Math.sqrt(PlainRangeFunctions.variance(numbers));
      case QUANTILE ->
          isNone ? Double.NaN : PlainRangeFunctions.quantile(function.parameter(), numbers);
    };
  }

  /** Results and columns as labels of a row, for conditions on them. */
  private PlainRow named(Group group) {
    Map<String, String> all = new TreeMap<>(group.labels());
    for (int i = 0; i < group.results().size(); i++) {
      all.put(stats.functions().get(i).name(), Double.toString(group.results().get(i)));
    }
    return new PlainRow(new PlainEntry(0, Labels.EMPTY, "", Labels.of(all)));
  }

  private int compare(List<SortKey> keys, Group a, Group b) {
    for (SortKey key : keys) {
      int order = value(key.field(), a).compare(value(key.field(), b), key.order());
      if (order != 0) {
        return order;
      }
    }
    return Labels.of(a.labels()).compareTo(Labels.of(b.labels()));
  }

  private PlainOrder value(Field field, Group group) {
    if (!(field instanceof Field.Value(String name))) {
      return PlainOrder.of(group.labels().getOrDefault(field.name(), ""));
    }
    List<String> names = stats.functions().stream().map(StatsFunction::name).toList();
    return PlainOrder.of(group.results().get(names.indexOf(name)));
  }

  /** One sample for each result; several are told apart by a label. */
  private List<Element> samples(Group group) {
    if (stats.functions().size() == 1) {
      return List.of(new Element(group.labels(), group.results().getFirst()));
    }
    List<Element> samples = new ArrayList<>();
    for (int i = 0; i < stats.functions().size(); i++) {
      Map<String, String> labels = new TreeMap<>(group.labels());
      labels.put("__stat__", stats.functions().get(i).name());
      samples.add(new Element(labels, group.results().get(i)));
    }
    return samples;
  }
}
