package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tails over web sockets, as Grafana and logcli use them, and as lines of JSON. */
final class TailTest {
  private static final int TAILS_MAX = 12;

  @TempDir static @Nullable Path directory;
  private static @Nullable SkaldProcess process;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    Path home = Objects.requireNonNull(directory);
    Files.writeString(
        home.resolve("skald.yaml"),
        """
        auth_enabled: true
        server: {http_listen_address: 127.0.0.1}
        querier: {tail_max_duration: 20s}
        limits_config: {max_concurrent_tail_requests: %d, ingestion_rate_mb: 1000, ingestion_burst_size_mb: 1000}
        """
            .formatted(TAILS_MAX));
    process = SkaldProcess.up(home, "-config.file=skald.yaml");
  }

  @AfterAll
  static void stop() {
    skald().close();
    CLIENT.close();
  }

  private static SkaldProcess skald() {
    return Objects.requireNonNull(process);
  }

  private static String path(String query, String more) {
    return "/loki/api/v1/tail?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + more;
  }

  private static TailClient tail(String tenant, String path) {
    return TailClient.open(CLIENT, skald().port(), tenant, path, Map.of());
  }

  private static void push(String tenant, String labels, String... lines) throws IOException {
    StringBuilder values = new StringBuilder();
    long now = System.currentTimeMillis() * 1_000_000;
    for (int i = 0; i < lines.length; i++) {
      values.append(i == 0 ? "" : ",");
      values.append("[\"").append(now + i).append("\",\"").append(lines[i]).append("\"]");
    }
    String body = "{\"streams\":[{\"stream\":" + labels + ",\"values\":[" + values + "]}]}";
    try (RawHttp http = skald().http()) {
      HttpReply reply =
          http.send(
              "POST",
              "/loki/api/v1/push",
              Map.of("Content-Type", "application/json", "X-Scope-OrgID", tenant),
              body.getBytes(StandardCharsets.UTF_8));
      assertEquals(204, reply.status(), reply.text());
    }
  }

  /** The past comes first, oldest first, then what is pushed; only what the query wants. */
  @Test
  void pastAndPresentAreJoined() throws Exception {
    push("joined", "{\"app\":\"web\"}", "a=1", "drop", "a=2");
    push("joined", "{\"app\":\"other\"}", "a=9");
    try (TailClient tail = tail("joined", path("{app=\"web\"} |= `a=` | logfmt", ""))) {
      tail.awaitLines(2);
      push("joined", "{\"app\":\"web\"}", "a=3", "a=4");
      tail.awaitLines(4);
      assertEquals(List.of("a=1", "a=2", "a=3", "a=4"), tail.lines());
      String frame = tail.frames().getFirst();
      assertTrue(
          frame.startsWith(
              "{\"streams\":[{\"stream\":{\"a\":\"1\",\"app\":\"web\",\"detected_level\":\"unknown\","),
          frame);
      assertTrue(!frame.contains("dropped_entries"), frame);
    }
  }

  /** A message of many megabytes comes in several frames of the protocol. */
  @Test
  void longLinesComeWhole() throws Exception {
    String[] lines = new String[20];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = i + "x".repeat(200_000);
    }
    push("longlines", "{\"app\":\"web\"}", lines);
    try (TailClient tail = tail("longlines", path("{app=\"web\"}", ""))) {
      tail.awaitLines(lines.length);
      assertEquals(List.of(lines), tail.lines());
      assertEquals(1, tail.frames().size());
    }
  }

  @Test
  void limitKeepsTheNewestOfThePast() throws Exception {
    push("limited", "{\"app\":\"web\"}", "1", "2", "3");
    try (TailClient tail = tail("limited", path("{app=\"web\"}", "&limit=2"))) {
      tail.awaitLines(2);
      assertEquals(List.of("2", "3"), tail.lines());
    }
  }

  @Test
  void flagsCategorizeLabels() throws Exception {
    push("flags", "{\"app\":\"web\"}", "a=1");
    try (TailClient tail =
        TailClient.open(
            CLIENT,
            skald().port(),
            "flags",
            path("{app=\"web\"} | logfmt", ""),
            Map.of("X-Loki-Response-Encoding-Flags", "categorize-labels"))) {
      tail.awaitLines(1);
      String frame = tail.frames().getFirst();
      String wanted =
          "\"a=1\",{\"structuredMetadata\":{\"detected_level\":\"unknown\"},\"parsed\":{\"a\":\"1\"}}]";
      assertTrue(frame.contains(wanted), frame);
      assertTrue(frame.endsWith(",\"encodingFlags\":[\"categorize-labels\"]}"), frame);
    }
  }

  @Test
  void theOlderShapeHasLabelsAsText() throws Exception {
    push("legacy", "{\"app\":\"web\"}", "old", "other");
    String query = path("{app=\"web\"}", "&regexp=%5Eol").replace("/loki/api/v1/", "/api/prom/");
    try (TailClient tail = tail("legacy", query)) {
      tail.awaitFrames(1);
      String frame = tail.frames().getFirst();
      assertTrue(
          frame.startsWith("{\"streams\":[{\"labels\":\"{app=\\\"web\\\", detected_level="), frame);
      assertTrue(frame.endsWith("\"line\":\"old\"}]}],\"dropped_entries\":null}"), frame);
    }
  }

  /** Tails that begin while lines come in: each sees every line behind its first exactly once. */
  @Test
  void nothingIsLostOrDoubledAtTheJoint() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger pushed = new AtomicInteger();
    Thread pusher =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    while (!done.get()) {
                      String[] lines = new String[7];
                      for (int i = 0; i < lines.length; i++) {
                        lines[i] = "line " + pushed.getAndIncrement();
                      }
                      push("joint", "{\"app\":\"web\"}", lines);
                    }
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
    List<TailClient> tails = new ArrayList<>();
    for (int i = 0; i < TAILS_MAX; i++) {
      tails.add(tail("joint", path("{app=\"web\"}", "&limit=5000")));
      Thread.sleep(30);
    }
    done.set(true);
    pusher.join();
    int all = pushed.get();
    assertTrue(all > 100, "only " + all + " lines were pushed");
    for (TailClient tail : tails) {
      tail.awaitLine("line " + (all - 1));
      List<String> lines = tail.lines();
      TreeSet<Integer> numbers = new TreeSet<>();
      lines.forEach(line -> numbers.add(Integer.parseInt(line.substring(5))));
      assertEquals(numbers.size(), lines.size(), "some line came twice");
      assertEquals(all - numbers.first(), numbers.size(), "some line did not come");
      tail.close();
    }
  }

  @Test
  void delayedEntriesComeInOrderOfTime() throws Exception {
    try (TailClient tail = tail("delayed", path("{app=~\"a|b\"}", "&delay_for=1"))) {
      tail.awaitPing();
      long start = System.nanoTime();
      push("delayed", "{\"app\":\"a\"}", "1", "2");
      Thread.sleep(5);
      push("delayed", "{\"app\":\"b\"}", "3");
      tail.awaitLines(3);
      assertEquals(List.of("1", "2", "3"), tail.lines());
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      assertTrue(millis >= 1000, "came after " + millis + " ms");
    }
  }

  @Test
  void tooManyTailsAreClosedWithAReason() throws Exception {
    List<TailClient> tails = new ArrayList<>();
    for (int i = 0; i < TAILS_MAX; i++) {
      TailClient tail = tail("crowd", path("{app=\"web\"}", ""));
      tail.awaitPing();
      tails.add(tail);
    }
    try (TailClient more = tail("crowd", path("{app=\"web\"}", ""))) {
      assertEquals(
          "1011 max concurrent tail requests limit exceeded, count > limit (13 > 12)",
          more.awaitClosed());
    }
    tails.forEach(TailClient::close);
  }

  @Test
  void metricQueriesAreClosedWithAReason() throws Exception {
    try (TailClient tail = tail("metric", path("rate({app=\"web\"}[1m])", ""))) {
      assertEquals("1011 only log queries can be tailed", tail.awaitClosed());
    }
  }

  /** What is refused before there is a socket. */
  @Test
  void badRequestsAreHttpErrors() {
    for (String more : List.of("&delay_for=6", "&start=x", "&limit=-1")) {
      CompletionException e =
          org.junit.jupiter.api.Assertions.assertThrows(
              CompletionException.class, () -> tail("bad", path("{app=\"web\"}", more)).close());
      assertTrue(
          e.getCause() instanceof java.net.http.WebSocketHandshakeException w
              && w.getResponse().statusCode() == 400,
          more + ": " + e.getCause());
    }
  }

  @Test
  void tailsEndAfterTheirTime() throws Exception {
    try (TailClient tail = tail("long", path("{app=\"web\"}", ""))) {
      assertEquals("1011 reached tail max duration limit", tail.awaitClosed());
      assertTrue(tail.pings() >= 15, "only " + tail.pings() + " pings in 20 s");
    }
  }

  /** Ours: lines of JSON in a response without an end. */
  @Test
  void jsonLinesInsteadOfASocket() throws Exception {
    push("lines", "{\"app\":\"web\"}", "past");
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + skald().port() + path("{app=\"web\"}", "")))
            .header("Accept", "application/x-ndjson")
            .header("X-Scope-OrgID", "lines")
            .build();
    HttpResponse<java.io.InputStream> response =
        CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertEquals(200, response.statusCode());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertTrue(lines.readLine().contains("\"past\""));
      assertEquals("{\"streams\":[]}", lines.readLine());
      push("lines", "{\"app\":\"web\"}", "present");
      assertTrue(assertNotNullLine(lines.readLine()).contains("\"present\""));
    }
  }

  private static String assertNotNullLine(@Nullable String line) {
    assertNotNull(line);
    return line;
  }
}
