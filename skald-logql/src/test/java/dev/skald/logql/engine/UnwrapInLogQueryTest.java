package dev.skald.logql.engine;

import static dev.skald.logql.engine.Extended.line;
import static dev.skald.logql.engine.Extended.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.model.Direction;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code unwrap} as a check. */
final class UnwrapInLogQueryTest {
  private static final Labels API = Labels.of("service", "api");
  private static final MemoryPages PAGES =
      Extended.pages(
          line(API, 1, "d=12 t=5ms"),
          line(API, 2, "t=5"),
          line(API, 3, "d= t=1s"),
          line(API, 4, "d=x t=2s"),
          line(API, 5, "d=1e3 b=2KB"));

  @Test
  void entriesWithoutTheLabelAreDropped() {
    assertEquals(
        "d=12 t=5ms, d=x t=2s, d=1e3 b=2KB", lines("{service=\"api\"} | logfmt | unwrap d", PAGES));
  }

  @Test
  void filtersMayFollow() {
    assertEquals(
        "d=12 t=5ms, d=1e3 b=2KB",
        lines("{service=\"api\"} | logfmt | unwrap d | __error__=\"\"", PAGES));
    assertEquals(
        "d=1e3 b=2KB",
        lines("{service=\"api\"} | logfmt | unwrap d | __error__=\"\" | d > 100", PAGES));
  }

  @Test
  void conversionsAreChecked() {
    assertEquals(
        "d=12 t=5ms, d= t=1s, d=x t=2s",
        lines("{service=\"api\"} | logfmt | unwrap duration(t) | __error__=\"\"", PAGES));
    assertEquals(
        "d=1e3 b=2KB",
        lines("{service=\"api\"} | logfmt | unwrap bytes(b) | __error__=\"\"", PAGES));
  }

  @Test
  void linesAndLabelsStayAsTheyAre() {
    QueryParams params =
        new QueryParams(QueryParams.Kind.RANGE, 0, Extended.END, 0, 0, 100, Direction.FORWARD);
    String query = "{service=\"api\"} |= \"d=x\" | logfmt | unwrap d";
    QueryResult.Streams answer = (QueryResult.Streams) EngineFixture.extended(query, params, PAGES);
    Labels parsed =
        Labels.of(
            "__error__",
            "SampleExtractionErr",
            "__error_details__",
            "strconv.ParseFloat: parsing \"x\": invalid syntax",
            "d",
            "x",
            "t",
            "2s");
    assertEquals(
        List.of(
            new ResultStream(
                API,
                List.of(
                    new ResultEntry(4 * EngineFixture.SECOND, "d=x t=2s", Labels.EMPTY, parsed)))),
        answer.streams());
  }
}
