package dev.skald.testkit.script;

import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.Quoted;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import dev.skald.model.Sample;
import dev.skald.model.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Compares an answer with what a script expects. Both sides are brought into the same lines of
 * text.
 */
final class AnswerComparison {
  private static final long MILLI_NANOS = 1_000_000L;

  /** Values that differ by less, relatively, are equal: sums may be formed in any order. */
  private static final double TOLERANCE = 1e-9;

  private final long originEpochNanos;
  private final Evaluation evaluation;

  AnswerComparison(long originEpochNanos, Evaluation evaluation) {
    this.originEpochNanos = originEpochNanos;
    this.evaluation = evaluation;
  }

  /** What is wrong with the answer; empty if nothing is. */
  Optional<String> mismatch(QueryResult result, Expectation expectation) {
    return switch (expectation) {
      case Expectation.Fails(var _, String message) ->
          Optional.of(
              "expected failure: " + message + "\nactual answer:\n" + shown(result).indent(2));
      case Expectation.Empty _ ->
          isEmpty(result)
              ? Optional.empty()
              : Optional.of("expected nothing\nactual answer:\n" + shown(result).indent(2));
      case Expectation.ScalarValue(double value) -> number(result, value);
      case Expectation.SeriesList list -> series(result, list);
      case Expectation.Entries entries -> entries(result, entries);
    };
  }

  private static boolean isEmpty(QueryResult result) {
    return switch (result) {
      case QueryResult.Streams(var streams, var _) ->
          streams.stream().allMatch(stream -> stream.entries().isEmpty());
      case QueryResult.Matrix(var series) -> series.isEmpty();
      case QueryResult.Vector(var series) -> series.isEmpty();
      case QueryResult.Scalar _ -> false;
    };
  }

  private Optional<String> number(QueryResult result, double value) {
    if (result instanceof QueryResult.Scalar(Sample sample)) {
      return equal(sample.value(), value)
          ? Optional.empty()
          : Optional.of("expected: " + value + "\nactual:   " + sample.value());
    }
    return Optional.of("expected a scalar\nactual answer:\n" + shown(result).indent(2));
  }

  /**
   * One line of a comparison. Values are kept apart from the text, because they may differ a
   * little.
   */
  private record Row(String text, List<OptionalDouble> values) {
    boolean fits(Row other) {
      if (!text.equals(other.text) || values.size() != other.values.size()) {
        return false;
      }
      for (int i = 0; i < values.size(); i++) {
        OptionalDouble a = values.get(i);
        OptionalDouble b = other.values.get(i);
        boolean same = a.isPresent() && b.isPresent() && equal(a.getAsDouble(), b.getAsDouble());
        if (!same && !(a.isEmpty() && b.isEmpty())) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      StringBuilder line = new StringBuilder(text);
      for (OptionalDouble value : values) {
        line.append(' ').append(value.isPresent() ? Double.toString(value.getAsDouble()) : "_");
      }
      return line.toString();
    }
  }

  private Optional<String> series(QueryResult result, Expectation.SeriesList expected) {
    List<Series> series;
    switch (evaluation) {
      case Evaluation.Instant _ when result instanceof QueryResult.Vector(var found) ->
          series = found;
      case Evaluation.Range _ when result instanceof QueryResult.Matrix(var found) ->
          series = found;
      default -> {
        return Optional.of("expected series\nactual answer:\n" + shown(result).indent(2));
      }
    }
    List<Row> wanted = new ArrayList<>();
    for (Expectation.ExpectedSeries line : expected.series()) {
      wanted.add(new Row(line.labels().toString(), line.values()));
    }
    return difference(wanted, seriesRows(series), expected.order());
  }

  /** Values by evaluation time; a sample at another time shows with its time. */
  private List<Row> seriesRows(List<Series> series) {
    List<Row> rows = new ArrayList<>();
    for (Series one : series) {
      Map<Long, Double> byTime = new TreeMap<>();
      one.samples().forEach(s -> byTime.put(s.timestampEpochMillis(), s.value()));
      List<OptionalDouble> values = new ArrayList<>();
      for (long time : evaluationEpochMillis()) {
        Double value = byTime.remove(time);
        values.add(value == null ? OptionalDouble.empty() : OptionalDouble.of(value));
      }
      String strays = byTime.isEmpty() ? "" : " (at other times: " + byTime + ")";
      rows.add(new Row(one.labels() + strays, values));
    }
    return rows;
  }

