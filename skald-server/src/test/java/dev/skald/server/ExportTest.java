package dev.skald.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports and cursors give all entries of a query, whatever the limits of single answers are. */
final class ExportTest {
  private static final int ENTRIES = 3_000;
  private static final long START = 1_790_000_000_000_000_000L;
  private static final String SPAN = "&start=" + START + "&end=" + (START + ENTRIES + 1);
  private static final String ALL = "query=" + RunningSkald.escaped("{app=~\"a|b\"}") + SPAN;
  private static final String TENANT = "X-Scope-OrgID";

  @TempDir static Path folder = Path.of("");
  private static RunningSkald skald;

  @BeforeAll
  static void start() throws Exception {
    Path overrides = folder.resolve("overrides.yaml");
    Files.writeString(
        overrides,
        "overrides: {few: {max_query_bytes_read: 100B}, small: {max_query_memory: 64KB}}");
    skald =
        RunningSkald.start(
            folder,
            """
            auth_enabled: true
            runtime_config: {file: [%s]}
            limits_config: {max_entries_limit_per_query: 20, reject_old_samples: false}
            """
                .formatted(overrides));
    for (String tenant : List.of("t", "few", "small")) {
      push(tenant);
    }
  }

  /** In two streams, ten entries at each time; half of them in a segment. */
  private static void push(String tenant) throws Exception {
    for (int part = 0; part < 2; part++) {
      StringBuilder body = new StringBuilder("{\"streams\":[");
      for (String app : List.of("a", "b")) {
        body.append(app.equals("a") ? "" : ",");
        body.append("{\"stream\":{\"app\":\"").append(app).append("\"},\"values\":[");
        int from = part * ENTRIES / 4;
        for (int i = from; i < from + ENTRIES / 4; i++) {
          body.append(i == from ? "" : ",");
          long time = START + (i - i % 5);
          body.append("[\"")
              .append(time)
              .append("\",\"line, \\\"")
              .append(app)
              .append(i)
              .append("\\\"\"");
          body.append(i % 2 == 0 ? ",{\"trace\":\"t" + i + "\"}]" : "]");
        }
        body.append("]}");
      }
      HttpResponse<String> reply =
          skald.post(
              "/loki/api/v1/push",
              body.append("]}").toString(),
              "Content-Type",
              "application/json",
              TENANT,
              tenant);
      assertEquals(204, reply.statusCode(), reply.body());
      if (part == 0) {
        skald.post("/flush", "");
      }
    }
  }

  @AfterAll
  static void stop() {
    if (skald != null) {
      skald.close();
    }
  }

  private static HttpResponse<String> export(String more, String tenant) throws Exception {
    return skald.get("/skald/v1/export?" + ALL + more, TENANT, tenant);
  }

  private static long time(String json) {
    String before = "{\"timestamp\":\"";
    return Long.parseLong(json.substring(before.length(), json.indexOf('"', before.length())));
  }

  @Test
  void givesAllEntriesInOrderOfTime() throws Exception {
    HttpResponse<String> reply = export("", "t");
    assertEquals(200, reply.statusCode());
    assertEquals("application/x-ndjson", reply.headers().firstValue("Content-Type").orElse(""));
    List<String> lines = reply.body().lines().toList();
    assertEquals(ENTRIES, lines.size());
    assertEquals(ENTRIES, lines.stream().distinct().count());
    for (int i = 1; i < lines.size(); i++) {
      assertTrue(time(lines.get(i - 1)) <= time(lines.get(i)), lines.get(i));
    }
    assertEquals(
        "{\"timestamp\":\""
            + START
            + "\",\"stream\":{\"app\":\"a\",\"service_name\":\"a\"},"
            + "\"structuredMetadata\":{\"detected_level\":\"unknown\",\"trace\":\"t0\"},"
            + "\"line\":\"line, \\\"a0\\\"\"}",
        lines.getFirst());
    List<String> backward = export("&direction=backward", "t").body().lines().toList();
    assertEquals(ENTRIES, backward.stream().distinct().count());
    assertTrue(time(backward.getFirst()) >= time(backward.getLast()));
  }

  @Test
  void writesCsvAndText() throws Exception {
    List<String> csv = export("&format=csv", "t").body().lines().toList();
    assertEquals(ENTRIES + 1, csv.size());
    assertEquals("timestamp,stream,structured_metadata,parsed,line", csv.get(0));
    assertEquals(
        START
            + ",\"{app=\"\"a\"\", service_name=\"\"a\"\"}\",\"{detected_level=\"\"unknown\"\","
            + " trace=\"\"t0\"\"}\",,\"line, \"\"a0\"\"\"",
        csv.get(1));
    List<String> text = export("&format=text", "t").body().lines().toList();
    assertEquals(ENTRIES, text.size());
    assertEquals("line, \"a0\"", text.getFirst());
  }

