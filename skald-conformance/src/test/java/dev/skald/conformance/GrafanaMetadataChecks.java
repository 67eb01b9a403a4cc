package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Data source settings (A) and the label browser (B). */
record GrafanaMetadataChecks(GrafanaClient grafana) {
  private static final Map<String, String> PROD = Map.of("query", "{env=\"prod\"}");

  void saveAndTest() throws IOException {
    HttpReply reply = grafana.instant(200, "vector(1)+vector(1)", "4000000000", Map.of());
    isTwo(GrafanaAnswer.of(reply));
  }

  private static void isTwo(GrafanaAnswer answer) {
    assertEquals("vector", answer.at("data", "resultType").text());
    assertEquals(1, answer.at("data", "result").items().size());
    assertEquals("2", answer.at("data", "result", 0, "value", 1).text());
  }

  void plusIsABlank() throws IOException {
    String target =
        "/loki/api/v1/query?direction=backward"
            + "&query=vector%281%29+%2B+vector%281%29&time=4000000000";
    isTwo(GrafanaAnswer.of(grafana.get(200, target, Map.of())));
  }

  void labels() throws IOException {
    GrafanaAnswer answer = grafana.metadata("labels", Map.of());
    assertEquals("success", answer.at("status").text());
    assertTrue(answer.at("data").texts().contains("service_name"));
  }

  void labelsOfASelector() throws IOException {
    GrafanaAnswer answer = grafana.metadata("labels", Map.of("query", "{env=\"dev\"}"));
    assertTrue(answer.at("data").texts().contains("env"));
  }

  void values() throws IOException {
    GrafanaAnswer answer = grafana.metadata("label/service_name/values", Map.of());
    assertEquals(List.of("batch", "checkout", "web"), answer.at("data").texts());
  }

  void valuesOfASelector() throws IOException {
    GrafanaAnswer answer = grafana.metadata("label/service_name/values", PROD);
    assertEquals(List.of("checkout", "web"), answer.at("data").texts());
  }

  void valuesOfAnUnknownLabel() throws IOException {
    assertTrue(grafana.metadata("label/nope/values", Map.of()).at("data").isNull());
  }

  void thereAreNoShards() throws IOException {
    assertTrue(grafana.metadata("label/__stream_shard__/values", PROD).at("data").isNull());
  }

  void series() throws IOException {
    GrafanaAnswer answer = grafana.metadata("series", Map.of("match[]", "{env=\"prod\"}"));
    List<String> services =
        answer.at("data").items().stream().map(one -> one.at("service_name").text()).toList();
    assertEquals(List.of("checkout", "web"), services.stream().sorted().toList());
  }

  void indexStats() throws IOException {
    GrafanaAnswer answer = grafana.metadata("index/stats", PROD);
    assertEquals(List.of("streams", "chunks", "bytes", "entries"), answer.names());
    assertEquals(2, answer.at("streams").number().intValue());
    assertEquals(60, answer.at("entries").number().intValue());
    assertTrue(answer.at("chunks").isNumber() && answer.at("bytes").isNumber());
  }

  /** The log context asks so. */
  void aRangeOfNoWidthIsThatInstant() throws IOException {
    String at = GrafanaClient.nanos(grafana.nowSeconds - 20);
    HttpReply reply = grafana.get(200, "/loki/api/v1/labels?start=" + at + "&end=" + at, Map.of());
    assertTrue(GrafanaAnswer.of(reply).at("data").texts().contains("service_name"));
  }

  /** The alert state history pings so. */
  void labelsWithoutParameters() throws IOException {
    HttpReply reply = grafana.get(200, "/loki/api/v1/labels", Map.of());
    assertEquals("success", GrafanaAnswer.of(reply).at("status").text());
  }

  void aPrefixGivenTwiceIsForgiven() throws IOException {
    HttpReply reply = grafana.get(200, "/loki/api/v1/loki/api/v1/labels", Map.of());
    assertEquals("success", GrafanaAnswer.of(reply).at("status").text());
  }
}
