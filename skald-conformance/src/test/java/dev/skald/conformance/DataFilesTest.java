package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real log files pushed and queried back, byte for byte, from the head and from segments. They are no part of the
 * repository: {@code -Dskald.data=FOLDER}, by default {@code ../shared/data} beside it; skipped where absent.
 */
final class DataFilesTest {
  private static final int BATCH_LINES = 1000;

  @Test
  void everyLineComesBackAsItWas(@TempDir Path directory) throws Exception {
    Path folder = dataFolder();
    assumeTrue(folder != null, "no folder of public log files here");
    List<Path> files;
    try (Stream<Path> found = Files.walk(Objects.requireNonNull(folder))) {
      files = found.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
    try (SkaldProcess skald =
            SkaldProcess.up(
                directory,
                "-distributor.ingestion-rate-limit-mb=1000",
                "-distributor.ingestion-burst-size-mb=1000");
        RawHttp http = skald.http()) {
      long base = System.currentTimeMillis() * 1_000_000L - 3_600_000_000_000L;
      for (Path file : files) {
        push(http, file, base);
      }
      for (Path file : files) {
        assertEquals(lines(file), query(http, file, base), file + " from the head");
      }
      http.send("POST", "/flush", Map.of(), null);
      for (Path file : files) {
        assertEquals(lines(file), query(http, file, base), file + " from segments");
      }
    }
  }

  private static @Nullable Path dataFolder() {
    String given = System.getProperty("skald.data");
    List<Path> candidates =
        given != null
            ? List.of(Path.of(given))
            : List.of(Path.of("../../shared/data"), Path.of("../shared/data"));
    return candidates.stream().filter(Files::isDirectory).findFirst().orElse(null);
  }

  /** Lines as text; a byte that is no UTF-8 becomes U+FFFD on the way in and on the way out alike. */
  private static List<String> lines(Path file) throws IOException {
    String all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>(List.of(all.split("\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  private static void push(RawHttp http, Path file, long base) throws IOException {
    List<String> lines = lines(file);
    for (int from = 0; from < lines.size(); from += BATCH_LINES) {
      List<Object> values = new ArrayList<>();
      for (int i = from; i < Math.min(lines.size(), from + BATCH_LINES); i++) {
        values.add(List.of(Long.toString(base + i * 1_000_000L), lines.get(i)));
      }
      Map<String, Object> stream = Map.of("stream", Map.of("file", name(file)), "values", values);
      HttpReply reply =
          http.send(
              "POST",
              "/loki/api/v1/push",
              Map.of("Content-Type", "application/json"),
              JsonText.write(Map.of("streams", List.of(stream))).getBytes(StandardCharsets.UTF_8));
      assertEquals(204, reply.status(), reply.text());
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static List<String> query(RawHttp http, Path file, long base) throws IOException {
    List<String> found = new ArrayList<>();
    int window = 4000;
    int count = lines(file).size();
    for (int from = 0; from < count; from += window) {
      String target =
          "/loki/api/v1/query_range?limit=5000&direction=forward&query="
              + URLEncoder.encode("{file=\"" + name(file) + "\"}", StandardCharsets.UTF_8)
              + "&start="
              + (base + from * 1_000_000L)
              + "&end="
              + (base + (from + window) * 1_000_000L);
      HttpReply reply =
          http.send(
              "GET", target, Map.of("X-Loki-Response-Encoding-Flags", "categorize-labels"), null);
      assertEquals(200, reply.status(), reply.text());
      Object data = JsonTree.object(JsonTree.parse(reply.text())).get("data");
      List<List<Object>> entries = new ArrayList<>();
      for (Object stream : JsonTree.array(JsonTree.object(data).get("result"))) {
        for (Object entry : JsonTree.array(JsonTree.object(stream).get("values"))) {
          entries.add(List.copyOf(JsonTree.array(entry)));
        }
      }
      entries.stream().map(entry -> String.valueOf(entry.get(1))).forEach(found::add);
    }
    return found;
  }
}