  private List<Long> evaluationEpochMillis() {
    return switch (evaluation) {
      case Evaluation.Instant(String _, long time) ->
          List.of((originEpochNanos + time) / MILLI_NANOS);
      case Evaluation.Range range -> {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < range.steps(); i++) {
          times.add((originEpochNanos + range.startNanos() + i * range.stepNanos()) / MILLI_NANOS);
        }
        yield times;
      }
      case Evaluation.Logs _ -> List.of();
    };
  }

  private Optional<String> entries(QueryResult result, Expectation.Entries expected) {
    if (!(result instanceof QueryResult.Streams(var streams, var _))) {
      return Optional.of("expected entries\nactual answer:\n" + shown(result).indent(2));
    }
    Map<Labels, StringBuilder> wanted = new LinkedHashMap<>();
    for (Expectation.ExpectedEntry line : expected.entries()) {
      wanted
          .computeIfAbsent(line.labels(), _ -> new StringBuilder())
          .append(entryText(line.line(), line.timeNanos()));
    }
    return difference(entryRows(wanted), entryRows(byAllLabels(streams)), expected.order());
  }

  /** The entries of each complete label set, in the order of the answer. */
  private Map<Labels, StringBuilder> byAllLabels(List<ResultStream> streams) {
    Map<Labels, StringBuilder> groups = new LinkedHashMap<>();
    for (ResultStream stream : streams) {
      for (ResultEntry entry : stream.entries()) {
        Map<String, String> all = new TreeMap<>();
        for (Labels part : List.of(stream.stream(), entry.structuredMetadata(), entry.parsed())) {
          for (Label label : part.sorted()) {
            all.put(label.name(), label.value());
          }
        }
        groups
            .computeIfAbsent(Labels.of(all), _ -> new StringBuilder())
            .append(entryText(entry.line(), entry.timestampEpochNanos() - originEpochNanos));
      }
    }
    return groups;
  }

  private static List<Row> entryRows(Map<Labels, StringBuilder> groups) {
    List<Row> rows = new ArrayList<>();
    groups.forEach((labels, entries) -> rows.add(new Row(labels + entries.toString(), List.of())));
    return rows;
  }

  private static String entryText(String line, long timeNanos) {
    long millis = Math.floorDiv(timeNanos, MILLI_NANOS);
    long rest = Math.floorMod(timeNanos, MILLI_NANOS);
    return "\n  " + Quoted.of(line) + " @ " + millis + "ms" + (rest == 0 ? "" : rest + "ns");
  }

  private static Optional<String> difference(
      List<Row> wanted, List<Row> found, Expectation.Order order) {
    if (order == Expectation.Order.AS_LISTED) {
      return inOrder(wanted, found);
    }
    List<Row> missing = new ArrayList<>();
    List<Row> unexpected = new ArrayList<>(found);
    for (Row row : wanted) {
      int at = firstFit(row, unexpected);
      if (at < 0) {
        missing.add(row);
      } else {
        unexpected.remove(at);
      }
    }
    if (missing.isEmpty() && unexpected.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder what = new StringBuilder();
    missing.forEach(row -> what.append("missing:    ").append(row).append('\n'));
    unexpected.forEach(row -> what.append("unexpected: ").append(row).append('\n'));
    return Optional.of(what.toString());
  }

  private static int firstFit(Row row, List<Row> rows) {
    for (int i = 0; i < rows.size(); i++) {
      if (row.fits(rows.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static Optional<String> inOrder(List<Row> wanted, List<Row> found) {
    boolean same = wanted.size() == found.size();
    for (int i = 0; same && i < wanted.size(); i++) {
      same = wanted.get(i).fits(found.get(i));
    }
    return same
        ? Optional.empty()
        : Optional.of(
            "expected in this order:\n"
                + joined(wanted).indent(2)
                + "actual:\n"
                + joined(found).indent(2));
  }

  private static String joined(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(row).append('\n'));
    return text.toString();
  }

  private String shown(QueryResult result) {
    return switch (result) {
      case QueryResult.Streams(var streams, var _) -> joined(entryRows(byAllLabels(streams)));
      case QueryResult.Matrix(var series) -> joined(seriesRows(series));
      case QueryResult.Vector(var series) -> joined(seriesRows(series));
      case QueryResult.Scalar(Sample sample) -> Double.toString(sample.value());
    };
  }

  private static boolean equal(double a, double b) {
    return Double.compare(a, b) == 0
        || a == b
        || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  }
}
