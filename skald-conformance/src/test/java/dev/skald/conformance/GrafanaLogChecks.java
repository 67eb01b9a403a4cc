package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Log queries (C) and how they fail (E). */
record GrafanaLogChecks(GrafanaClient grafana) {
  private static final String WEB = "{service_name=\"web\"}";
  private static final String BATCH = "{service_name=\"batch\"}";
  private static final int CONTEXT_SECONDS = 7200;

  private GrafanaAnswer categorized() throws IOException {
    return grafana.range("{service_name=\"checkout\"} | json").answer();
  }

  void entriesAreCategorized() throws IOException {
    GrafanaAnswer answer = categorized();
    assertEquals("streams", answer.at("data", "resultType").text());
    assertEquals(List.of("categorize-labels"), answer.at("data", "encodingFlags").texts());
    assertEquals(GrafanaSeed.LINES, answer.rows().size());
  }

  void rowsHaveThreeElements() throws IOException {
    for (GrafanaAnswer row : categorized().rows()) {
      assertEquals(3, row.items().size());
      assertEquals(19, row.at(0).text().length());
      assertFalse(row.at(2, "structuredMetadata", "trace_id").text().isEmpty());
      assertFalse(row.at(2, "parsed", "msg").text().isEmpty());
    }
  }

  void membersComeInGrafanasOrder() throws IOException {
    assertEquals(
        List.of("resultType", "encodingFlags", "result", "stats"),
        categorized().at("data").names());
  }

  void streamsHaveTheirOwnLabelsOnly() throws IOException {
    for (GrafanaAnswer stream : categorized().at("data", "result").items()) {
      assertEquals(List.of("env", "service_name"), stream.at("stream").names());
    }
  }

  void statsAreNumbers() throws IOException {
    GrafanaAnswer summary = categorized().at("data", "stats", "summary");
    for (String name :
        List.of(
            "bytesProcessedPerSecond",
            "linesProcessedPerSecond",
            "totalBytesProcessed",
            "totalLinesProcessed",
            "execTime")) {
      assertTrue(summary.at(name).isNumber(), name);
    }
  }

  void newestFirst() throws IOException {
    for (GrafanaAnswer stream : categorized().at("data", "result").items()) {
      List<String> times = stream.at("values").items().stream().map(v -> v.at(0).text()).toList();
      assertEquals(times.stream().sorted(Comparator.reverseOrder()).toList(), times);
    }
  }

  void plainClientsGetAllLabels() throws IOException {
    String target =
        "/loki/api/v1/query_range?limit=5&start=%s&end=%s&query=%s"
            .formatted(
                GrafanaClient.nanos(grafana.startSeconds()),
                GrafanaClient.nanos(grafana.endSeconds()),
                "%7Bservice_name%3D%22checkout%22%7D%20%7C%20json");
    GrafanaAnswer answer = GrafanaAnswer.of(grafana.get(200, target, Map.of()));
    assertFalse(answer.at("data").has("encodingFlags"));
    assertEquals(5, answer.rows().size());
    answer.rows().forEach(row -> assertEquals(2, row.items().size()));
    assertTrue(answer.at("data", "result", 0, "stream").has("trace_id"));
  }

  void theLimitIsOverAllStreams() throws IOException {
    GrafanaAnswer answer = grafana.range("{env=~\".+\"}").with("limit", "3").answer();
    assertEquals(3, answer.rows().size());
    assertEquals(1, new HashSet<>(answer.column(0)).size());
  }

  void forward() throws IOException {
    List<String> times =
        grafana.range(WEB).with("limit", "2").with("direction", "forward").answer().column(0);
    assertEquals(2, times.size());
    assertTrue(times.getFirst().compareTo(times.getLast()) < 0, times.toString());
  }

  void entriesOfOneNanosecondKeepTheirOrder() throws IOException {
    List<String> backward = grafana.range(BATCH).answer().column(1);
    List<String> forward = grafana.range(BATCH).with("direction", "forward").answer().column(1);
    assertEquals(4, forward.size());
    assertEquals(backward.reversed(), forward);
  }

  void everyByteSurvives() throws IOException {
    GrafanaAnswer answer = grafana.range(BATCH + " |= \"red\"").answer();
    assertEquals(List.of(GrafanaSeed.ODD_LINE), answer.column(1));
  }

  void theStartIsInAndTheEndIsOut() throws IOException {
    long now = grafana.nowSeconds;
    assertEquals(
        List.of(GrafanaClient.nanos(now - 20), GrafanaClient.nanos(now - 30)),
        grafana.range(WEB).between(now - 30, now - 10).answer().column(0));
  }

