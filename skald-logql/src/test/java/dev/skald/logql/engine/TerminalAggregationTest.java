package dev.skald.logql.engine;

import static dev.skald.logql.engine.Extended.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.logql.syntax.Dialect;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.LogqlPrinter;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.logql.syntax.TemplateCheck;
import dev.skald.model.Labels;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A range aggregation behind its stages. */
final class TerminalAggregationTest {
  /** A text, and LogQL's text for the same. */
  record Case(String terminal, String logql) {}

  static List<Case> cases() {
    return List.of(
        new Case(
            "{a=\"b\"} | json | d > 0 | quantile_over_time(0.95, d[5m])",
            "quantile_over_time(0.95,{a=\"b\"} | json | d>0 | unwrap d[5m])"),
        new Case("{a=\"b\"} | sum_over_time(d[5m])", "sum_over_time({a=\"b\"} | unwrap d[5m])"),
        new Case("{a=\"b\"} | rate(d[5m])", "rate({a=\"b\"} | unwrap d[5m])"),
        new Case(
            "{a=\"b\"} | logfmt | max_over_time(d[5m] offset 1h) by (x)",
            "max_over_time({a=\"b\"} | logfmt | unwrap d[5m] offset 1h) by (x)"),
        new Case(
            "sum by (x) ({a=\"b\"} | json | rate_counter(d[5m])) > 1",
            "sum by (x) (rate_counter({a=\"b\"} | json | unwrap d[5m])) > 1"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAnotherWayToWriteLogql(Case c) {
    assertEquals(LogqlPrinter.print(LogqlParser.parse(c.logql())), printed(c.terminal()));
  }

  private static String printed(String query) {
    Expr expr = LogqlParser.parse(query, TemplateCheck.NONE, Dialect.SKALD);
    return LogqlPrinter.print(expr);
  }

  /** What LogQL would not take after unwrap is refused as LogQL refuses it. */
  static List<Case> refusals() {
    return List.of(
        new Case(
            "{a=\"b\"} | count_over_time(d[5m])",
            "parse error at line 1, col 11: syntax error: unexpected COUNT_OVER_TIME"),
        new Case(
            "{a=\"b\"} | quantile_over_time(d[5m])",
            "parse error : parameter required for operation quantile_over_time"),
        new Case(
            "{a=\"b\"} | sum_over_time(d[5m]) by (x)",
            "parse error : grouping not allowed for sum_over_time aggregation"),
        new Case(
            "{a=\"b\"} | avg_over_time(d[5m]) | json",
            "parse error at line 1, col 32: syntax error: unexpected |"),
        new Case(
            "{a=\"b\"} | unwrap c | avg_over_time(d[5m])",
            "parse error at line 1, col 22: avg_over_time unwraps its label itself and cannot"
                + " follow unwrap"),
        new Case(
            "{a=\"b\"} | avg_over_time(d)",
            "parse error at line 1, col 26: syntax error: unexpected ), expecting RANGE"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void othersAreRefused(Case c) {
    LogqlSyntaxException e = assertThrows(LogqlSyntaxException.class, () -> printed(c.terminal()));
    assertEquals(c.logql(), e.getMessage());
  }

  @Test
  void isEvaluated() {
    Labels api = Labels.of("app", "api");
    assertEquals(
        "{app=\"api\"} => 2.0",
        Extended.vector(
            "{app=\"api\"} | json | d > 0 | avg_over_time(d[1h]) by (app)",
            Extended.pages(
                line(api, 1, "{\"d\":1}"), line(api, 2, "{\"d\":3}"), line(api, 3, "{\"d\":0}"))));
  }
}
