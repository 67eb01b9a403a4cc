package dev.skald.logql.engine;

import static dev.skald.logql.engine.EngineFixture.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.MemoryPages.Row;
import dev.skald.logql.pipeline.PipelineLimits;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.model.Direction;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens at the edges of a query's budget. */
final class QueryBudgetTest {
  private static final MemoryPages ENTRIES = entries();
  private static final QueryParams RANGE =
      new QueryParams(
          QueryParams.Kind.RANGE, 0, 2000 * SECOND, 10 * SECOND, 0, 5000, Direction.BACKWARD);

  private static MemoryPages entries() {
    List<List<Row>> pages = new ArrayList<>();
    for (int page = 0; page < 4; page++) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        Labels stream = Labels.of("app", "web", "pod", "p" + i % 50);
        rows.add(new Row(stream, (page * 500L + i) * SECOND, "line " + i));
      }
      pages.add(rows);
    }
    return MemoryPages.of(pages);
  }

  private static SkaldException refused(String query, QueryBudget budget) {
    return assertThrows(
        SkaldException.class,
        () -> EngineFixture.ENGINE.run(LogqlParser.parse(query), RANGE, budget, ENTRIES));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{app=\"web\"}",
        "count_over_time({app=\"web\"}[1m])",
        "sum by (pod) (count_over_time({app=\"web\"} | logfmt [1m]))",
        "topk(3, bytes_over_time({app=\"web\"}[1m]))",
        "sum(bytes_over_time({app=\"web\"} | line_format `{{ repeat 1000 \"x\" }}` [1m]))",
        "quantile_over_time(0.5, {app=\"web\"} | label_format v=`1` | unwrap v [1m]) by (app)",
        "variants(sum(rate({app=\"web\"}[1m]))) of ({app=\"web\"}[1m])",
      })
  void memoryIsCounted(String query) {
    QueryBudget little = new QueryBudget(10_000, Long.MAX_VALUE, 0, () -> false);
    SkaldException e = refused(query, little);
    assertEquals(ErrorKind.LIMIT, e.kind(), e.getMessage());
    assertEquals("query needs more memory than it may use", e.getMessage().split(":")[0]);
  }

  @Test
  void workOfTemplatesIsCounted() {
    String loop = "{{ range (fromJson \"[" + "1,".repeat(299) + "1]\") }}";
    SkaldException e =
        refused(
            "{app=\"web\"} | line_format `" + loop + loop + "x{{end}}{{end}}`",
            EngineFixture.AMPLE);
    assertEquals(ErrorKind.LIMIT, e.kind(), e.getMessage());
    assertTrue(
        e.getMessage().startsWith("templates of this query do too much work: "), e.getMessage());
  }

  @Test
  void replacementThatGrowsIsRefused() {
    String value = "x".repeat(1_000);
    String twice = "label_replace(%s, \"a\", \"" + "$1".repeat(40) + "\", \"a\", \"(.*)\")";
    String query = "label_replace(vector(1), \"a\", \"" + value + "\", \"\", \"\")";
    for (int i = 0; i < 3; i++) {
      query = twice.formatted(query);
    }
    SkaldException e = refused(query, EngineFixture.AMPLE);
    assertEquals(ErrorKind.LIMIT, e.kind());
    assertTrue(e.getMessage().startsWith("label_replace makes a value"), e.getMessage());
  }

  @Test
  void timeIsLookedAtBetweenPages() {
    AtomicLong now = new AtomicLong();
    try (ExecutorService compute = Executors.newFixedThreadPool(1)) {
      Engine engine =
          new Engine(
              () -> now.addAndGet(10),
              PipelineLimits.defaults(() -> 0, ZoneOffset.UTC),
              compute,
              1);
      QueryBudget shortTime = new QueryBudget(1L << 30, 55, 0, () -> false);
      SkaldException e =
          assertThrows(
              SkaldException.class,
              () ->
                  engine.run(
                      LogqlParser.parse("rate({app=\"web\"}[1m])"), RANGE, shortTime, ENTRIES));
      assertEquals(ErrorKind.TIMEOUT, e.kind());
      assertEquals(
          "request timed out, decrease the duration of the request or add more label matchers"
              + " (prefer exact match over regex match) to reduce the amount of data processed",
          e.getMessage());
    }
  }

  @Test
  void stopsWhenTheClientHasGone() {
    SkaldException e =
        refused(
            "rate({app=\"web\"}[1m])", new QueryBudget(1L << 30, Long.MAX_VALUE, 0, () -> true));
    assertEquals(ErrorKind.CANCELLED, e.kind());
    assertEquals("the request was cancelled by the client", e.getMessage());
  }

  @Test
  void aFailingPageFailsTheQuery() {
    LogSource broken =
        (matchers, span) -> {
          throw new SkaldException(ErrorKind.CORRUPT, "page is torn");
        };
    SkaldException e =
        assertThrows(
            SkaldException.class,
            () ->
                EngineFixture.ENGINE.run(
                    LogqlParser.parse("{app=\"web\"}"), RANGE, EngineFixture.AMPLE, broken));
    assertEquals(ErrorKind.CORRUPT, e.kind());
  }

  @Test
  void seriesAreCountedInTheResult() {
    QueryBudget fifty = new QueryBudget(1L << 30, Long.MAX_VALUE, 50, () -> false);
    QueryBudget fortyNine = new QueryBudget(1L << 30, Long.MAX_VALUE, 49, () -> false);
    String query = "rate({app=\"web\"}[1m])";
    QueryAnswer answer = EngineFixture.ENGINE.run(LogqlParser.parse(query), RANGE, fifty, ENTRIES);
    assertEquals(50, ((QueryResult.Matrix) answer.result()).series().size());
    SkaldException e = refused(query, fortyNine);
    assertEquals(ErrorKind.LIMIT, e.kind());
    assertEquals(
        "maximum number of series (49) reached for a single query; consider reducing query"
            + " cardinality by adding more specific stream selectors, reducing the time range, or"
            + " aggregating results with functions like sum(), count() or topk()",
        e.getMessage());
    QueryAnswer few =
        EngineFixture.ENGINE.run(
            LogqlParser.parse("topk(2, " + query + ")"), instant(), fortyNine, ENTRIES);
    assertEquals(2, ((QueryResult.Vector) few.result()).series().size());
  }

  @Test
  void stopsReadingBeyondTheSeriesLimit() {
    MemoryPages pages = entries();
    QueryBudget ten = new QueryBudget(1L << 30, Long.MAX_VALUE, 10, () -> false);
    assertThrows(
        SkaldException.class,
        () ->
            EngineFixture.ENGINE.run(
                LogqlParser.parse("rate({app=\"web\"}[1m])"), RANGE, ten, pages));
    // Each of two workers meets too many series on its first page.
    assertTrue(pages.reads() <= 2, "pages read: " + pages.reads());
  }

  private static QueryParams instant() {
    return new QueryParams(QueryParams.Kind.INSTANT, 0, 1000 * SECOND, 0, 0, 0, Direction.BACKWARD);
  }

  @Test
  void costIsCounted() {
    QueryAnswer answer =
        EngineFixture.ENGINE.run(
            LogqlParser.parse("sum(count_over_time({app=\"web\"} |= \"line 7\" [2000s]))"),
            instantAt(1999 * SECOND),
            EngineFixture.AMPLE,
            ENTRIES);
    assertEquals(2000, answer.stats().lines());
    assertEquals(4 * 11, answer.stats().linesAfterFilters());
    assertEquals(4, answer.stats().pages());
    assertEquals(50, answer.stats().streams());
    assertEquals(1, answer.stats().entriesReturned());
    long lineBytes = 4 * (10 * 6 + 90 * 7 + 400 * 8);
    assertEquals(lineBytes, answer.stats().lineBytes());
  }

  private static QueryParams instantAt(long epochNanos) {
    return new QueryParams(
        QueryParams.Kind.INSTANT, epochNanos, epochNanos, 0, 0, 0, Direction.BACKWARD);
  }
}