  void partsOfARangeJoin() throws IOException {
    long middle = grafana.nowSeconds - 150;
    List<String> all =
        new ArrayList<>(
            grafana.range(WEB).between(middle, grafana.endSeconds()).answer().column(0));
    all.addAll(grafana.range(WEB).between(grafana.startSeconds(), middle).answer().column(0));
    assertEquals(GrafanaSeed.LINES, all.size());
    assertEquals(GrafanaSeed.LINES, new HashSet<>(all).size());
  }

  void nothingIsAnEmptyList() throws IOException {
    GrafanaAnswer answer = grafana.range("{service_name=\"nope\"}").answer();
    assertEquals("success", answer.at("status").text());
    assertEquals(List.of(), answer.at("data", "result").items());
  }

  void dataSample() throws IOException {
    GrafanaAnswer answer =
        grafana.range(WEB).with("limit", "10").header("X-Query-Tags", "Source=datasample").answer();
    assertEquals(10, answer.rows().size());
  }

  void contextBefore() throws IOException {
    long at = grafana.nowSeconds - 100;
    List<String> times =
        grafana
            .range("{env=\"prod\",service_name=\"web\"}")
            .with("limit", "50")
            .between(at - CONTEXT_SECONDS, at)
            .answer()
            .column(0);
    assertEquals(20, times.size());
    times.forEach(time -> assertTrue(time.compareTo(GrafanaClient.nanos(at)) < 0, time));
  }

  void contextAfter() throws IOException {
    long at = grafana.nowSeconds - 100;
    List<String> times =
        grafana
            .range("{env=\"prod\",service_name=\"web\"}")
            .with("limit", "50")
            .with("direction", "forward")
            .between(at, at + CONTEXT_SECONDS)
            .answer()
            .column(0);
    assertEquals(10, times.size());
    assertEquals(GrafanaClient.nanos(at), times.getFirst());
  }

  void answersAreCompressed() throws IOException {
    HttpReply reply = grafana.range(WEB).header("Accept-Encoding", "gzip").reply();
    assertEquals("gzip", reply.headers().get("content-encoding"));
    assertTrue(reply.headers().getOrDefault("vary", "").contains("Accept-Encoding"));
    assertEquals(GrafanaSeed.LINES, GrafanaAnswer.of(reply).rows().size());
  }

  void commentsAndNewLines() throws IOException {
    String query = "\n" + WEB + " # note\n|= \"GET\"\n";
    assertEquals(GrafanaSeed.LINES, grafana.range(query).answer().rows().size());
  }

  void anEmptyFilterKeepsAll() throws IOException {
    assertEquals(GrafanaSeed.LINES, grafana.range(WEB + " |= ``").answer().rows().size());
  }

  /** A variable with thousands of values, all chosen. */
  void aVeryLongAddress() throws IOException {
    String many =
        IntStream.rangeClosed(1, 6000)
            .mapToObj(i -> "no-such-" + i)
            .collect(Collectors.joining("|"));
    GrafanaAnswer answer = grafana.range("{service_name=~\"" + many + "|web\"}").answer();
    assertEquals(GrafanaSeed.LINES, answer.rows().size());
  }

  void parseErrorsAreText() throws IOException {
    HttpReply reply = grafana.range("{app=").expecting(400).reply();
    assertTrue(reply.text().contains("parse error"), reply.text());
    assertFalse(reply.contentType().contains("html"), reply.contentType());
  }

  void errorsAreNotCompressed() throws IOException {
    HttpReply reply =
        grafana
            .range("{app=" + " ".repeat(2000))
            .header("Accept-Encoding", "gzip, deflate, br, zstd")
            .expecting(400)
            .reply();
    assertFalse(reply.headers().containsKey("content-encoding"));
  }

  void aLimitTooHigh() throws IOException {
    HttpReply reply =
        grafana.range("{env=\"prod\"}").with("limit", "999999").expecting(400).reply();
    assertTrue(reply.text().contains("max entries limit"), reply.text());
  }

  void anInstantLogQuery() throws IOException {
    HttpReply reply =
        grafana.instant(400, "{env=\"prod\"}", GrafanaClient.nanos(grafana.nowSeconds), Map.of());
    assertTrue(reply.text().contains("not supported as an instant query type"), reply.text());
  }

  void aBrokenSelector() throws IOException {
    HttpReply reply = grafana.metadata(400, "label/env/values", Map.of("query", "{env="));
    assertTrue(reply.text().contains("parse error"), reply.text());
  }
}
