package dev.skald.logql.engine;

import static dev.skald.logql.engine.Extended.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.logql.engine.MemoryPages.Row;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions with names. */
final class LetTest {
  private static final MemoryPages PAGES = MemoryPages.single(rows());

  /** Zone a has 2 errors in v1 and 5 in v2, zone b 3 in both, zone c 4 in v2 alone. */
  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    add(rows, "v1", "a", 2);
    add(rows, "v2", "a", 5);
    add(rows, "v1", "b", 3);
    add(rows, "v2", "b", 3);
    add(rows, "v2", "c", 4);
    return rows;
  }

  private static void add(List<Row> rows, String version, String zone, int count) {
    Labels labels = Labels.of("level", "error", "version", version, "zone", zone);
    for (int i = 0; i < count; i++) {
      rows.add(line(labels, 10 + i, "failed " + i));
    }
  }

  private static final String BINDINGS =
      """
      let before = count_over_time({level="error", version="v1"}[1h]);
      let after = count_over_time({level="error", version="v2"}[1h]);
      """;

  /** What follows the bindings, and the series. */
  record Case(String body, String series) {}

  static List<Case> cases() {
    String a = "{level=\"error\", zone=\"a\"}";
    String b = "{level=\"error\", zone=\"b\"}";
    return List.of(
        new Case("after - before", a + " => 3.0; " + b + " => 0.0"),
        new Case("(after - before) / before", a + " => 1.5; " + b + " => 0.0"),
        new Case("(after - before) / before > 0.1", a + " => 1.5"),
        new Case("before / (after - before) < 1", a + " => 0.6666666666666666"),
        new Case("sum(after) - sum(before)", "{} => 7.0"),
        new Case(
            "before * 2 + before",
            "{level=\"error\", version=\"v1\", zone=\"a\"} => 6.0; "
                + "{level=\"error\", version=\"v1\", zone=\"b\"} => 9.0"),
        new Case("after unless before", "{level=\"error\", version=\"v2\", zone=\"c\"} => 4.0"),
        new Case("after - on(zone) before", "{zone=\"a\"} => 3.0; {zone=\"b\"} => 0.0"),
        new Case(
            "(after - on(zone) before) / on(zone) before",
            "{zone=\"a\"} => 1.5; {zone=\"b\"} => 0.0"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void namesStandForValues(Case c) {
    assertEquals(c.series(), Extended.vector(BINDINGS + c.body(), PAGES));
  }

  @Test
  void laterBindingsSeeEarlierOnes() {
    assertEquals(
        "{level=\"error\", zone=\"a\"} => 1.5; {level=\"error\", zone=\"b\"} => 0.0",
        Extended.vector(BINDINGS + "let growth = after - before; growth / before", PAGES));
    assertEquals("{} => 9.0", Extended.vector("let x = 3; vector(1) * x * x", PAGES));
  }

  /** Without let LogQL's own rule holds: all labels must be equal. */
  @Test
  void substitutionAloneWouldNotMatch() {
    assertEquals(
        "",
        Extended.vector(
            "count_over_time({version=\"v2\"}[1h]) - count_over_time({version=\"v1\"}[1h])",
            PAGES));
  }

  @Test
  void allStepsOfARangeQueryAreBound() {
    QueryResult.Matrix answer =
        (QueryResult.Matrix)
            EngineFixture.extended(
                BINDINGS + "after - before",
                EngineFixture.range(0, Extended.END, 1000 * EngineFixture.SECOND),
                PAGES);
    assertEquals(
        List.of(3, 3), answer.series().stream().map(series -> series.samples().size()).toList());
  }

  @Test
  void statsMayBeBound() {
    assertEquals(
        "{zone=\"a\"} => 7.0; {zone=\"b\"} => 6.0; {zone=\"c\"} => 4.0",
        Extended.vector("let n = {level=\"error\"} | stats count() by zone; n + 0", PAGES));
  }

  /** A text and what is wrong with it. */
  record Refusal(String query, String message) {}

  static List<Refusal> refusals() {
    return List.of(
        new Refusal(
            "let a = vector(1); let a = vector(2); a",
            "parse error at line 1, col 24: a is bound twice by let"),
        new Refusal(
            "let rate = vector(1); rate",
            "parse error at line 1, col 5: rate is a function and cannot be bound by let"),
        new Refusal(
            "let a = b; a", "parse error at line 1, col 9: syntax error: unexpected IDENTIFIER"),
        new Refusal(
            "let a = a; a", "parse error at line 1, col 9: syntax error: unexpected IDENTIFIER"),
        new Refusal(
            "let a = {b=\"c\"}; a",
            "parse error : let binds a metric expression, and a is a log query"),
        new Refusal(
            "let a = vector(1) a",
            "parse error at line 1, col 19: syntax error: unexpected IDENTIFIER, expecting ;"),
        new Refusal(
            "vector(1); vector(2)",
            "parse error at line 1, col 10: syntax error: unexpected IDENTIFIER"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void othersAreRefused(Refusal refusal) {
    LogqlSyntaxException e =
        assertThrows(LogqlSyntaxException.class, () -> Extended.vector(refusal.query(), PAGES));
    assertEquals(refusal.message(), e.getMessage());
  }
}
