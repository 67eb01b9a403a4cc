package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Live tail (H); of a server that has none, nothing is checked. */
record GrafanaTailChecks(GrafanaClient grafana, int port) {
  private static final int WAIT_SECONDS = 20;

  private void assumeThereIsATail() throws IOException {
    HttpReply reply = grafana.send("GET", "/loki/api/v1/tail?query=%7B", Map.of(), null);
    Assumptions.assumeTrue(reply.status() != 404, "this server has no tail");
  }

  private static String target(String query) {
    return "/loki/api/v1/tail?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  /** What the server sends, one text after the other. */
  private static final class Frames implements WebSocket.Listener {
    private final LinkedBlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        texts.add(part.toString());
        part.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      texts.add("closed " + status + " " + reason);
      return null;
    }

    String next() throws InterruptedException {
      String text = texts.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      return text == null ? "nothing" : text;
    }
  }

  void newLinesArrive() throws Exception {
    assumeThereIsATail();
    Frames frames = new Frames();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("ws://127.0.0.1:" + port + target("{service_name=\"tailme\"}"));
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .header("X-Scope-OrgID", GrafanaClient.TENANT)
              .header("Origin", "https://grafana.example")
              .buildAsync(uri, frames)
              .get(WAIT_SECONDS, TimeUnit.SECONDS);
      String body =
          "{\"streams\":[{\"stream\":{\"service_name\":\"tailme\"},\"values\":[[\"%s\",\"tail-line\"]]}]}"
              .formatted(GrafanaClient.nanos(System.currentTimeMillis() / 1000));
      HttpReply pushed =
          grafana.send(
              "POST",
              "/loki/api/v1/push",
              Map.of("Content-Type", "application/json"),
              body.getBytes(StandardCharsets.UTF_8));
      assertEquals(204, pushed.status(), pushed.text());
      GrafanaAnswer frame = new GrafanaAnswer(JsonTree.parse(frames.next()));
      assertEquals("tailme", frame.at("streams", 0, "stream", "service_name").text());
      assertEquals("tail-line", frame.at("streams", 0, "values", 0, 1).text());
      socket.abort();
    }
  }

  void aBrokenQueryIsRefusedBeforehand() throws IOException {
    assumeThereIsATail();
    HttpReply reply = grafana.send("GET", target("{"), Map.of(), null);
    assertEquals(400, reply.status(), reply.text());
  }

  void aMetricQueryIsRefused() throws IOException {
    assumeThereIsATail();
    HttpReply reply = grafana.send("GET", target("rate({a=\"b\"}[1m])"), Map.of(), null);
    assertEquals(400, reply.status(), reply.text());
    assertTrue(!reply.text().isEmpty());
  }
}
