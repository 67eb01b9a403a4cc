package dev.skald.logql.engine;

import static dev.skald.logql.engine.EngineFixture.SECOND;
import static dev.skald.logql.engine.Extended.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.error.SkaldException;
import dev.skald.logql.engine.MemoryPages.Row;
import dev.skald.logql.syntax.Dialect;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.logql.syntax.TemplateCheck;
import dev.skald.model.Direction;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.Sample;
import dev.skald.model.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code stats}: one evaluation over all entries of the request's time. */
final class StatsTest {
  private static final Labels API = Labels.of("app", "api");
  private static final Labels DB = Labels.of("app", "db");
  private static final MemoryPages PAGES =
      Extended.pages(
          line(API, 1, "path=/a ms=10 code=200"),
          line(API, 2, "path=/a ms=30 code=500"),
          line(API, 3, "path=/b ms=20 code=200"),
          line(API, 4, "path=/b ms=slow"),
          line(DB, 5, "path=/a ms=5 code=200"),
          line(DB, 6, "ms=7"));

  /** What follows the selector and {@code logfmt}, and the series. */
  record Case(String stats, String series) {}

  static List<Case> cases() {
    return List.of(
        new Case("stats count()", "{} => 6.0"),
        new Case("stats count(path)", "{} => 5.0"),
        new Case("stats sum(ms)", "{} => 72.0"),
        new Case("stats avg(ms)", "{} => 14.4"),
        new Case("stats min(ms)", "{} => 5.0"),
        new Case("stats max(ms)", "{} => 30.0"),
        new Case("path=\"/a\" | app=\"api\" | stats stddev(ms) as d", "{} => 10.0"),
        new Case("stats stdvar(code)", "{} => 16875.0"),
        new Case("stats quantile(0.5, ms)", "{} => 10.0"),
        new Case("stats count_distinct(path)", "{} => 2.0"),
        new Case("stats count() by app", "{app=\"api\"} => 4.0; {app=\"db\"} => 2.0"),
        new Case(
            "stats count() by app, path",
            "{app=\"api\", path=\"/a\"} => 2.0; {app=\"api\", path=\"/b\"} => 2.0;"
                + " {app=\"db\"} => 1.0; {app=\"db\", path=\"/a\"} => 1.0"),
        new Case(
            "stats avg(ms) as mean by code | mean > 11",
            "{code=\"200\"} => 11.666666666666666; {code=\"500\"} => 30.0"),
        // several functions: one sample each, and steps see whole groups
        new Case(
            "stats count() as n, max(ms) by app",
            "{__stat__=\"max\", app=\"api\"} => 30.0; {__stat__=\"max\", app=\"db\"} => 7.0;"
                + " {__stat__=\"n\", app=\"api\"} => 4.0; {__stat__=\"n\", app=\"db\"} => 2.0"),
        new Case(
            "stats count() as n, max(ms) by app | max < 10 | sort by n",
            "{__stat__=\"n\", app=\"db\"} => 2.0; {__stat__=\"max\", app=\"db\"} => 7.0"),
        // having: results and columns, "and" before "or"
        new Case("stats count() by app | count > 2", "{app=\"api\"} => 4.0"),
        new Case("stats count() by app | count >= 2 and app = \"db\"", "{app=\"db\"} => 2.0"),
        new Case(
            "stats count() by app | app=\"db\" or app=\"api\" and count > 100",
            "{app=\"db\"} => 2.0"),
        new Case("stats count() by app | count == 5", ""),
        new Case("stats count() by code | code >= 300", "{code=\"500\"} => 1.0"),
        new Case("stats count() by path | path =~ \"/[b-z]\"", "{path=\"/b\"} => 2.0"),
        // orders
        new Case(
            "stats count() by app | sort by count", "{app=\"db\"} => 2.0; {app=\"api\"} => 4.0"),
        new Case(
            "stats count() as n by path | order by n desc | limit 2",
            "{path=\"/a\"} => 3.0; {path=\"/b\"} => 2.0"),
        new Case("stats sum(ms) by path | sort by path desc | head 1", "{path=\"/b\"} => 20.0"),
        new Case(
            "stats max(ms) by code, app | sort by code desc, app desc",
            "{app=\"api\", code=\"500\"} => 30.0; {app=\"db\", code=\"200\"} => 5.0;"
                + " {app=\"api\", code=\"200\"} => 20.0; {app=\"db\"} => 7.0; {app=\"api\"} => NaN"),
        // what the words stand for
        new Case(
            "line_format \"{{.app}}\" | stats count() by line | sort by count desc",
            "{line=\"api\"} => 4.0; {line=\"db\"} => 2.0"),
        new Case("stats count() by \"line\"", "{} => 6.0"),
        new Case(
            "app=\"db\" | stats count() by timestamp",
            "{timestamp=\"5000000000\"} => 1.0; {timestamp=\"6000000000\"} => 1.0"),
        new Case("stats count() as stats by app | stats > 3", "{app=\"api\"} => 4.0"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void groupsEntries(Case c) {
    assertEquals(c.series(), Extended.vector("{app=~\".+\"} | logfmt | " + c.stats(), PAGES));
  }

  @Test
  void withoutEntriesThereIsOneSample() {
    assertEquals("{} => 0.0", Extended.vector("{app=\"x\"} | stats count() as n", PAGES));
    assertEquals("{} => NaN", Extended.vector("{app=\"x\"} | stats avg(ms)", PAGES));
    assertEquals("", Extended.vector("{app=\"x\"} | stats count() by app", PAGES));
  }

  @Test
  void entriesWithErrorsCount() {
    assertEquals(
        "{} => 4.0; {__error__=\"JSONParserErr\"} => 2.0",
        Extended.vector(
            "{app=~\".+\"} | json | stats count() by __error__",
            Extended.pages(
                line(API, 1, "{}"),
                line(API, 2, "{}"),
                line(API, 3, "{}"),
                line(API, 4, "{}"),
                line(API, 5, "no"),
                line(API, 6, "no json"))));
  }

  @Test
  void startIsOutAndEndIsIn() {
    MemoryPages pages =
        Extended.pages(
            line(API, 10, "start"),
            line(API, 11, "first"),
            line(API, 20, "end"),
            line(API, 21, "after"));
    QueryParams params = EngineFixture.range(10 * SECOND, 20 * SECOND, 7 * SECOND);
    assertEquals(
        new QueryResult.Matrix(
            List.of(
                new Series(Labels.of("line", "first"), List.of(new Sample(20_000, 1))),
                new Series(Labels.of("line", "end"), List.of(new Sample(20_000, 1))))),
        EngineFixture.extended(
            "{app=\"api\"} | stats count() by line | sort by line desc", params, pages));
  }

  @Test
  void operatorsMayFollow() {
    assertEquals("{} => 60.0", Extended.vector("{app=~\".+\"} | stats count() * 10", PAGES));
    assertEquals(
        "{app=\"api\"} => 2.0; {app=\"db\"} => 1.0",
        Extended.vector("({app=~\".+\"} | stats count() by app) / 2", PAGES));
  }

  @Test
  void theLimitOfSeriesHolds() {
    QueryBudget two = new QueryBudget(1L << 32, Long.MAX_VALUE, 2, () -> false);
    String query = "{app=~\".+\"} | stats count() by timestamp";
    QueryParams params = EngineFixture.range(0, Extended.END, SECOND);
    assertThrows(
        SkaldException.class,
        () ->
            EngineFixture.ENGINE.run(
                LogqlParser.parse(query, TemplateCheck.NONE, Dialect.SKALD), params, two, PAGES));
  }

  /** Pages cut at random; the results are joined from what the workers have. */
  @Test
  void howPagesAreCutDoesNotMatter() {
    long seed = 20_260_108;
    Random random = new Random(seed);
    String query =
        "{app=~\".+\"} | logfmt | stats count() as c, sum(n) as s, avg(n) as a, min(n) as i,"
            + " max(n) as x, stddev(n) as d, quantile(0.9, n) as q, count_distinct(n) as u by app";
    for (int round = 0; round < 20; round++) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        rows.add(new Row(random.nextBoolean() ? API : DB, i * SECOND, "n=" + random.nextInt(100)));
      }
      List<Series> whole = series(query, MemoryPages.single(rows));
      List<Series> split = series(query, MemoryPages.split(rows, random));
      assertEquals(16, whole.size());
      for (int i = 0; i < whole.size(); i++) {
        assertEquals(whole.get(i).labels(), split.get(i).labels());
        assertEquals(
            whole.get(i).samples().getFirst().value(),
            split.get(i).samples().getFirst().value(),
            1e-9,
            "seed " + seed + " round " + round + " " + whole.get(i).labels());
      }
    }
  }

  private static List<Series> series(String query, LogSource source) {
    QueryParams params =
        new QueryParams(QueryParams.Kind.INSTANT, -1, Extended.END, 0, 0, 100, Direction.BACKWARD);
    return ((QueryResult.Vector) EngineFixture.extended(query, params, source)).series();
  }

  /** LogQL takes the word as a label name. */
  @Test
  void theWordIsALabelElsewhere() {
    assertEquals("", Extended.lines("{app=\"api\"} | stats = \"x\"", PAGES));
    assertFalse(
        LogqlParser.parse("{app=\"api\"} | stats = \"x\"", TemplateCheck.NONE, Dialect.SKALD)
            .hasStats());
  }

  /** A text and what is wrong with it. */
  record Refusal(String query, String message) {}

  static List<Refusal> refusals() {
    return List.of(
        new Refusal(
            "{app=\"a\"} | stats sum(x), sum(y)",
            "parse error at line 1, col 27: two results of stats are named sum; name one with as"),
        new Refusal(
            "{app=\"a\"} | stats sum()",
            "parse error at line 1, col 23: syntax error: unexpected ), expecting IDENTIFIER"),
        new Refusal(
            "{app=\"a\"} | stats count() by x, x",
            "parse error at line 1, col 33: two columns of stats are named x"),
        new Refusal(
            "{app=\"a\"} | stats count() | sort by x",
            "parse error at line 1, col 37: stats has neither a result nor a column named x"),
        new Refusal(
            "{app=\"a\"} | stats count() | x > 5",
            "parse error at line 1, col 27: stats has neither a result nor a column named x"),
        new Refusal(
            "{app=\"a\"} | stats count() | count = \"5\"",
            "parse error at line 1, col 27: count is a result of stats and compares with numbers"
                + " alone"),
        new Refusal("sum({app=\"a\"} | stats count())", "parse error : stats cannot be inside sum"),
        new Refusal(
            "let a = {app=\"a\"} | stats count(); topk(1, a + 1)",
            "parse error : stats cannot be inside topk"),
        new Refusal(
            "{app=\"a\"} | stats count() | json",
            "parse error at line 1, col 29: syntax error: unexpected json, expecting IDENTIFIER or"
                + " ("));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void othersAreRefused(Refusal refusal) {
    LogqlSyntaxException e =
        assertThrows(LogqlSyntaxException.class, () -> Extended.vector(refusal.query(), PAGES));
    assertEquals(refusal.message(), e.getMessage());
  }
}