  @Test
  void compressesForClientsThatAcceptIt() throws Exception {
    HttpResponse<InputStream> reply =
        skald.open(
            "/skald/v1/export?" + ALL + "&format=text", TENANT, "t", "Accept-Encoding", "gzip");
    assertEquals("gzip", reply.headers().firstValue("Content-Encoding").orElse(""));
    byte[] sent = reply.body().readAllBytes();
    String text =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(sent)).readAllBytes(),
            StandardCharsets.UTF_8);
    assertEquals(ENTRIES, text.lines().count());
    assertTrue(sent.length < text.length() / 2, "sent: " + sent.length);
  }

  /** Pages become smaller when so many entries do not fit. */
  @Test
  void needsNoMoreMemoryThanAQueryMayHave() throws Exception {
    HttpResponse<String> reply = export("&format=text", "small");
    assertEquals(200, reply.statusCode(), reply.body());
    assertEquals(ENTRIES, reply.body().lines().count());
  }

  @Test
  void otherTenantsAndBadRequestsGetNothing() throws Exception {
    assertEquals("", export("", "nobody").body());
    assertEquals(401, skald.get("/skald/v1/export?" + ALL).statusCode());
    String metric = "/skald/v1/export?query=" + RunningSkald.escaped("rate({app=\"a\"}[1m])");
    HttpResponse<String> reply = skald.get(metric + SPAN, TENANT, "t");
    assertEquals(400, reply.statusCode());
    assertEquals("only log queries have pages", reply.body());
    assertEquals(400, export("&format=xml", "t").statusCode());
    assertEquals(400, export("&direction=up", "t").statusCode());
    assertEquals(400, skald.get("/skald/v1/export?query=%7B" + SPAN, TENANT, "t").statusCode());
  }

  /** What was sent before is not the whole, and the client can see that. */
  @Test
  void isHeldAgainstTheTenantsBytes() throws Exception {
    HttpResponse<String> reply = export("", "few");
    assertEquals(400, reply.statusCode());
    assertTrue(reply.body().contains("too many bytes"), reply.body());
  }

  @Test
  void endsWhenTheClientLeaves() throws Exception {
    HttpResponse<InputStream> reply = skald.open("/skald/v1/export?" + ALL, TENANT, "t");
    byte[] some = reply.body().readNBytes(100);
    assertEquals(100, some.length);
    reply.body().close();
    String ended = "route=\"skald_v1_export\",status_code=\"499\"";
    long until = System.nanoTime() + 20_000_000_000L;
    while (!skald.get("/metrics").body().contains(ended)) {
      assertTrue(System.nanoTime() < until, "the export goes on without its client");
      Thread.sleep(20);
    }
  }

  @ParameterizedTest
  @CsvSource({"forward,7", "backward,20", "forward,1"})
  void cursorsJoinPagesToTheWhole(String direction, int limit) throws Exception {
    int wanted = limit == 1 ? 50 : ENTRIES;
    List<String> found = new ArrayList<>();
    String cursor = "";
    while (found.size() < wanted) {
      HttpResponse<String> reply =
          skald.get(
              "/loki/api/v1/query_range?"
                  + ALL
                  + "&direction="
                  + direction
                  + "&limit="
                  + limit
                  + "&cursor="
                  + cursor,
              TENANT,
              "t");
      assertEquals(200, reply.statusCode(), reply.body());
      int before = found.size();
      for (String part : reply.body().split("\"line, ", -1)) {
        if (part.startsWith("\\\"")) {
          found.add(part.substring(0, part.indexOf(']')));
        }
      }
      assertTrue(found.size() - before <= limit, "more than the limit");
      cursor = reply.headers().firstValue("X-Skald-Next-Cursor").orElse("");
      assertEquals(!cursor.isEmpty(), reply.body().contains("\"nextCursor\":\"" + cursor));
      if (cursor.isEmpty()) {
        break;
      }
    }
    assertEquals(wanted, found.size());
    assertEquals(wanted, found.stream().distinct().count());
  }

  @Test
  void cursorsOfOtherQueriesAreRefused() throws Exception {
    String range = "/loki/api/v1/query_range?limit=5&";
    String cursor =
        skald
            .get(range + ALL + "&cursor=", TENANT, "t")
            .headers()
            .firstValue("X-Skald-Next-Cursor")
            .orElse("");
    String other = "query=" + RunningSkald.escaped("{app=\"a\"}") + SPAN;
    for (String target :
        List.of(
            range + other + "&cursor=" + cursor,
            range + ALL + "&direction=forward&cursor=" + cursor,
            range + ALL + "&cursor=x",
            range + ALL + "&cursor=%25",
            range + "query=1&cursor=")) {
      assertEquals(400, skald.get(target, TENANT, "t").statusCode(), target);
    }
  }
}
