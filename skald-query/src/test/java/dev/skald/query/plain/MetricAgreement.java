package dev.skald.query.plain;

import dev.skald.logql.engine.QueryParams;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.StatsStep;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.Sample;
import dev.skald.model.Series;
import dev.skald.query.plain.PlainVector.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compares a metric query's answer with the plain path's vectors (spec logql.md 1, 8.6). */
final class MetricAgreement {
  private static final double RELATIVE_ERROR_MAX = 1e-9;

  /** Below this two numbers are both nothing. */
  private static final double ABSOLUTE_ERROR_MAX = 1e-12;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Question question;
  private final List<PlainVector> vectors;

  MetricAgreement(Question question, List<PlainVector> vectors) {
    this.question = question;
    this.vectors = vectors;
  }

  private record Place(long epochMillis, Labels labels) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byLabels = labels.compareTo(other.labels);
      return byLabels != 0 ? byLabels : Long.compare(epochMillis, other.epochMillis);
    }
  }

  /** What is wrong with the answer; empty if nothing is. */
  String difference(QueryResult answer) {
    boolean isInstant = question.params().kind() == QueryParams.Kind.INSTANT;
    return switch (answer) {
      case QueryResult.Scalar(Sample sample) ->
          isInstant && vectors.getFirst() instanceof PlainVector.Constant(double value)
              ? pair(sample.value(), value)
              : "a scalar";
      case QueryResult.Vector(List<Series> series) -> {
        if (!isInstant || !(vectors.getFirst() instanceof PlainVector.Elements)) {
          yield "a vector";
        }
        boolean isSorted = question.query().contains("sort") || sortsStats();
        String wrong = isSorted ? "" : order(series);
        wrong = wrong.isEmpty() && question.query().startsWith("sort") ? sorted(series) : wrong;
        wrong = wrong.isEmpty() && sortsStats() ? inOrder(series) : wrong;
        yield wrong.isEmpty() ? values(series) : wrong;
      }
      case QueryResult.Matrix(List<Series> series) -> {
        String wrong = isInstant ? "a matrix" : sortsStats() ? inOrder(series) : order(series);
        yield wrong.isEmpty() ? values(series) : wrong;
      }
      case QueryResult.Streams _ -> "streams";
    };
  }

  private static String order(List<Series> series) {
    for (int i = 1; i < series.size(); i++) {
      if (series.get(i - 1).labels().compareTo(series.get(i).labels()) > 0) {
        return "not in order of labels: " + series.get(i).labels();
      }
    }
    return "";
  }

  private String sorted(List<Series> series) {
    List<Element> expected = vectors.getFirst().elements();
    for (int i = 0; i < Math.min(series.size(), expected.size()); i++) {
      double value = series.get(i).samples().getFirst().value();
      if (!isClose(value, expected.get(i).value())) {
        return "not in order of values: " + value + " in place " + i;
      }
    }
    return "";
  }

  /** Whether stats gave the vector an order that nothing but labels and values can change. */
  private boolean sortsStats() {
    return Stream.of(question.expr())
        .flatMap(
            expr ->
                expr instanceof MetricExpr.BinaryOperation operation
                    ? Stream.of(operation.left())
                    : Stream.of(expr))
        .anyMatch(
            expr ->
                expr instanceof MetricExpr.Stats stats
                    && stats.steps().stream().anyMatch(StatsStep.Sort.class::isInstance));
  }

  private String inOrder(List<Series> series) {
    List<Labels> expected =
        vectors.getFirst().elements().stream().map(element -> Labels.of(element.labels())).toList();
    List<Labels> found = series.stream().map(Series::labels).toList();
    return found.equals(expected) ? "" : "in order: " + found + " expected: " + expected;
  }

  private String values(List<Series> series) {
    Map<Place, List<Double>> found = new TreeMap<>();
    for (Series one : series) {
      for (Sample sample : one.samples()) {
        found
            .computeIfAbsent(
                new Place(sample.timestampEpochMillis(), one.labels()), p -> new ArrayList<>())
            .add(sample.value());
      }
    }
    Map<Place, List<Double>> expected = expected();
    for (Map.Entry<Place, List<Double>> place : expected.entrySet()) {
      List<Double> values = found.remove(place.getKey());
      if (values == null || values.size() != place.getValue().size()) {
        return place.getKey() + ": " + values + " expected: " + place.getValue();
      }
      values.sort(null);
      place.getValue().sort(null);
      for (int i = 0; i < values.size(); i++) {
        String wrong = pair(values.get(i), place.getValue().get(i));
        if (!wrong.isEmpty()) {
          return place.getKey() + ": " + wrong;
        }
      }
    }
    return found.isEmpty() ? "" : "not expected: " + found.entrySet().iterator().next();
  }

  private Map<Place, List<Double>> expected() {
    Map<Place, List<Double>> expected = new TreeMap<>();
    List<Long> times = PlainAnswer.times(question);
    for (int step = 0; step < times.size(); step++) {
      long millis = Math.floorDiv(times.get(step), NANOS_PER_MILLI);
      List<Element> elements =
          switch (vectors.get(step)) {
            case PlainVector.Elements(List<Element> list) -> list;
            case PlainVector.Constant(double value) -> List.of(new Element(Map.of(), value));
          };
      for (Element element : elements) {
        expected
            .computeIfAbsent(new Place(millis, Labels.of(element.labels())), p -> new ArrayList<>())
            .add(element.value());
      }
    }
    return expected;
  }

  private static String pair(double found, double expected) {
    return isClose(found, expected) ? "" : found + " expected: " + expected;
  }

  private static boolean isClose(double a, double b) {
    if (Double.compare(a, b) == 0 || a == b) {
      return true;
    }
    double error = Math.abs(a - b);
    double magnitude = Math.max(Math.abs(a), Math.abs(b));
    return Double.isFinite(error)
        && (error <= ABSOLUTE_ERROR_MAX || error <= RELATIVE_ERROR_MAX * magnitude);
  }
}
