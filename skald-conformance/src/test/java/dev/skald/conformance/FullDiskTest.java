package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.server.DeafServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is really full: a small file system in memory. Pushes get 503 and when to come back, queries go on, and
 * with space again the server heals without a restart. Skipped where no file system can be mounted, which takes root.
 */
final class FullDiskTest {
  private static final int DISK_MEGABYTES = 12;
  private static final int BALLAST_BYTES = 6 << 20;
  private static final int LINES_PER_PUSH = 50;
  private static final int LINE_BYTES = 1_000;
  private static final int PUSHES_MAX = 1_000;

  @TempDir private Path disk = Path.of("");
  private final long nowNanos = System.currentTimeMillis() * 1_000_000L;
  private final Set<String> acknowledged = new HashSet<>();
  private int next;

  private static boolean runs(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @BeforeEach
  void mount() throws Exception {
    boolean mounted =
        runs(
            "mount", "-t", "tmpfs", "-o", "size=" + DISK_MEGABYTES + "m", "tmpfs", disk.toString());
    if (!mounted) {
      System.out.println("FullDiskTest is skipped: no file system can be mounted here");
    }
    Assumptions.assumeTrue(mounted, "no file system can be mounted here");
    Files.write(disk.resolve("ballast"), new byte[BALLAST_BYTES]);
  }

  @AfterEach
  void unmount() throws Exception {
    runs("umount", disk.toString());
  }

  private SkaldProcess start(String mainClass) throws Exception {
    SkaldProcess skald =
        SkaldProcess.begin(
            List.of(),
            SkaldProcess.MACHINE_FLAGS,
            mainClass,
            disk,
            "-storage.free-bytes-min=0", // the file system itself says that it is full
            "-distributor.ingestion-rate-limit-mb=1000",
            "-distributor.ingestion-burst-size-mb=1000");
    skald.awaitReady();
    return skald;
  }

  private HttpReply push(RawHttp http) throws IOException {
    List<String> values = new ArrayList<>();
    Set<String> lines = new HashSet<>();
    for (int i = 0; i < LINES_PER_PUSH; i++, next++) {
      String line = next + " " + "x".repeat(LINE_BYTES);
      lines.add(line);
      values.add("[\"" + (nowNanos + next) + "\",\"" + line + "\"]");
    }
    HttpReply reply =
        http.send(
            "POST",
            "/loki/api/v1/push",
            Map.of("Content-Type", "application/json"),
            ("{\"streams\":[{\"stream\":{\"job\":\"full\"},\"values\":["
                    + String.join(",", values)
                    + "]}]}")
                .getBytes(StandardCharsets.UTF_8));
    if (reply.status() == 204) {
      acknowledged.addAll(lines);
    }
    return reply;
  }

  private long count(RawHttp http) throws IOException {
    String query =
        URLEncoder.encode("sum(count_over_time({job=\"full\"}[1h]))", StandardCharsets.UTF_8);
    HttpReply reply =
        http.send(
            "GET",
            "/loki/api/v1/query?query=" + query + "&time=" + (nowNanos + 60_000_000_000L),
            Map.of(),
            null);
    assertEquals(200, reply.status(), reply.text());
    Object data = JsonTree.object(JsonTree.parse(reply.text())).get("data");
    List<?> result = JsonTree.array(JsonTree.object(data).get("result"));
    if (result.isEmpty()) {
      return 0;
    }
    return Long.parseLong(
        String.valueOf(JsonTree.array(JsonTree.object(result.getFirst()).get("value")).get(1)));
  }

  /** What the server promises, from a disk with space to a full one and back. */
  private void promise(String mainClass) throws Exception {
    try (SkaldProcess skald = start(mainClass)) {
      try (RawHttp http = skald.http()) {
        HttpReply reply = push(http);
        for (int i = 0; i < PUSHES_MAX && reply.status() == 204; i++) {
          reply = push(http);
        }
        assertEquals(503, reply.status(), "the disk is full: " + reply.text());
        assertTrue(
            Integer.parseInt(reply.headers().getOrDefault("retry-after", "0")) > 0,
            () -> "when to come back: " + skald.output());
        assertTrue(reply.text().contains("full"), reply.text());
        assertEquals(acknowledged.size(), count(http), "queries go on");
        assertEquals(503, push(http).status(), "still full");
        Files.delete(disk.resolve("ballast"));
        int before = acknowledged.size();
        for (int i = 0; i < 50 && acknowledged.size() == before; i++) {
          Thread.sleep(100);
          push(http);
        }
        assertTrue(acknowledged.size() > before, "it heals without a restart");
        assertEquals(acknowledged.size(), count(http), "all that was answered");
      }
      skald.kill();
    }
    try (SkaldProcess skald = start(mainClass);
        RawHttp http = skald.http()) {
      assertEquals(acknowledged.size(), count(http), "after a restart");
    }
  }

  @Test
  void aFullDiskRefusesPushesAndHeals() throws Exception {
    promise(SkaldProcess.SERVER);
  }

  @Test
  void aServerThatDoesNotHearThatTheDiskIsFullIsFoundOut() {
    AssertionError e =
        assertThrows(AssertionError.class, () -> promise(DeafServer.class.getName()));
    assertTrue(String.valueOf(e.getMessage()).startsWith("the disk is full: "), e::toString);
  }
}
