package dev.skald.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The calls of users' documents, asked of a server that holds what those documents push: five jobs. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class HttpCallsTest {
  private static final List<String> JOBS =
      List.of("ecommerce-dashboard", "postgres", "grafana", "prometheus", "falco");
  private static final int LINES = 20;
  private static final int GRPC_PORT = freePort();

  @TempDir static Path folder = Path.of("");
  private static RunningSkald skald;

  /** A call and what must come back. */
  private record Call(String name, List<String> lines) {
    @Override
    public String toString() {
      return name;
    }

    String method() {
      return lines.getFirst().split(" ")[0];
    }

    String target() {
      return lines
          .getFirst()
          .split(" ")[1]
          .replace("{now-1h}", RunningSkald.nanos(3600))
          .replace("{now}", RunningSkald.nanos(0));
    }

    List<String> after(String word) {
      return lines.stream()
          .filter(line -> line.equals(word) || line.startsWith(word + " "))
          .map(line -> line.length() > word.length() ? line.substring(word.length() + 1) : "")
          .toList();
    }

    String[] headers() {
      return lines.stream()
          .skip(1)
          .takeWhile(line -> line.contains(": "))
          .flatMap(line -> Arrays.stream(line.split(": ", 2)))
          .toArray(String[]::new);
    }
  }

  static List<Call> calls() throws IOException {
    List<Call> calls = new ArrayList<>();
    List<String> block = new ArrayList<>();
    try (InputStream in = HttpCallsTest.class.getResourceAsStream("calls/http-calls.txt")) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      String text = new String(bytes, StandardCharsets.UTF_8) + "\n\n";
      for (String line : text.split("\n", -1)) {
        if (line.startsWith("#")) {
          continue;
        }
        if (!line.isEmpty()) {
          block.add(line);
        } else if (!block.isEmpty()) {
          calls.add(new Call(block.getFirst(), List.copyOf(block.subList(1, block.size()))));
          block.clear();
        }
      }
    }
    return calls;
  }

  @BeforeAll
  static void start() throws Exception {
    skald =
        RunningSkald.start(
            folder,
            "auth_enabled: false\nlimits_config: {ingestion_rate_mb: 1, ingestion_burst_size_mb: 1}",
            List.of("-server.grpc-listen-port=" + GRPC_PORT));
    for (String job : JOBS) {
      for (int i = 0; i < (job.equals(JOBS.getFirst()) ? LINES : 1); i++) {
        skald.push("{\"container\":\"" + job + "\"}", LINES + 10 - i, "line " + i);
      }
    }
    skald.get("/loki/api/v1/query?query=vector(1)"); // so that it has counted one
  }

  @AfterAll
  static void stop() {
    if (skald != null) {
      skald.close();
    }
  }

  @Order(1)
  @Test
  void callsWereRead() throws IOException {
    assertTrue(calls().size() > 30, "calls: " + calls().size());
  }

  @Order(2)
  @ParameterizedTest
  @MethodSource("calls")
  void answersAsTheDocumentExpects(Call call) throws Exception {
    String body = call.after("body").stream().findFirst().orElse("");
    HttpResponse<byte[]> reply =
        skald.sendForBytes(call.method(), call.target(), body(body), call.headers());
    String text = text(reply);
    List<String> statuses = List.of(call.after("status").getFirst().split(" "));
    assertTrue(
        statuses.contains(Integer.toString(reply.statusCode())), reply.statusCode() + " " + text);
    for (String type : call.after("type")) {
      assertEquals(type, reply.headers().firstValue("Content-Type").orElse(""));
    }
    for (String whole : call.after("is")) {
      assertEquals(whole, text.strip());
    }
    for (String part : call.after("has")) {
      assertTrue(text.contains(part.replace("\\n", "\n")), part + " is not in\n" + text);
    }
    for (String order : call.after("before")) {
      String[] parts = order.split(" \\.\\.\\. ");
      assertTrue(text.indexOf(parts[0]) >= 0, order + " is not in\n" + text);
      assertTrue(text.indexOf(parts[0]) < text.indexOf(parts[1]), order + " is not in\n" + text);
    }
    for (String header : call.after("header")) {
      String[] parts = header.split(" ", 2);
      assertEquals(parts[1], reply.headers().firstValue(parts[0]).orElse(""));
    }
    int lines = text.split("\"line ", -1).length - 1;
    for (String most : call.after("lines-at-most")) {
      assertTrue(lines <= Integer.parseInt(most), text);
    }
    for (String least : call.after("lines-at-least")) {
      assertTrue(lines >= Integer.parseInt(least), text);
    }
  }

  private static String text(HttpResponse<byte[]> reply) throws IOException {
    boolean isGzip = reply.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
    try (InputStream in = new ByteArrayInputStream(reply.body());
        InputStream plain = isGzip ? new GZIPInputStream(in) : in) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static BodyPublisher body(String name) {
    String labels = "{\"container\":\"grafana\"}";
    return switch (name) {
      case "" -> BodyPublishers.noBody();
      case "json" ->
          BodyPublishers.ofString(RunningSkald.body(labels, RunningSkald.nanos(1), "by hand"));
      case "old" ->
          BodyPublishers.ofString(RunningSkald.body(labels, RunningSkald.nanos(700_000), "old"));
      case "large" ->
          BodyPublishers.ofString(
              RunningSkald.body(labels, RunningSkald.nanos(1), "x".repeat(200_000))
                  .replace(
                      "]]}",
                      ("],[\"" + RunningSkald.nanos(2) + "\",\"" + "y".repeat(200_000) + "\"")
                              .repeat(6)
                          + "]]}"));
      case "form" ->
          BodyPublishers.ofString(
              "query=" + RunningSkald.escaped("{container=~\".+\"}") + "&limit=5");
      case "protobuf" ->
          BodyPublishers.ofByteArray(protobuf("{container=\"grafana\"}", "from an agent"));
      case "record" ->
          BodyPublishers.ofByteArray(
              protobuf(
                  "{exporter=\"OTLP\", job=\"checkout\"}",
                  "{\"body\":\"payment failed\",\"severity\":\"Error\"}"));
      default -> throw new AssertionError("no body is called " + name);
    };
  }

  /** A push request of one stream and one entry, as agents encode it. */
  private static byte[] protobuf(String labels, String line) {
    long seconds = Long.parseLong(RunningSkald.nanos(1).substring(0, 10));
    byte[] timestamp = bytes(out -> varintField(out, 1, seconds));
    byte[] entry =
        bytes(
            out -> {
              field(out, 1, timestamp);
              field(out, 2, line.getBytes(StandardCharsets.UTF_8));
            });
    byte[] stream =
        bytes(
            out -> {
              field(out, 1, labels.getBytes(StandardCharsets.UTF_8));
              field(out, 2, entry);
            });
    byte[] request = bytes(out -> field(out, 1, stream));
    SnappyJavaCompressor snappy = new SnappyJavaCompressor();
    byte[] compressed = new byte[snappy.maxCompressedLength(request.length)];
    int length = snappy.compress(request, 0, request.length, compressed, 0, compressed.length);
    return Arrays.copyOf(compressed, length);
  }

  private static byte[] bytes(java.util.function.Consumer<ByteArrayOutputStream> writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.accept(out);
    return out.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] bytes) {
    varint(out, number << 3 | 2);
    varint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void varintField(ByteArrayOutputStream out, int number, long value) {
    varint(out, (long) number << 3);
    varint(out, value);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** What was pushed by any of the calls can be found. */
  @Order(3)
  @Test
  void whatWasPushedIsFound() throws Exception {
    String query = RunningSkald.escaped("{container=\"grafana\"}");
    String found = skald.get("/loki/api/v1/query_range?query=" + query).body();
    Stream.of("from an agent", "by hand")
        .forEach(line -> assertTrue(found.contains(line), line + " is not in " + found));
  }

  /** Call 20: what is pushed from now on comes by itself. */
  @Order(4)
  @Test
  void tailsOverAWebSocket() throws Exception {
    BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          private final StringBuilder frame = new StringBuilder();

          @Override
          public @Nullable CompletionStage<?> onText(
              WebSocket socket, CharSequence part, boolean isLast) {
            frame.append(part);
            if (isLast) {
              frames.add(frame.toString());
              frame.setLength(0);
            }
            socket.request(1);
            return null;
          }
        };
    String url =
        skald.url().replace("http:", "ws:")
            + "/loki/api/v1/tail?query="
            + RunningSkald.escaped("{container=\"live\"}");
    try (HttpClient client = HttpClient.newHttpClient()) {
      WebSocket socket = client.newWebSocketBuilder().buildAsync(URI.create(url), listener).join();
      skald.push("{\"container\":\"live\"}", 0, "as it happens");
      String frame = frames.poll(20, TimeUnit.SECONDS);
      assertTrue(frame != null && frame.contains("\"as it happens\""), "frame: " + frame);
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
      client.shutdownNow();
    }
  }

  /** Call 21: a listener on {@code grpc_listen_port}, which speaks HTTP/2 (RFC 9113, 3.4). */
  @Order(4)
  @Test
  void listensForGrpc() throws IOException {
    byte[] settings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), GRPC_PORT)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.write(settings);
      byte[] head = socket.getInputStream().readNBytes(9);
      assertEquals(9, head.length);
      assertEquals(4, head[3], "the first frame is SETTINGS");
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Call 22: {@code -config.file=PATH} is the file that counts, and flags go before it. */
  @Order(4)
  @Test
  void readsTheFileThatTheCommandLineNames() throws Exception {
    String config = skald.get("/config").body();
    assertTrue(config.contains("ingestion_rate_mb: 1"), config);
    assertTrue(config.contains("grpc_listen_port: " + GRPC_PORT), config);
  }
}
