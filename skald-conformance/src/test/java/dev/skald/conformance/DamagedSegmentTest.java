package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A segment whose lines were damaged on disk: said with file and offset, and everything else is served. */
final class DamagedSegmentTest {
  private static final int LINES_A_DAY = 400;

  /** A filter that no shape can answer by itself. */
  private static final String READS_LINES = " |~ \"line [0-9a-f]{16} of\"";

  private static final long DAY_NANOS = 86_400_000_000_000L;

  private final long nowNanos = System.currentTimeMillis() * 1_000_000L;

  /** Two segments, one a day. */
  private void fillTwoDays(Path directory) throws Exception {
    try (SkaldProcess skald = SkaldProcess.up(directory);
        RawHttp http = skald.http()) {
      push(http, "yesterday", nowNanos - DAY_NANOS);
      http.send("POST", "/flush", Map.of(), null);
      push(http, "today", nowNanos - 60_000_000_000L);
      http.send("POST", "/flush", Map.of(), null);
      assertEquals(0, skald.stop() & 0xff & ~143, "stopped by the signal, or by itself");
    }
  }

  @Test
  void theRestIsServedAndTheAnswerSaysWhatIsMissing(@TempDir Path directory) throws Exception {
    fillTwoDays(directory);
    damage(oneSegment(directory), 1500); // well inside the first page's lines
    try (SkaldProcess skald = SkaldProcess.up(directory);
        RawHttp http = skald.http()) {
      List<String> days = new ArrayList<>();
      for (String day : List.of("yesterday", "today")) {
        days.add(count(http, "{day=\"" + day + "\"}" + READS_LINES));
      }
      List<String> whole = days.stream().filter(answer -> !answer.contains("warnings")).toList();
      assertEquals(1, whole.size(), "one day is damaged, the other is not: " + days);
      assertTrue(whole.getFirst().contains("\"" + LINES_A_DAY + "\""), whole.getFirst());
      String all = count(http, "{day=~\".+\"}" + READS_LINES);
      assertTrue(all.contains("\"" + LINES_A_DAY + "\""), all);
      assertTrue(all.contains("\"warnings\":[\"part of the data is damaged"), all);
      assertTrue(all.contains("corrupt at byte"), all);
      assertTrue(skald.output().contains("corrupt at byte"), "the log says it too");
    }
  }

  /** Its directory is what is damaged: nothing of the segment can be read. */
  @Test
  void aSegmentThatCannotBeOpenedIsMissedInAnswers(@TempDir Path directory) throws Exception {
    fillTwoDays(directory);
    Path segment = oneSegment(directory);
    damage(segment, Files.size(segment) - 5);
    try (SkaldProcess skald = SkaldProcess.up(directory);
        RawHttp http = skald.http()) {
      String all = count(http, "{day=~\".+\"}");
      assertTrue(all.contains("\"" + LINES_A_DAY + "\""), all);
      assertTrue(all.contains("\"warnings\":[\"part of the data is damaged"), all);
      assertTrue(all.contains(segment.getFileName() + ": corrupt at byte"), all);
      String metrics = http.send("GET", "/metrics", Map.of(), null).text();
      assertTrue(metrics.contains("\nskald_damaged_segments 1"), metrics);
    }
  }

  private void push(RawHttp http, String day, long fromNanos) throws IOException {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < LINES_A_DAY; i++) {
      String id = "%016x".formatted(i * 0x9e3779b97f4a7c15L); // fills a frame of its own
      values.add("[\"" + (fromNanos + i) + "\",\"line " + id + " of " + day + "\"]");
    }
    String body =
        "{\"streams\":[{\"stream\":{\"day\":\"%s\"},\"values\":[%s]}]}"
            .formatted(day, String.join(",", values));
    HttpReply reply =
        http.send(
            "POST",
            "/loki/api/v1/push",
            Map.of("Content-Type", "application/json"),
            body.getBytes(StandardCharsets.UTF_8));
    assertEquals(204, reply.status(), reply.text());
  }

  private static String count(RawHttp http, String selection) throws IOException {
    String query = "sum(count_over_time(" + selection + "[48h]))";
    HttpReply reply =
        http.send(
            "GET",
            "/loki/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8),
            Map.of(),
            null);
    assertEquals(200, reply.status(), reply.text());
    return reply.text();
  }

  private static Path oneSegment(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("data/objects/segment"))) {
      return files.min(Path::compareTo).orElseThrow();
    }
  }

  /** Flips bits of a byte. */
  private static void damage(Path segment, long at) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.seek(at);
      int was = file.read();
      file.seek(at);
      file.write(was ^ 0x55);
    }
  }
}
