package dev.skald.logql.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.logql.syntax.LokiReading;
import dev.skald.model.Direction;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import dev.skald.model.Sample;
import dev.skald.model.Series;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries over the recorded data set, and what the reference answered. */
final class RecordedAnswersTest {
  private static final List<String> AREAS =
      List.of(
          "range-aggregations",
          "unwrap",
          "vector-aggregations",
          "binary-operations",
          "literals-vector-replace",
          "ordering");

  /** Cases that are answered otherwise on purpose, each with its reason. */
  private static final Map<String, String> SKIPPED =
      Map.of("vector-aggregations-096", "approx_topk is off in the reference");

  private static final double RELATIVE = 1e-9;
  private static final List<MemoryPages.Row> ROWS = PushedRows.load();
  private static final MemoryPages SINGLE = MemoryPages.single(ROWS);
  private static final MemoryPages SPLIT = MemoryPages.split(ROWS, new Random(11));

  /** A recorded request and its answer. */
  record Recorded(String id, JsonTree json) {
    String query() {
      return json.member("params").text("query");
    }

    @Override
    public String toString() {
      return id + " " + query();
    }
  }

  static Stream<Recorded> cases() {
    return AREAS.stream()
        .flatMap(
            area ->
                JsonTree.resource("/conformance/" + area + ".json")
                    .member("cases")
                    .elements()
                    .stream())
        .map(json -> new Recorded(json.text("id"), json))
        .filter(recorded -> !SKIPPED.containsKey(recorded.id));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsTheReference(Recorded recorded) {
    check(recorded, SINGLE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsTheReferenceFromManyPages(Recorded recorded) {
    check(recorded, SPLIT);
  }

  private static void check(Recorded recorded, LogSource source) {
    JsonTree expect = recorded.json.member("expect");
    QueryParams params = params(recorded);
    QueryResult result;
    try {
      Expr read = LokiReading.of(LogqlParser.parse(recorded.query()));
      result = EngineFixture.ENGINE.run(read, params, EngineFixture.AMPLE, source).result();
    } catch (SkaldException | LogqlSyntaxException e) {
      String message = String.valueOf(e.getMessage());
      if (!expect.isText()) {
        throw e;
      }
      if (recorded.json.text("compare").equals("prefix")) {
        assertTrue(message.startsWith(expect.text()), message);
      } else {
        assertEquals(expect.text(), message);
      }
      return;
    }
    if (expect.isText()) {
      fail("answered instead of: " + expect.text());
    }
    JsonTree data = expect.member("data");
    String compare = recorded.json.text("compare");
    switch (result) {
      case QueryResult.Scalar(Sample sample) -> {
        assertEquals("scalar", data.text("resultType"));
        assertNumber(data.member("result").elements().get(1).text(), sample.value());
      }
      case QueryResult.Vector(List<Series> series) -> {
        assertEquals("vector", data.text("resultType"));
        assertSeries(data.member("result").elements(), series, compare);
      }
      case QueryResult.Matrix(List<Series> series) -> {
        assertEquals("matrix", data.text("resultType"));
        assertSeries(data.member("result").elements(), series, compare);
      }
      case QueryResult.Streams(List<ResultStream> streams, QueryResult.Streams.Order _) -> {
        assertEquals("streams", data.text("resultType"));
        assertStreams(
            data.member("result").elements(),
            CompleteStreams.of(streams, params.direction()),
            compare);
      }
    }
  }

  private static QueryParams params(Recorded recorded) {
    Map<String, String> params = recorded.json.member("params").texts();
    if (recorded.json.text("path").endsWith("/query")) {
      long time = nanos(params.getOrDefault("time", ""));
      return new QueryParams(QueryParams.Kind.INSTANT, time, time, 0, 0, 100, Direction.BACKWARD);
    }
    long start = nanos(params.getOrDefault("start", ""));
    long end = nanos(params.getOrDefault("end", ""));
    long step = params.containsKey("step") ? nanos(params.getOrDefault("step", "")) : 0;
    if (step > 0) {
      // Spec logql.md 8.2: the caller aligns metric queries.
      start = Math.floorDiv(start, step) * step;
      end = Math.ceilDiv(end, step) * step;
    }
    return new QueryParams(
        QueryParams.Kind.RANGE,
        start,
        end,
        step,
        0,
        Integer.parseInt(params.getOrDefault("limit", "100")),
        params.getOrDefault("direction", "backward").equals("forward")
            ? Direction.FORWARD
            : Direction.BACKWARD);
  }

  private static long nanos(String time) {
    return time.length() > 12
        ? Long.parseLong(time)
        : new BigDecimal(time).movePointRight(9).longValueExact();
  }

  /** One series of either side, in comparable form. */
  private record Line(Labels labels, List<String> times, List<String> values) {}

  private static void assertSeries(List<JsonTree> expected, List<Series> actual, String compare) {
    List<Line> want = new ArrayList<>();
    for (JsonTree series : expected) {
      List<JsonTree> points =
          series.has("value")
              ? List.of(series.member("value"))
              : series.member("values").elements();
      want.add(
          new Line(
              PushedRows.labels(series.member("metric")),
              points.stream().map(p -> millis(p.elements().get(0).text())).toList(),
              points.stream().map(p -> p.elements().get(1).text()).toList()));
    }
    List<Line> have = new ArrayList<>();
    for (Series series : actual) {
      have.add(
          new Line(
              series.labels(),
              series.samples().stream().map(s -> "" + s.timestampEpochMillis()).toList(),
              series.samples().stream().map(s -> "" + s.value()).toList()));
    }
    if (!compare.equals("exact")) {
      Comparator<Line> order =
          Comparator.comparing(Line::labels).thenComparing(line -> line.values.toString());
      want.sort(order);
      have.sort(order);
    }
    assertEquals(
        want.stream().map(Line::labels).toList(), have.stream().map(Line::labels).toList());
    for (int i = 0; i < want.size(); i++) {
      assertEquals(want.get(i).times, have.get(i).times, "" + want.get(i).labels);
      for (int j = 0; j < want.get(i).values.size(); j++) {
        assertNumber(want.get(i).values.get(j), Double.parseDouble(have.get(i).values.get(j)));
      }
    }
  }

  private static String millis(String seconds) {
    return "" + new BigDecimal(seconds).movePointRight(3).longValueExact();
  }

  private static void assertNumber(String expected, double actual) {
    double want =
        switch (expected) {
          case "+Inf" -> Double.POSITIVE_INFINITY;
          case "-Inf" -> Double.NEGATIVE_INFINITY;
          default -> Double.parseDouble(expected);
        };
    if (Double.isFinite(want)) {
      assertEquals(want, actual, Math.abs(want) * RELATIVE);
    } else {
      assertEquals(want, actual);
    }
  }

  private static void assertStreams(
      List<JsonTree> expected, List<ResultStream> actual, String compare) {
    if (compare.equals("count")) {
      assertEquals(
          expected.stream().mapToInt(s -> s.member("values").elements().size()).sum(),
          actual.stream().mapToInt(s -> s.entries().size()).sum());
      return;
    }
    record Found(Labels labels, List<List<String>> entries) {}
    List<Found> want = new ArrayList<>();
    for (JsonTree stream : expected) {
      want.add(
          new Found(
              PushedRows.labels(stream.member("stream")),
              stream.member("values").elements().stream()
                  .map(v -> v.elements().stream().map(JsonTree::text).toList())
                  .toList()));
    }
    List<Found> have = new ArrayList<>();
    for (ResultStream stream : actual) {
      List<List<String>> entries = new ArrayList<>();
      for (ResultEntry entry : stream.entries()) {
        entries.add(List.of("" + entry.timestampEpochNanos(), entry.line()));
      }
      have.add(new Found(stream.stream(), entries));
    }
    if (!compare.equals("exact")) {
      want.sort(Comparator.comparing(Found::labels));
      have.sort(Comparator.comparing(Found::labels));
    }
    assertEquals(want, have);
  }
}
