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

  /** What a command of the program printed, after its exit status. */
  private String command(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", SkaldProcess.classPath(), SkaldProcess.SERVER));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertFalse(output.contains(S3Server.SECRET), output);
    return process.waitFor() + "\n" + output;
  }

  @Test
  void aBucketIsCheckedAndShown() throws Exception {
    String flag = "-config.file=" + config("data");
    try (SkaldProcess skald = up("data")) {
      for (int i = 0; i < 2; i++) {
        push(skald, i * 100, 100);
        requireStatus(204, send(skald, "POST", "/flush", ""));
      }
      push(skald, 200, 50);
      String locked = command("check", flag);
      assertTrue(locked.startsWith("2\n"), locked);
      assertTrue(locked.contains("cannot be locked, is the server running?"), locked);
      skald.stop();
    }
    String sound = command("check", flag);
    assertTrue(sound.startsWith("0\n"), sound);
    assertTrue(sound.contains("2 segments, 200 rows"), sound);
    assertTrue(sound.contains("wal: 1 records, 50 rows"), sound);
    String elsewhere = command("check", "-config.file=" + config("nowhere"));
    assertTrue(elsewhere.startsWith("0\n"), elsewhere);
    assertTrue(elsewhere.contains("wal: 0 records, 0 rows"), elsewhere);
    assertFalse(Files.exists(folder.resolve("nowhere")), "a look makes nothing");

    String shown = command("inspect", flag);
    assertTrue(shown.startsWith("0\n"), shown);
    assertTrue(shown.contains("\nmanifest 2: 2 segments, 200 rows"), shown);
    Path segment = oneFile("segment");
    String parts = command("inspect", String.valueOf(segment.getFileName()), flag);
    assertTrue(parts.startsWith("0\n"), parts);
    assertTrue(parts.contains("segment " + segment.getFileName() + ","), parts);

    Files.copy(segment, segment.resolveSibling("00000000000000ff"));
    flip(segment, Files.size(segment) / 2);
    flip(oneFile("manifest-copy"), 40);
    String damaged = command("check", flag);
    assertTrue(damaged.startsWith("1\n"), damaged);
    assertTrue(damaged.contains("DAMAGED s3://logs/segment/" + segment.getFileName()), damaged);
    assertTrue(damaged.contains("DAMAGED s3://logs/manifest-copy/0000"), damaged);
    assertTrue(damaged.contains("note    s3://logs/segment/00000000000000ff: in no"), damaged);
  }

  /** An object of the bucket as the file that it is in. */
  private Path oneFile(String of) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("s3/logs/" + of))) {
      return files.min(Path::compareTo).orElseThrow();
    }
  }

  private static void flip(Path file, long at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) at] ^= 1;
    Files.write(file, bytes);
  }
}
