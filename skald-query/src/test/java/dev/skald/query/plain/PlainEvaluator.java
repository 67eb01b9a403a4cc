package dev.skald.query.plain;

import com.google.re2j.Matcher;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.MetricExpr.GroupingKind;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.RangeFunction;
import dev.skald.logql.syntax.MetricExpr.Unwrap;
import dev.skald.model.Labels;
import dev.skald.model.QuerySpan;
import dev.skald.query.plain.PlainVector.Element;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Answers queries over a list of entries as the specification says (spec logql.md 5, 6, 8, 9), one
 * time after another, one row after another. For one query.
 */
final class PlainEvaluator {
  private final List<PlainEntry> entries;
  private final long startEpochNanos;
  private final Map<String, PlainVector> bound = new HashMap<>();
  private final PlainPins pins = new PlainPins();
  private final IdentityHashMap<LogRange, List<PlainSample>> samples = new IdentityHashMap<>();

  /**
   * @param arrived in order of arrival; of equal entries only the first counts
   * @param startEpochNanos of the request: {@code stats} looks at what comes after it
   */
  PlainEvaluator(List<PlainEntry> arrived, long startEpochNanos) {
    this.entries = new ArrayList<>(new LinkedHashSet<>(arrived));
    this.startEpochNanos = startEpochNanos;
  }

  /**
   * The rows that answer a log query, in order of time, then of arrival; the limit is left to the
   * reader.
   */
  List<PlainRow> log(LogExpr query, QuerySpan span) {
    List<PlainRow> rows = new ArrayList<>();
    for (PlainEntry entry : entries) {
      if (span.contains(entry.epochNanos())
          && PlainMatchers.all(query.selector().matchers(), entry.stream())) {
        PlainRow row = new PlainRow(entry);
        if (PlainPipeline.passes(query.stages(), row)) {
          rows.add(row);
        }
      }
    }
    rows.sort(Comparator.comparingLong(row -> row.entry.epochNanos()));
    return rows;
  }

  /**
   * What a metric query is at one time.
   *
   * @throws PlainFailure if the query fails
   * @throws PlainUndetermined if the specification leaves the answer open
   */
  PlainVector metric(MetricExpr expr, long epochNanos) {
    return switch (expr) {
      case RangeAggregation aggregation ->
          new PlainVector.Elements(
              aggregation.function() == RangeFunction.ABSENT_OVER_TIME
                  ? absent(aggregation, epochNanos)
                  : overTime(aggregation, epochNanos));
      case MetricExpr.VectorAggregation aggregation ->
          new PlainVector.Elements(
              PlainAggregations.aggregate(
                  aggregation, metric(aggregation.inner(), epochNanos).elements()));
      case MetricExpr.BinaryOperation operation -> operate(operation, epochNanos);
      case MetricExpr.Stats stats ->
          new PlainVector.Elements(
              PlainStats.of(
                  stats, log(stats.log(), new QuerySpan(startEpochNanos + 1, epochNanos + 1))));
      case MetricExpr.Program program -> {
        for (MetricExpr.Binding binding : program.bindings()) {
          bound.put(binding.name(), metric(binding.value(), epochNanos));
          pins.bind(binding);
        }
        yield metric(program.body(), epochNanos);
      }
      case MetricExpr.Reference reference -> bound.get(reference.name());
      case MetricExpr.Literal literal -> new PlainVector.Constant(literal.value());
      case MetricExpr.VectorLiteral literal ->
          new PlainVector.Elements(List.of(new Element(Map.of(), literal.value())));
      case LabelReplace replace ->
          new PlainVector.Elements(
              metric(replace.inner(), epochNanos).elements().stream()
                  .map(element -> replaced(replace, element))
                  .toList());
      case MetricExpr.Variants _ -> throw new PlainUndetermined("variants");
    };
  }

  private PlainVector operate(MetricExpr.BinaryOperation operation, long epochNanos) {
    PlainVector left = metric(operation.left(), epochNanos);
    PlainVector right = metric(operation.right(), epochNanos);
    boolean areVectors =
        left instanceof PlainVector.Elements && right instanceof PlainVector.Elements;
    boolean isOfProgram = !bound.isEmpty() && operation.matching().on().isEmpty();
    if (areVectors && isOfProgram && !pins.areAlike(operation.left(), operation.right())) {
      throw new PlainUndetermined("labels that a program pins apart");
    }
    return PlainBinaryOperations.apply(operation, left, right);
  }

  private List<Element> overTime(RangeAggregation aggregation, long epochNanos) {
    LogRange range = aggregation.range();
    Map<Map<String, String>, List<PlainSample>> series = new LinkedHashMap<>();
    for (PlainSample sample : window(aggregation, epochNanos)) {
      series.computeIfAbsent(group(aggregation, sample), g -> new ArrayList<>()).add(sample);
    }
    long end = epochNanos - range.offsetNanos();
    Double parameter = aggregation.parameter();
    List<Element> elements = new ArrayList<>();
    series.forEach(
        (labels, window) ->
            elements.add(
                new Element(
                    labels,
                    PlainRangeFunctions.of(
                        aggregation.function(),
                        parameter == null ? 0 : parameter,
                        window,
                        end - range.rangeNanos(),
                        end))));
    return elements;
  }

