package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Logs Drilldown (F). */
record GrafanaDrilldownChecks(GrafanaClient grafana) {
  private static final String CHECKOUT = "{service_name=\"checkout\"}";
  private static final String TAGS = "X-Query-Tags";
  private static final String TAG = "Source=grafana-lokiexplore-app";

  void limits() throws IOException {
    HttpReply reply = grafana.get(200, "/loki/api/v1/drilldown-limits", GrafanaClient.DRILLDOWN);
    GrafanaAnswer answer = GrafanaAnswer.of(reply);
    assertEquals("0s", answer.at("limits", "retention_period").text());
    assertEquals(5000, answer.at("limits", "max_entries_limit_per_query").number().intValue());
    for (String name : List.of("discover_log_levels", "volume_enabled", "max_line_size_truncate")) {
      assertInstanceOf(Boolean.class, answer.at("limits", name).value(), name);
    }
    assertFalse(answer.at("limits", "discover_service_name").texts().isEmpty());
    assertEquals("0B", answer.at("limits", "max_query_bytes_read").text());
    assertInstanceOf(Boolean.class, answer.at("pattern_ingester_enabled").value());
    assertFalse(answer.at("version").text().isEmpty());
  }

  private GrafanaAnswer volume(String query) throws IOException {
    return grafana.drilldown("index/volume", Map.of("limit", "5000", "query", query));
  }

  private static List<String> services(GrafanaAnswer answer) {
    return answer.at("data", "result").items().stream()
        .map(one -> one.at("metric", "service_name").text())
        .toList();
  }

  void services() throws IOException {
    GrafanaAnswer answer = volume("{service_name=~`.+`}");
    assertEquals("vector", answer.at("data", "resultType").text());
    assertTrue(services(answer).contains("web"));
    for (GrafanaAnswer one : answer.at("data", "result").items()) {
      assertTrue(Long.parseLong(one.at("value", 1).text()) > 0);
    }
  }

  void serviceSearch() throws IOException {
    assertEquals(List.of("checkout"), services(volume("{service_name=~`(?i).*CHECK.*`}")));
  }

  void detectedLabelsWithoutAQuery() throws IOException {
    GrafanaAnswer answer = grafana.drilldown("detected_labels", Map.of("query", ""));
    List<String> labels =
        answer.at("detectedLabels").items().stream().map(one -> one.at("label").text()).toList();
    assertTrue(labels.contains("env"), labels.toString());
  }

  private GrafanaAnswer field(String name) throws IOException {
    String query = CHECKOUT + "      | json  | logfmt | drop __error__, __error_details__ ";
    GrafanaAnswer answer = grafana.drilldown("detected_fields", Map.of("query", query));
    return answer.at("fields").items().stream()
        .filter(one -> one.at("label").text().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no field " + name + " in " + answer));
  }

  void metadataHasNullForParsers() throws IOException {
    GrafanaAnswer field = field("trace_id");
    assertTrue(field.has("parsers") && field.at("parsers").isNull());
  }

  void parsedFieldsSayHow() throws IOException {
    GrafanaAnswer field = field("dur");
    assertEquals("duration", field.at("type").text());
    assertTrue(field.at("parsers").texts().contains("json"));
    assertEquals(GrafanaSeed.LINES, field.at("cardinality").number().intValue());
  }

  void jsonFieldsSayWhere() throws IOException {
    assertEquals(List.of("user", "id"), field("user_id").at("jsonPath").texts());
  }

  void fieldValues() throws IOException {
    GrafanaAnswer answer =
        grafana.metadata(
            "detected_field/status/values",
            Map.of("limit", "1000", "query", "{service_name=\"web\"}"));
    assertEquals(List.of("200", "500"), answer.at("values").texts().stream().sorted().toList());
  }

  void patterns() throws IOException {
    GrafanaAnswer answer =
        grafana.drilldown("patterns", Map.of("step", "1m", "query", "{service_name=\"web\"}"));
    assertFalse(answer.at("data").items().isEmpty());
    long counted = 0;
    for (GrafanaAnswer pattern : answer.at("data").items()) {
      assertTrue(pattern.at("pattern").text().contains("<_>"));
      assertEquals("warn", pattern.at("level").text());
      for (GrafanaAnswer sample : pattern.at("samples").items()) {
        assertEquals(0, sample.at(0).number().longValueExact() % 60);
        counted += sample.at(1).number().longValueExact();
      }
    }
    assertEquals(GrafanaSeed.LINES, counted);
  }

  /** What is offered must find the lines it came from. */
  void patternsFindTheirLines() throws IOException {
    String web = "{service_name=\"web\"}";
    GrafanaAnswer answer = grafana.drilldown("patterns", Map.of("step", "1m", "query", web));
    String pattern = answer.at("data", 0, "pattern").text();
    GrafanaAnswer found = grafana.range(web + " |> `" + pattern + "`").answer();
    assertEquals(GrafanaSeed.LINES, found.rows().size());
  }

  void patternFilter() throws IOException {
    String query = "{service_name=\"web\"} |> \"<_>method=GET<_>\" !> \"<_>status=500<_>\"";
    assertEquals(20, grafana.range(query).answer().rows().size());
  }

  private void finds(int rows, String query) throws IOException {
    assertEquals(rows, grafana.range(query).header(TAGS, TAG).answer().rows().size());
  }

  void filters() throws IOException {
    finds(
        1,
        CHECKOUT
            + " | detected_level=\"error\" or detected_level=\"warn\"   | json  | logfmt"
            + " | drop __error__, __error_details__ | user_id=\"5\"");
  }

  void jsonPaths() throws IOException {
    finds(
        2,
        CHECKOUT
            + " | json user_id=\"[\\\"user\\\"][\\\"id\\\"]\"| json | logfmt"
            + " | drop __error__, __error_details__ | user_id=\"5\" or user_id=\"6\"");
  }

  void logCount() throws IOException {
    GrafanaAnswer answer = grafana.instant("sum(count_over_time({service_name=\"web\"}  [1800s]))");
    assertEquals("30", answer.at("data", "result", 0, "value", 1).text());
  }

  /** Others get an error for too many series. */
  void tooManySeriesAreCut() throws IOException {
    String query = "count_over_time({service_name=\"web\"} | logfmt [30m])";
    HttpReply refused = grafana.range(query).expecting(400).reply();
    assertTrue(refused.text().contains("maximum number of series"), refused.text());
    GrafanaAnswer answer = grafana.range(query).header(TAGS, TAG).answer();
    assertEquals(GrafanaReplayTest.SERIES_MAX, answer.at("data", "result").items().size());
    assertTrue(answer.at("warnings", 0).text().contains("maximum number of series"));
  }
}
