package dev.skald.logql.engine;

import static dev.skald.logql.engine.EngineFixture.SECOND;
import static dev.skald.logql.engine.Extended.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.logql.engine.MemoryPages.Row;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.model.Direction;
import dev.skald.model.Labels;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The name that stands for an entry's own time. */
final class TimestampFilterTest {
  /** 2023-12-31T05:20:00Z. */
  private static final long START = 1_704_000_000L;

  private static final Labels WEB = Labels.of("app", "web");
  private static final MemoryPages PAGES =
      MemoryPages.single(
          List.of(
              new Row(WEB, START * SECOND - 1, "before"),
              new Row(WEB, START * SECOND, "start"),
              new Row(WEB, START * SECOND + 1, "after"),
              new Row(WEB, (START + 3600) * SECOND, "end"),
              new Row(WEB, (START + 3601) * SECOND, "late")));

  /** A condition and the lines that satisfy it. */
  record Case(String condition, String lines) {}

  static List<Case> cases() {
    return List.of(
        new Case("__timestamp__ >= 1704000000", "start, after, end, late"),
        new Case("__timestamp__ > 1704000000", "after, end, late"),
        new Case("__timestamp__ < 1704000000", "before"),
        new Case("__timestamp__ <= 1704000000", "before, start"),
        new Case("__timestamp__ = 1704000000", "start"),
        new Case("__timestamp__ == 1704000000", "start"),
        new Case("__timestamp__ != 1704000000", "before, after, end, late"),
        new Case("__timestamp__ = 1704003600000", "end"),
        new Case("__timestamp__ = 1704003600000000", "end"),
        new Case("__timestamp__ = 1704003600000000000", "end"),
        new Case("__timestamp__ = 1704000000000000001", "after"),
        new Case("__timestamp__ = 1704000000.000000001", "after"),
        new Case("__timestamp__ = 1.704e9", "start"),
        new Case("__timestamp__ > -5", "before, start, after, end, late"),
        new Case("__timestamp__ >= \"2023-12-31T06:20:00Z\"", "end, late"),
        new Case("__timestamp__ = \"2023-12-31T07:20:00+01:00\"", "end"),
        new Case("__timestamp__ < \"2023-12-31T05:20:00.000000001Z\"", "before, start"),
        new Case("__timestamp__ != \"2023-12-31T05:20:00Z\"", "before, after, end, late"),
        new Case("__timestamp__ > 1704000000 and __timestamp__ < 1704003601", "after, end"),
        new Case(
            "(__timestamp__ < 1704000000 or __timestamp__ > 1704003600) and app = \"web\"",
            "before, late"),
        // as in LogQL: there is no such label
        new Case("__timestamp__ = \"yesterday\"", ""),
        new Case("__timestamp__ > 5m", ""));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void comparesTheEntrysTime(Case c) {
    String query = "{app=\"web\"} | " + c.condition();
    assertEquals(c.lines(), Extended.lines(query, PAGES, 0, Long.MAX_VALUE, Direction.FORWARD));
  }

  @Test
  void aLabelOfThatNameComesFirst() {
    MemoryPages pages =
        Extended.pages(line(WEB, 1, "{\"__timestamp__\":7}"), line(WEB, 2, "{\"a\":7}"));
    assertEquals(
        "{\"__timestamp__\":7}", Extended.lines("{app=\"web\"} | json | __timestamp__ = 7", pages));
    assertEquals("{\"a\":7}", Extended.lines("{app=\"web\"} | json | __timestamp__ = 2", pages));
  }

  @Test
  void metricQueriesMayUseIt() {
    assertEquals(
        "{app=\"web\"} => 2.0",
        Extended.vector(
            "count_over_time({app=\"web\"} | __timestamp__ <= 2 [1h])",
            Extended.pages(line(WEB, 1, "a"), line(WEB, 2, "b"), line(WEB, 3, "c"))));
  }

  @Test
  void theRequestsTimeIsNotWidened() {
    assertEquals(
        "start, after",
        Extended.lines(
            "{app=\"web\"} | __timestamp__ >= 0",
            PAGES,
            START * SECOND,
            (START + 10) * SECOND,
            Direction.FORWARD));
  }

  @Test
  void aTextThatIsNoTimeIsRefused() {
    LogqlSyntaxException e =
        assertThrows(
            LogqlSyntaxException.class,
            () -> Extended.lines("{app=\"web\"} | __timestamp__ > \"now\"", PAGES));
    assertEquals(
        "parse error at line 1, col 31: not a time as RFC 3339 writes it: now", e.getMessage());
  }
}
