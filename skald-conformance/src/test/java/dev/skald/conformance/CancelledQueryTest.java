package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query ends when its client leaves, whichever way it leaves, and a client that stays loses nothing. */
final class CancelledQueryTest {
  private static final int LINES = 100_000;

  /** On a quiet machine a tenth of it. */
  private static final long END_MILLIS_MAX = 5_000;

  private static final String RUNNING =
      "loki_inflight_requests{method=\"GET\",route=\"loki_api_v1_query_range\"}";

  @TempDir static @Nullable Path directory;
  private static @Nullable SkaldProcess process;

  @BeforeAll
  static void start() throws Exception {
    process = SkaldProcess.up(Objects.requireNonNull(directory));
    long now = System.currentTimeMillis() * 1_000_000L;
    StringBuilder body =
        new StringBuilder("{\"streams\":[{\"stream\":{\"app\":\"x\"},\"values\":[");
    for (int i = 0; i < LINES; i++) {
      body.append(i == 0 ? "" : ",").append("[\"").append(now - i).append("\",\"line ");
      body.append(i).append(" of many that all look alike, more or less\"]");
    }
    try (RawHttp http = skald().http()) {
      HttpReply reply =
          http.send(
              "POST",
              "/loki/api/v1/push",
              Map.of("Content-Type", "application/json"),
              body.append("]}]}").toString().getBytes(StandardCharsets.UTF_8));
      assertEquals(204, reply.status(), reply.text());
    }
  }

  @AfterAll
  static void stop() {
    skald().close();
  }

  private static SkaldProcess skald() {
    return Objects.requireNonNull(process);
  }

  /** Reads all lines so many times, slowly. */
  private static String request(int times) {
    String once = "sum(count_over_time({app=\"x\"} |~ `(.{0,300}q){2}` [1h]))";
    String query = once + (" + " + once).repeat(times - 1);
    return "GET /loki/api/v1/query_range?query="
        + URLEncoder.encode(query, StandardCharsets.UTF_8)
        + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  private static Socket ask(String request) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), skald().port());
    socket.setSoTimeout(60_000);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return socket;
  }

  private static String metric(String name) throws IOException {
    try (RawHttp http = skald().http()) {
      return http.send("GET", "/metrics", Map.of(), null)
          .text()
          .lines()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.lastIndexOf(' ') + 1))
          .findFirst()
          .orElse("0");
    }
  }

  private static boolean comesTo(String name, double wanted) throws Exception {
    long end = System.nanoTime() + END_MILLIS_MAX * 1_000_000L;
    while (System.nanoTime() < end) {
      if (Double.parseDouble(metric(name)) == wanted) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }

  private static double cancelled() throws IOException {
    return Double.parseDouble(
        metric(
            "loki_request_duration_seconds_count{method=\"GET\","
                + "route=\"loki_api_v1_query_range\",status_code=\"499\""));
  }

  @Test
  void endsWhenTheClientClosesItsSocket() throws Exception {
    double before = cancelled();
    Socket socket = ask(request(200));
    assertTrue(comesTo(RUNNING, 1), "the query is not running");
    long closed = System.nanoTime();
    socket.close();
    assertTrue(comesTo(RUNNING, 0), "the query goes on without its client");
    System.out.printf("ended %d ms after its client%n", (System.nanoTime() - closed) / 1_000_000);
    assertEquals(before + 1, cancelled());
    assertTrue(
        skald().output().contains("/loki/api/v1/query_range cancelled: the request was cancelled"),
        skald().output());
  }

  @Test
  void endsWhenTheClientResetsTheConnection() throws Exception {
    Socket socket = ask(request(200));
    assertTrue(comesTo(RUNNING, 1), "the query is not running");
    socket.setSoLinger(true, 0);
    socket.close();
    assertTrue(comesTo(RUNNING, 0), "the query goes on without its client");
  }

  /** What is read to see whether the client is there belongs to its next request. */
  @Test
  void nextRequestOnTheConnectionIsAnsweredToo() throws Exception {
    String ready = "GET /ready HTTP/1.1\r\nHost: a\r\n";
    try (Socket socket = ask(request(3))) {
      assertTrue(comesTo(RUNNING, 1), "the query is not running");
      socket.getOutputStream().write((ready + "\r\n" + ready).getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      Thread.sleep(100); // it is looked for the client meanwhile
      socket.getOutputStream().write("Connection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(4, answers.split("HTTP/1.1 200 ", -1).length, answers);
      assertTrue(answers.contains("\"resultType\":\"matrix\""), answers);
    }
  }
}
