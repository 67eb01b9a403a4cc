package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes through the door gets an answer, quickly, and the next request is served as if nothing had been. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is sent
final class HostileInputTest {
  private static final long ANSWER_MILLIS_MAX =
      10_000; // on a busy machine; quiet ones need a tenth

  @TempDir static @Nullable Path directory;
  private static @Nullable SkaldProcess process;

  @BeforeAll
  static void start() throws Exception {
    process = SkaldProcess.up(Objects.requireNonNull(directory));
  }

  @AfterAll
  static void stop() {
    skald().close();
  }

  private static SkaldProcess skald() {
    return Objects.requireNonNull(process);
  }

  @AfterEach
  void isStillReady() throws IOException {
    try (RawHttp http = skald().http()) {
      assertEquals(200, http.send("GET", "/ready", Map.of(), null).status());
    }
  }

  /** A body, how it says it is encoded, and the status it gets. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Push(String name, String type, String encoding, byte[] body, int status) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] block, int times) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      for (int i = 0; i < times; i++) {
        gzip.write(block);
      }
    }
    return out.toByteArray();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(5).nextBytes(bytes);
    return bytes;
  }

  static Stream<Push> pushes() throws IOException {
    String json = "application/json";
    String protobuf = "application/x-protobuf";
    byte[] snappyClaimsTwoGiB = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 0, 1};
    return Stream.of(
        new Push("random bytes as protobuf", protobuf, "", random(5000), 400),
        new Push("random bytes as JSON", json, "", random(5000), 400),
        new Push("nothing", protobuf, "", new byte[0], 400),
        new Push("a gzip bomb of 1 GiB", json, "gzip", gzip(new byte[1 << 20], 1024), 413),
        new Push("snappy that claims 2 GiB", protobuf, "", snappyClaimsTwoGiB, 400),
        new Push(
            "gzip cut short",
            json,
            "gzip",
            Arrays.copyOf(gzip(utf8("{\"streams\":[]}"), 1000), 20),
            400),
        new Push("100,000 open brackets", json, "", utf8("[".repeat(100_000)), 400),
        new Push("an encoding that nobody knows", json, "rot13", utf8("{\"streams\":[]}"), 400),
        new Push("no streams", json, "", utf8("{\"streams\":[]}"), 422),
        new Push("labels that do not end", json, "", utf8("{\"streams\":[{\"stream\":{"), 400));
  }

  @ParameterizedTest
  @MethodSource("pushes")
  void oddBodiesAreRefused(Push push) throws IOException {
    Map<String, String> headers =
        push.encoding().isEmpty()
            ? Map.of("Content-Type", push.type())
            : Map.of("Content-Type", push.type(), "Content-Encoding", push.encoding());
    long start = System.nanoTime();
    try (RawHttp http = skald().http()) {
      HttpReply reply = http.send("POST", "/loki/api/v1/push", headers, push.body());
      assertEquals(push.status(), reply.status(), reply.text());
      assertTrue(!reply.text().isBlank(), "an error says what is wrong");
    }
    assertQuick(start);
  }

  private static void assertQuick(long startNanos) {
    long millis = (System.nanoTime() - startNanos) / 1_000_000L;
    assertTrue(millis < ANSWER_MILLIS_MAX, "answered after " + millis + " ms");
  }

  static Stream<String> queries() {
    return Stream.of(
        "(".repeat(10_000) + "vector(1)" + ")".repeat(10_000),
        "{a=\"b\"}" + " |= \"x\"".repeat(20_000),
        "{a=~\"(" + "a?".repeat(5_000) + "){900}\"}",
        "{a=\"b\"} |~ \"" + "(x+x+)+".repeat(1_400) + "y\"",
        "{a=\"b\"} | line_format \"{{ repeat 1000000000 `x` }}\" |",
        "sum(".repeat(5_000),
        "{" + "a=\"b\",".repeat(15_000) + "}",
        "\u0000",
        "{a=\"\ud800\"}",
        "1" + "+1".repeat(60_000));
  }

  /** Queries of death: some are wrong, some only large. Each is answered, with any status, quickly. */
  @ParameterizedTest
  @MethodSource("queries")
  void oddQueriesAreAnswered(String query) throws IOException {
    long start = System.nanoTime();
    byte[] form = utf8("query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    try (RawHttp http = skald().http()) {
      HttpReply reply =
          http.send(
              "POST",
              "/loki/api/v1/query_range",
              Map.of("Content-Type", "application/x-www-form-urlencoded"),
              form);
      assertTrue(reply.status() == 200 || reply.status() == 400, reply.status() + reply.text());
    }
    assertQuick(start);
  }

  /** Bytes that are no request, sent as they are. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Bytes(String name, byte[] bytes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Bytes> noRequests() {
    return Stream.of(
        new Bytes("random", random(2000)),
        new Bytes("no version", utf8("GET /ready\r\n\r\n")),
        new Bytes(
            "a negative length",
            utf8("POST /flush HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n")),
        new Bytes(
            "two lengths",
            utf8(
                "POST /flush HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")),
        new Bytes(
            "chunks that are none",
            utf8(
                "POST /loki/api/v1/push HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\nzz\r\n")),
        new Bytes(
            "a header of 2 MiB",
            utf8("GET /ready HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(2 << 20) + "\r\n\r\n")),
        new Bytes("a path of escapes", utf8("GET /%2e%2e/%00/%ff HTTP/1.1\r\nHost: a\r\n\r\n")));
  }

  @ParameterizedTest
  @MethodSource("noRequests")
  void whatIsNoRequestIsRefused(Bytes bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), skald().port())) {
      socket.setSoTimeout((int) ANSWER_MILLIS_MAX);
      socket.getOutputStream().write(bytes.bytes());
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean refused =
          answer.isEmpty() || answer.startsWith("HTTP/1.1 4") || answer.startsWith("HTTP/1.1 505");
      assertTrue(refused, answer);
    } catch (java.net.SocketException e) {
      // refused by closing the connection while it was still being written to
      assertTrue(
          String.valueOf(e.getMessage()).contains("reset")
              || String.valueOf(e.getMessage()).contains("Broken pipe"),
          e.toString());
    }
  }

  @Test
  void oneBadEntryDoesNotLoseTheGoodOnes() throws IOException {
    long now = System.currentTimeMillis() * 1_000_000L;
    String body =
        "{\"streams\":[{\"stream\":{\"app\":\"partial\"},\"values\":["
            + "[\""
            + now
            + "\",\"good\"],[\"1000\",\"too old\"],[\""
            + (now + 1)
            + "\",\"good too\"]]}]}";
    try (RawHttp http = skald().http()) {
      HttpReply pushed =
          http.send(
              "POST", "/loki/api/v1/push", Map.of("Content-Type", "application/json"), utf8(body));
      assertEquals(400, pushed.status());
      assertTrue(pushed.text().contains("has timestamp too old"), pushed.text());
      HttpReply found =
          http.send(
              "GET", "/loki/api/v1/query_range?query=%7Bapp%3D%22partial%22%7D", Map.of(), null);
      assertTrue(found.text().contains("\"good\"") && found.text().contains("\"good too\""));
      assertTrue(!found.text().contains("too old"), found.text());
    }
  }
}
