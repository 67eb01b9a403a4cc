package dev.skald.testkit.script;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.model.Entry;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import dev.skald.model.Sample;
import dev.skald.model.Series;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What passes, what does not, and what is said then. */
final class ScriptRunnerTest {
  private static final Labels WEB = Labels.of("app", "web");
  private static final Labels DB = Labels.of("app", "db");

  /** Origin 1000 s: what the canned answers stand on. */
  private static final ScriptRunner RUNNER = new ScriptRunner(1_000_000_000_000L);

  private static final Map<String, ScriptAnswer> ANSWERS =
      Map.of(
          "vector",
              success(
                  new QueryResult.Vector(List.of(at(WEB, 1_060_000, 3), at(DB, 1_060_000, 0.1)))),
          "late", success(new QueryResult.Vector(List.of(at(WEB, 1_061_000, 3)))),
          "none", success(new QueryResult.Vector(List.of())),
          "number", success(new QueryResult.Scalar(new Sample(0, Double.NaN))),
          "matrix",
              success(
                  new QueryResult.Matrix(
                      List.of(
                          new Series(
                              WEB, List.of(new Sample(1_000_000, 1), new Sample(1_060_000, 2)))))),
          "logs",
              success(
                  new QueryResult.Streams(
                      List.of(
                          new ResultStream(
                              WEB,
                              List.of(
                                  entry(2, "b", Labels.of("trace", "t")),
                                  entry(1, "a", Labels.EMPTY),
                                  entry(0, "a", Labels.EMPTY)))))),
          "bad", new ScriptAnswer.Failure("parse error at line 1, col 1: bad"));

  private static ScriptAnswer success(QueryResult result) {
    return new ScriptAnswer.Success(result);
  }

  private static Series at(Labels labels, long epochMillis, double value) {
    return new Series(labels, List.of(new Sample(epochMillis, value)));
  }

  private static ResultEntry entry(long seconds, String line, Labels metadata) {
    return new ResultEntry((1_000 + seconds) * 1_000_000_000L, line, metadata, Labels.EMPTY);
  }

  static Stream<String> passing() {
    return Stream.of(
        """
        eval instant at 1m vector
          {app="db"} 0.1
          {app="web"} 3
        """,
        """
        eval instant at 1m vector
          expect ordered
          {app="web"} 3
          {app="db"} 0.10000000000000001
        """,
        "eval instant at 1m none\n  expect empty",
        "eval instant at 1m number\n  NaN",
        """
        eval range from 0s to 1m step 30s matrix
          {app="web"} 1 _ 2
        """,
        """
        eval logs from 0s to 1m logs
          {app="web"} "a" @ 1s
          {app="web", trace="t"} "b" @ 2s
          {app="web"} `a` @ 0s
        """,
        """
        # A comment, and a query on two lines.
        eval instant at 1m \\
          vector
          {app="db"} 0.1
          # between
          {app="web"} 3
        """,
        "eval instant at 1m bad\n  expect fail",
        "eval instant at 1m bad\n  expect fail msg: parse error at line 1, col 1: bad",
        "eval instant at 1m bad\n  expect fail msg: \"parse error at line 1, col 1: bad\"",
        "eval instant at 1m bad\n  expect fail part: col 1");
  }

  @ParameterizedTest
  @MethodSource("passing")
  void passes(String script) {
    assertDoesNotThrow(() -> run(script));
  }

  record Failing(String script, String message) {}

