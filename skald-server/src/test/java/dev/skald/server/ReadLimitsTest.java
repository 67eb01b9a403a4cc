package dev.skald.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a query may have to read, tenant by tenant: at the limits, and one past them. */
final class ReadLimitsTest {
  private static final String OVERRIDES =
      """
      overrides:
        pieces: {max_querier_bytes_read: 1KB, max_query_series: 1}
        whole: {max_querier_bytes_read: 1KB, split_queries_by_interval: 0}
        pages: {max_chunks_per_query: 2}
        streams: {cardinality_limit: 2}
      """;

  private static final long HOUR_SECONDS = 3600;

  /** The last full hour that began more than two hours ago. */
  private static final long HOUR =
      (System.currentTimeMillis() / 1000 / HOUR_SECONDS - 2) * HOUR_SECONDS;

  @TempDir static Path folder = Path.of("");
  private static RunningSkald skald;

  /** A query of a tenant's last three hours and how it is answered. */
  private record Case(String tenant, String query, String path, int status, String text) {
    static Case range(String tenant, String query, String refusal) {
      return new Case(tenant, query, "query_range", refusal.isEmpty() ? 200 : 400, refusal);
    }

    static Case instant(String tenant, String query, String refusal) {
      return new Case(tenant, query, "query", refusal.isEmpty() ? 200 : 400, refusal);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    Path overrides = folder.resolve("overrides.yaml");
    Files.writeString(overrides, OVERRIDES);
    skald =
        RunningSkald.start(
            folder, "auth_enabled: true\nruntime_config: {file: ['" + overrides + "']}");
    for (String tenant : new String[] {"pieces", "whole"}) {
      push(tenant, "a", HOUR - 1, "x".repeat(700)); // in one hour
      push(tenant, "a", HOUR, "x".repeat(700)); // in the next one
      push(tenant, "b", HOUR + 1, "y".repeat(400));
    }
    for (String app : new String[] {"a", "b", "c"}) {
      push("streams", app, HOUR, "line of " + app);
      push("pages", app, HOUR, "line of " + app);
      assertEquals(204, skald.post("/flush", "").statusCode()); // into a page of its own
    }
  }

  private static void push(String tenant, String app, long seconds, String line) throws Exception {
    String body = RunningSkald.body("{\"app\":\"" + app + "\"}", seconds + "000000000", line);
    String[] headers = {"Content-Type", "application/json", "X-Scope-OrgID", tenant};
    HttpResponse<String> reply = skald.post("/loki/api/v1/push", body, headers);
    assertEquals(204, reply.statusCode(), reply.body());
  }

  @AfterAll
  static void stop() {
    if (skald != null) {
      skald.close();
    }
  }

  private static String large(String size) {
    return "query too large to execute on a single querier: (query: "
        + size
        + ", limit: 1.0 KiB); consider adding more specific stream selectors, reduce the time"
        + " range of the query, or adjust parallelization settings";
  }

  private static final String PAGES =
      "the query would touch too many pages (pages: 3, limit: 2); consider adding more specific"
          + " stream selectors or reduce the time range of the query";

  static Stream<Case> cases() {
    String b = "{app=~\"a|b\"} |= \"x\"";
    return Stream.of(
        Case.range("pieces", "{app=\"a\"} |= \"x\"", ""),
        Case.range("pieces", b, large("1.1 KiB")),
        Case.range("pieces", "{app=~\"a|b\"}", ""), // without stages it stops at its limit
        Case.range("pieces", "sum(count_over_time({app=\"a\"}[1m]))", large("1.4 KiB")),
        Case.instant("pieces", "sum(count_over_time({app=\"b\"}[3h]))", ""),
        Case.instant("pieces", "sum(count_over_time({app=\"a\"}[3h]))", large("1.4 KiB")),
        Case.range("whole", "{app=\"a\"} |= \"x\"", large("1.4 KiB")),
        Case.range("whole", "{app=\"b\"} |= \"x\"", ""),
        Case.range("pages", "{app=~\"a|b\"}", ""),
        Case.range("pages", "{app=~\"a|b|c\"}", PAGES),
        Case.range("pages", "sum(rate({app=~\"a|b\"}[1m])) + sum(rate({app=\"c\"}[1m]))", PAGES));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersWithinLimits(Case c) throws Exception {
    HttpResponse<String> reply =
        skald.get(
            "/loki/api/v1/%s?query=%s&start=%d&end=%d&time=%d&step=60"
                .formatted(
                    c.path(),
                    RunningSkald.escaped(c.query()),
                    HOUR - HOUR_SECONDS,
                    HOUR + HOUR_SECONDS,
                    HOUR + HOUR_SECONDS),
            "X-Scope-OrgID",
            c.tenant());
    assertEquals(c.status(), reply.statusCode(), reply.body());
    if (c.status() != 200) {
      assertEquals(c.text(), reply.body().strip());
    }
  }

  /** Streams are counted per segment in queries, and all of them in lists of series. */
  @Test
  void listsNoMoreStreamsThanMayBeLookedUp() throws Exception {
    String times = "&start=" + (HOUR - HOUR_SECONDS) + "&end=" + (HOUR + HOUR_SECONDS);
    String two = RunningSkald.escaped("{app=~\"a|b\"}");
    String all = RunningSkald.escaped("{app=~\".+\"}");
    String[] tenant = {"X-Scope-OrgID", "streams"};
    String series = "/loki/api/v1/series?match[]=".replace("[]", "%5B%5D");
    assertEquals(200, skald.get(series + two + times, tenant).statusCode());
    HttpResponse<String> refused = skald.get(series + all + times, tenant);
    assertEquals(400, refused.statusCode());
    assertEquals(
        "the selector finds too many streams (streams: 3, limit: 2); consider adding more specific"
            + " matchers",
        refused.body().strip());
    String query = "/loki/api/v1/query_range?query=";
    assertEquals(200, skald.get(query + all + times, tenant).statusCode());
    for (String app : new String[] {"d", "e", "f"}) {
      push("streams", app, HOUR, "line of " + app);
    }
    HttpResponse<String> inOne = skald.get(query + all + times, tenant);
    assertEquals(400, inOne.statusCode());
    assertTrue(inOne.body().startsWith("the selector finds too many streams"), inOne.body());
    String volume = "/loki/api/v1/index/stats?query=";
    assertEquals(400, skald.get(volume + all + times, tenant).statusCode());
  }
}
