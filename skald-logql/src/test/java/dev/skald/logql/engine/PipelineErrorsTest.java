package dev.skald.logql.engine;

import static dev.skald.logql.engine.EngineFixture.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.MemoryPages.Row;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.Sample;
import dev.skald.model.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines that a stage cannot read, in metric queries (spec logql.md 8.10). */
final class PipelineErrorsTest {
  private static final Labels WEB = Labels.of("app", "web");
  private static final MemoryPages PAGES =
      MemoryPages.single(
          List.of(
              new Row(WEB, SECOND, "{\"a\":\"1\",\"b\":\"2\"}"),
              new Row(WEB, 2 * SECOND, "{\"a\":\"1\",\"b\":")));

  @Test
  void aSeriesWithAnErrorFailsTheQuery() {
    SkaldException e =
        assertThrows(
            SkaldException.class,
            () ->
                EngineFixture.instant(
                    "count_over_time({app=\"web\"} | json [1m])", 10 * SECOND, PAGES));
    assertEquals(ErrorKind.BAD_REQUEST, e.kind());
    assertEquals(
        """
        pipeline error: 'JSONParserErr' for series: '{__error__="JSONParserErr", \
        __error_details__="Malformed JSON error", a="1", app="web"}'.
        Use a label filter to intentionally skip this error. (e.g | __error__!="JSONParserErr").
        To skip all potential errors you can match empty errors.(e.g __error__="")
        The label filter can also be specified after unwrap. (e.g | unwrap latency | __error__="" )
        """,
        e.getMessage());
  }

  @Test
  void anErrorOutsideAllWindowsDoesNot() {
    assertEquals(
        new QueryResult.Vector(
            List.of(
                new Series(
                    Labels.of("a", "1", "app", "web", "b", "2"), List.of(new Sample(1000, 1))))),
        EngineFixture.instant("count_over_time({app=\"web\"} | json [1m])", SECOND, PAGES));
  }

  @Test
  void sumsParseOnlyWhatTheyNeed() {
    assertEquals(
        new QueryResult.Vector(List.of(new Series(Labels.EMPTY, List.of(new Sample(10_000, 2))))),
        EngineFixture.instant(
            "sum(count_over_time({app=\"web\"} | json [1m]))", 10 * SECOND, PAGES));
    assertEquals(
        new QueryResult.Vector(
            List.of(new Series(Labels.of("a", "1"), List.of(new Sample(10_000, 2))))),
        EngineFixture.instant(
            "sum by (a) (count_over_time({app=\"web\"} | json [1m]))", 10 * SECOND, PAGES));
    assertThrows(
        SkaldException.class,
        () ->
            EngineFixture.instant(
                "sum without (a) (count_over_time({app=\"web\"} | json [1m]))",
                10 * SECOND,
                PAGES));
    assertThrows(
        SkaldException.class,
        () ->
            EngineFixture.instant(
                "max(count_over_time({app=\"web\"} | json [1m]))", 10 * SECOND, PAGES));
  }
}