  static Stream<Failing> failing() {
    return Stream.of(
        new Failing(
            "\neval instant at 1m vector\n  {app=\"web\"} 4",
            """
            test:2: eval instant at 1m vector
              missing:    {app="web"} 4.0
              unexpected: {app="web"} 3.0
              unexpected: {app="db"} 0.1
            """),
        new Failing(
            "eval instant at 1m vector\n  expect ordered\n  {app=\"db\"} 0.1\n  {app=\"web\"} 3",
            """
            test:1: eval instant at 1m vector
              expected in this order:
                {app="db"} 0.1
                {app="web"} 3.0
              actual:
                {app="web"} 3.0
                {app="db"} 0.1
            """),
        new Failing(
            "eval instant at 1m late\n  {app=\"web\"} 3",
            """
            test:1: eval instant at 1m late
              missing:    {app="web"} 3.0
              unexpected: {app="web"} (at other times: {1061000=3.0}) _
            """),
        new Failing(
            "eval instant at 1m vector\n  expect empty",
            """
            test:1: eval instant at 1m vector
              expected nothing
              actual answer:
                {app="web"} 3.0
                {app="db"} 0.1
            """),
        new Failing(
            "eval range from 0s to 1m step 30s matrix\n  {app=\"web\"} 1 2 2",
            """
            test:1: eval range from 0s to 1m step 30s matrix
              missing:    {app="web"} 1.0 2.0 2.0
              unexpected: {app="web"} 1.0 _ 2.0
            """),
        new Failing(
            "eval logs from 0s to 1m limit 5 logs\n  {app=\"web\"} \"a\" @ 0s\n"
                + "  {app=\"web\"} \"a\" @ 1s",
            """
            test:1: eval logs from 0s to 1m limit 5 logs
              missing:    {app="web"}
                "a" @ 0ms
                "a" @ 1000ms
              unexpected: {app="web", trace="t"}
                "b" @ 2000ms
              unexpected: {app="web"}
                "a" @ 1000ms
                "a" @ 0ms
            """),
        new Failing(
            "eval instant at 1m number\n  1",
            """
            test:1: eval instant at 1m number
              expected: 1.0
              actual:   NaN
            """),
        new Failing(
            "eval instant at 1m vector\n  expect fail msg: no",
            """
            test:1: eval instant at 1m vector
              expected failure: no
              actual answer:
                {app="web"} 3.0
                {app="db"} 0.1
            """),
        new Failing(
            "eval instant at 1m bad\n  expect fail msg: parse error",
            """
            test:1: eval instant at 1m bad
              expected failure: parse error
              actual failure:   parse error at line 1, col 1: bad
            """),
        new Failing(
            "eval instant at 1m bad\n  expect empty\neval instant at 1m bad\n  expect fail part: x",
            """
            test:1: eval instant at 1m bad
              failed: parse error at line 1, col 1: bad

            test:3: eval instant at 1m bad
              expected failure: x
              actual failure:   parse error at line 1, col 1: bad
            """),
        new Failing(
            "eval instant at 1m matrix\n  {app=\"web\"} 1",
            """
            test:1: eval instant at 1m matrix
              expected series
              actual answer:
                {app="web"} (at other times: {1000000=1.0}) 2.0
            """));
  }

  @ParameterizedTest
  @MethodSource("failing")
  void saysWhatIsWrong(Failing c) {
    ScriptFailure e = assertThrows(ScriptFailure.class, () -> run(c.script()));
    assertEquals(c.message(), e.getMessage());
  }

  @Test
  void loadsAndAsksInOrderAtTheOrigin() {
    String script =
        """
        load
          {app="web"} "n=<n>" metadata {trace="t"} @ 10s [repeat every 5s for 3]
          {app="db"}  `raw "text"` @ 1m
        eval range from 0s to 1m step 30s bad
          expect fail
        eval logs from 0s to 1h30m limit 7 forward bad
          expect fail
        eval logs from 250ms to 1d bad
          expect fail
        """;
    CannedTarget target = run(script);
    Labels trace = Labels.of("trace", "t");
    assertEquals(
        List.of(
            new LoadedEntry(WEB, new Entry(1_010_000_000_000L, "n=1", trace)),
            new LoadedEntry(WEB, new Entry(1_015_000_000_000L, "n=2", trace)),
            new LoadedEntry(WEB, new Entry(1_020_000_000_000L, "n=3", trace)),
            new LoadedEntry(DB, new Entry(1_060_000_000_000L, "raw \"text\"", Labels.EMPTY))),
        target.loaded);
    assertEquals(
        List.of(
            "range 1000000000000 1060000000000 30000000000 bad",
            "logs 1000000000000 6400000000000 7 FORWARD bad",
            "logs 1000250000000 87400000000000 100 BACKWARD bad"),
        target.asked);
  }

  private static CannedTarget run(String script) {
    CannedTarget target = new CannedTarget(ANSWERS);
    RUNNER.run(Script.parse("test", script), target);
    return target;
  }
}