  /** The labels of a sample's series. */
  private static Map<String, String> group(RangeAggregation aggregation, PlainSample sample) {
    var grouping = aggregation.grouping();
    if (grouping != null && grouping.kind() == GroupingKind.BY) {
      return PlainVector.only(sample.labels(), grouping.labels());
    }
    List<String> dropped = new ArrayList<>(grouping == null ? List.of() : grouping.labels());
    if (aggregation.range().unwrap() != null) {
      dropped.add(aggregation.range().unwrap().label());
    }
    return PlainVector.without(sample.labels(), dropped);
  }

  /** Spec logql.md 8.4. */
  private List<Element> absent(RangeAggregation aggregation, long epochNanos) {
    if (!window(aggregation, epochNanos).isEmpty()) {
      return List.of();
    }
    Map<String, String> labels = new TreeMap<>();
    List<dev.skald.model.Matcher> matchers = aggregation.range().log().selector().matchers();
    for (dev.skald.model.Matcher matcher : matchers) {
      long times = matchers.stream().filter(m -> m.name().equals(matcher.name())).count();
      if (matcher.op() == dev.skald.model.Matcher.Op.EQUAL && times == 1) {
        labels.put(matcher.name(), matcher.value());
      }
    }
    return List.of(new Element(labels, 1));
  }

  /** The samples that a range sees at one time, in order of time, then of arrival. */
  private List<PlainSample> window(RangeAggregation aggregation, long epochNanos) {
    LogRange range = aggregation.range();
    long end = epochNanos - range.offsetNanos();
    List<PlainSample> window =
        samples.computeIfAbsent(range, r -> samples(aggregation)).stream()
            .filter(s -> s.epochNanos() > end - range.rangeNanos() && s.epochNanos() <= end)
            .toList();
    Set<String> errors = new TreeSet<>();
    window.forEach(sample -> errors.add(sample.labels().getOrDefault(PlainRow.ERROR, "")));
    errors.remove("");
    if (!errors.isEmpty()) {
      throw PlainFailure.pipeline(errors);
    }
    return window;
  }

  private List<PlainSample> samples(RangeAggregation aggregation) {
    Unwrap unwrap = aggregation.range().unwrap();
    List<PlainSample> all = new ArrayList<>();
    for (PlainRow row : log(aggregation.range().log(), new QuerySpan(0, Long.MAX_VALUE))) {
      boolean countsBytes =
          aggregation.function() == RangeFunction.BYTES_RATE
              || aggregation.function() == RangeFunction.BYTES_OVER_TIME;
      int bytes = row.line.getBytes(StandardCharsets.UTF_8).length;
      OptionalDouble value =
          unwrap == null
              ? OptionalDouble.of(countsBytes ? bytes : 1)
              : PlainPipeline.unwrapped(unwrap, row);
      if (value.isPresent()) {
        all.add(
            new PlainSample(
                row.entry.epochNanos(), value.getAsDouble(), row.allLabels(), row.entry.origin()));
      }
    }
    return all;
  }

  /** Spec logql.md 8.8. */
  private static Element replaced(LabelReplace replace, Element element) {
    String source = element.labels().getOrDefault(replace.source(), "");
    Matcher matcher = PlainRegex.of("^(?:" + replace.regex() + ")$").matcher(source);
    if (!matcher.find()) {
      return element;
    }
    Map<String, String> labels = new TreeMap<>(element.labels());
    String value = expanded(replace.replacement(), matcher);
    if (value.isEmpty()) {
      labels.remove(replace.target());
    } else {
      labels.put(replace.target(), value);
    }
    return new Element(labels, element.value());
  }

  /**
   * {@code $1}, {@code ${1}} and {@code ${name}}; unknown groups are empty, as in Go's
   * regexp.Expand.
   */
  private static String expanded(String replacement, Matcher matcher) {
    Matcher references =
        PlainRegex.of("\\$(?:([0-9A-Za-z_]+)|\\{([0-9A-Za-z_]+)\\})").matcher(replacement);
    StringBuilder text = new StringBuilder();
    int end = 0;
    while (references.find()) {
      text.append(replacement, end, references.start());
      String name = references.group(1) == null ? references.group(2) : references.group(1);
      text.append(group(matcher, name));
      end = references.end();
    }
    return text.append(replacement.substring(end)).toString();
  }

  private static String group(Matcher matcher, String name) {
    boolean isNumber = name.chars().allMatch(c -> c >= '0' && c <= '9');
    Integer group = isNumber ? Integer.valueOf(name) : matcher.pattern().namedGroups().get(name);
    String value = group == null || group > matcher.groupCount() ? null : matcher.group(group);
    return value == null ? "" : value;
  }

  /** As the model has them. */
  static Labels labels(Element element) {
    return Labels.of(element.labels());
  }
}
