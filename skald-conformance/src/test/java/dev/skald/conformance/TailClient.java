package dev.skald.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A client of a tail, that remembers what it got. */
final class TailClient implements WebSocket.Listener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  // All guarded by this.
  private final List<String> frames = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private StringBuilder partial = new StringBuilder();
  private int pings;
  private @Nullable String closed;

  private @Nullable WebSocket socket;

  private TailClient() {}

  /**
   * @throws java.util.concurrent.CompletionException if there is an answer that is no upgrade
   */
  static TailClient open(
      HttpClient http, int port, String tenant, String path, Map<String, String> headers) {
    TailClient client = new TailClient();
    WebSocket.Builder builder = http.newWebSocketBuilder().header("X-Scope-OrgID", tenant);
    headers.forEach(builder::header);
    client.socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + path), client).join();
    return client;
  }

  @Override
  public synchronized void onOpen(WebSocket opened) {
    opened.request(1);
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onText(
      WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      String frame = partial.toString();
      partial = new StringBuilder();
      frames.add(frame);
      try {
        addLines(frame);
      } catch (IOException e) {
        closed = "no JSON: " + frame;
      }
      notifyAll();
    }
    from.request(1);
    return null;
  }

  private void addLines(String frame) throws IOException {
    for (Object stream : JsonTree.array(JsonTree.object(JsonTree.parse(frame)).get("streams"))) {
      Object values = JsonTree.object(stream).get("values");
      if (values != null) {
        for (Object value : JsonTree.array(values)) {
          lines.add(String.valueOf(JsonTree.array(value).get(1)));
        }
      }
    }
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    pings++;
    notifyAll();
    from.request(1);
    return null;
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onClose(
      WebSocket from, int status, String reason) {
    closed = status + " " + reason;
    notifyAll();
    return null;
  }

  @Override
  public synchronized void onError(WebSocket from, Throwable error) {
    closed = "error " + error;
    notifyAll();
  }

  synchronized List<String> frames() {
    return List.copyOf(frames);
  }

  /** Lines of all frames of the newer shape. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  synchronized int pings() {
    return pings;
  }

  private synchronized void await(String what, BooleanSupplier reached)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!reached.getAsBoolean()) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0 || closed != null) {
        throw new AssertionError(
            "no " + what + "; lines=" + lines.size() + " frames=" + frames + " closed=" + closed);
      }
      wait(millis);
    }
  }

  void awaitLines(int count) throws InterruptedException {
    await(count + " lines", () -> lines.size() >= count);
  }

  void awaitLine(String line) throws InterruptedException {
    await(line, () -> lines.contains(line));
  }

  void awaitFrames(int count) throws InterruptedException {
    await(count + " frames", () -> frames.size() >= count);
  }

  void awaitFrame(String part) throws InterruptedException {
    await(part, () -> frames.stream().anyMatch(frame -> frame.contains(part)));
  }

  /** The first ping comes when the past was sent. */
  void awaitPing() throws InterruptedException {
    int before = pings();
    await("ping", () -> pings > before);
  }

  /** Code and reason. */
  synchronized String awaitClosed() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (closed == null) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new AssertionError("not closed");
      }
      wait(millis);
    }
    return closed;
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
  }
}
