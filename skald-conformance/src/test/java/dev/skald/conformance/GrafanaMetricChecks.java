package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Metric queries (D) and what leads from traces to logs (G). */
record GrafanaMetricChecks(GrafanaClient grafana) {
  private static final BigDecimal STEP_MILLIS = BigDecimal.valueOf(10_000);

  void logVolume() throws IOException {
    GrafanaAnswer answer =
        grafana
            .range(
                "sum by (level, detected_level) (count_over_time({env=\"prod\"}"
                    + " | drop __error__[1m]))")
            .with("step", "60000ms")
            .header("X-Query-Tags", "Source=logvolhist")
            .answer();
    assertEquals("matrix", answer.at("data", "resultType").text());
    assertFalse(answer.column(1).isEmpty());
    List<String> levels =
        answer.at("data", "result").items().stream()
            .map(one -> one.at("metric", "detected_level").text())
            .toList();
    assertTrue(levels.contains("error"), levels.toString());
  }

  void pointsLieOnTheGrid() throws IOException {
    GrafanaAnswer answer =
        grafana.range("sum by (service_name) (rate({env=\"prod\"}[1m]))").answer();
    BigDecimal start = BigDecimal.valueOf(grafana.startSeconds() * 1000);
    assertFalse(answer.rows().isEmpty());
    for (GrafanaAnswer row : answer.rows()) {
      BigDecimal sinceStart = row.at(0).number().movePointRight(3).subtract(start);
      assertEquals(0, sinceStart.remainder(STEP_MILLIS).signum(), sinceStart::toString);
      assertTrue(row.at(0).number().longValue() <= grafana.endSeconds());
    }
  }

  void elevenThousandPoints() throws IOException {
    long now = grafana.nowSeconds;
    GrafanaAnswer answer =
        grafana.range("vector(1)").with("step", "1000ms").between(now - 10_999, now).answer();
    assertEquals(11_000, answer.rows().size());
  }

  void instant() throws IOException {
    HttpReply reply =
        grafana.instant(
            200,
            "sum by (env) (count_over_time({env=~\".+\"}[1800s]))",
            GrafanaClient.nanos(grafana.nowSeconds),
            Map.of("limit", "1000"));
    GrafanaAnswer answer = GrafanaAnswer.of(reply);
    Map<String, String> counts = new HashMap<>();
    for (GrafanaAnswer series : answer.at("data", "result").items()) {
      counts.put(series.at("metric", "env").text(), series.at("value", 1).text());
    }
    assertEquals("vector", answer.at("data", "resultType").text());
    assertEquals(Map.of("prod", "60", "dev", "4"), counts);
  }

  private String value(String query) throws IOException {
    return grafana.instant(query).at("data", "result", 0, "value", 1).text();
  }

  void infinity() throws IOException {
    assertEquals("+Inf", value("vector(2)^vector(2000)"));
  }

  void notANumber() throws IOException {
    assertEquals("NaN", value("vector(1)/vector(0)"));
  }

  void anAlertHasNoLimit() throws IOException {
    assertEquals(
        "10", value("sum(count_over_time({service_name=\"web\"} |= \"status=500\" [1800s])) > 5"));
  }

  private void hasOneSeries(String query) throws IOException {
    GrafanaAnswer answer = grafana.range(query).with("step", "60000ms").answer();
    assertEquals(1, answer.at("data", "result").items().size());
  }

  void unwrap() throws IOException {
    hasOneSeries(
        "avg_over_time({service_name=\"web\"} | logfmt | unwrap duration(dur)"
            + " | __error__=\"\" [1m]) by ()");
  }

  void blanksAnywhere() throws IOException {
    hasOneSeries("sum(count_over_time({service_name=\"web\" ,env != \"\"}    [1m])) by (env)");
  }

  void aRangeOfADay() throws IOException {
    GrafanaAnswer answer =
        grafana
            .range("sum(count_over_time({service_name=\"web\"}[1d]))")
            .with("step", "86400000ms")
            .answer();
    assertEquals("matrix", answer.at("data", "resultType").text());
  }

  void fromATrace() throws IOException {
    String query =
        "{service_name=\"checkout\"} | label_format log_line_contains_trace_id="
            + "`{{ contains \"t7\" __line__  }}`"
            + " | log_line_contains_trace_id=\"true\" OR trace_id=\"t7\"";
    assertEquals(1, grafana.range(query).answer().rows().size());
  }

  void fromATraceInNewerVersions() throws IOException {
    String query = "{service_name=\"checkout\"} | logfmt | json | drop __error__ | trace_id=\"t7\"";
    assertEquals(1, grafana.range(query).answer().rows().size());
  }

  void aVariableWithSeveralValues() throws IOException {
    GrafanaAnswer answer = grafana.range("{service_name=~\"check\\\\.?out|web\"}").answer();
    assertEquals("streams", answer.at("data", "resultType").text());
  }
}
