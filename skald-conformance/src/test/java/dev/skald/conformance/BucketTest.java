package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.objectstore.s3.S3Server;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server whose segments are in a bucket, of a server in this JVM that speaks S3. */
final class BucketTest {
  private static final String CONFIG =
      """
      auth_enabled: false
      server: {http_listen_address: 127.0.0.1}
      common:
        path_prefix: %s
        storage:
          s3:
            s3: s3://%s:%s@127.0.0.1:%d/logs
            insecure: true
      schema_config:
        configs:
          - {from: 2024-01-01, store: tsdb, object_store: s3, schema: v13}
      """;

  private final long baseEpochNanos = (System.currentTimeMillis() - 60_000) * 1_000_000L;

  @TempDir private Path folder = Path.of("");
  private S3Server server;

  @BeforeEach
  void start() throws Exception {
    server = S3Server.inFolder(folder.resolve("s3"), "logs");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path config(String name) throws IOException {
    Path config = folder.resolve(name + ".yaml");
    String secret = URLEncoder.encode(S3Server.SECRET, StandardCharsets.UTF_8);
    Files.writeString(
        config,
        CONFIG.formatted(
            folder.resolve(name), S3Server.KEY_ID, secret, server.endpoint().getPort()));
    return config;
  }

  private SkaldProcess up(String data) throws Exception {
    return SkaldProcess.up(folder, "-config.file=" + config(data));
  }

  private void push(SkaldProcess skald, int first, int count) throws IOException {
    List<String> values = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      values.add("[\"%d\",\"line %d\"]".formatted(baseEpochNanos + i * 1_000_000L, i));
    }
    String body =
        "{\"streams\":[{\"stream\":{\"job\":\"bucket\"},\"values\":[%s]}]}"
            .formatted(String.join(",", values));
    requireStatus(204, send(skald, "POST", "/loki/api/v1/push", body));
  }

  private static HttpReply send(SkaldProcess skald, String method, String target, String body)
      throws IOException {
    try (RawHttp http = skald.http()) {
      return http.send(
          method,
          target,
          Map.of("Content-Type", "application/json"),
          body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void requireStatus(int want, HttpReply reply) {
    assertEquals(want, reply.status(), reply.text());
  }

  private void requireLines(SkaldProcess skald, int count) throws IOException {
    String query = URLEncoder.encode("{job=\"bucket\"} |= \"line\"", StandardCharsets.UTF_8);
    String target =
        "/loki/api/v1/query_range?limit=5000&direction=forward&query=%s&start=%d&end=%d"
            .formatted(query, baseEpochNanos, baseEpochNanos + 60_000_000_000L);
    HttpReply reply = send(skald, "GET", target, "");
    requireStatus(200, reply);
    List<String> lines = new ArrayList<>();
    Object data = JsonTree.object(JsonTree.parse(reply.text())).get("data");
    for (Object stream : JsonTree.array(JsonTree.object(data).get("result"))) {
      for (Object entry : JsonTree.array(JsonTree.object(stream).get("values"))) {
        lines.add(String.valueOf(JsonTree.array(entry).get(1)));
      }
    }
    List<String> want = Stream.iterate(0, i -> i + 1).limit(count).map(i -> "line " + i).toList();
    assertEquals(want, lines);
  }

  private long objects(String kind) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("s3/logs"))) {
      return files
          .filter(f -> folder.relativize(f).startsWith("s3/logs/" + kind) && Files.isRegularFile(f))
          .count();
    }
  }

  private long cachedParts(String data) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(data).resolve("cache"))) {
      return files.count();
    }
  }

  @Test
  void whatWasFlushedIsServedByAMachineWithAnEmptyDisk() throws Exception {
    try (SkaldProcess skald = up("first")) {
      push(skald, 0, 1000);
      requireStatus(204, send(skald, "POST", "/flush", ""));
      assertEquals(1, objects("segment"));
      assertFalse(Files.exists(folder.resolve("first/objects")));
      push(skald, 1000, 10);
      requireLines(skald, 1010);
      assertFalse(skald.output().contains(S3Server.SECRET), skald::output);
      skald.kill();
    }
    try (SkaldProcess skald = up("first")) {
      requireLines(skald, 1010);
      assertTrue(cachedParts("first") > 0);
      requireStatus(204, send(skald, "POST", "/flush", ""));
      skald.kill();
    }
    try (SkaldProcess skald = up("second")) {
      requireLines(skald, 1010);
      push(skald, 1010, 10);
      requireStatus(204, send(skald, "POST", "/flush", ""));
      requireLines(skald, 1020);
      skald.stop();
    }
    assertEquals(0, objects("probe"));
  }

  @Test
  void aBucketThatIsNotThereEndsTheStartWithItsName() throws Exception {
    Path config = config("third");
    Files.writeString(config, Files.readString(config).replace("/logs", "/nowhere"));
    AssertionError e =
        assertThrows(
            AssertionError.class, () -> SkaldProcess.up(folder, "-config.file=" + config).close());
    String said = String.valueOf(e.getMessage());
    assertTrue(said.contains("bucket nowhere: cannot write"), said);
    assertFalse(said.contains(S3Server.SECRET), said);
  }
}
