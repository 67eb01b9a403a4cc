package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments under load: every entry that was acknowledged is there exactly once after the
 * restart, and none that was never sent. {@code -Dskald.kills=100} for more rounds; the seed is printed.
 */
final class KillTest {
  private static final int WRITERS = 4;
  private static final int BATCH_LINES = 20;
  private static final long BASE_NANOS_AGO = 3_600_000_000_000L;

  private final int kills = Integer.getInteger("skald.kills", 6);
  private final long seed = Long.getLong("skald.seed", System.nanoTime());
  private final Set<String> acknowledged = new ConcurrentSkipListSet<>();
  private final Set<String> sent = new ConcurrentSkipListSet<>();
  private final long baseEpochNanos = System.currentTimeMillis() * 1_000_000L - BASE_NANOS_AGO;

  @Test
  void everyAcknowledgedEntryIsThereExactlyOnce(@TempDir Path directory) throws Exception {
    System.out.println("rerun with -Dskald.seed=" + seed + " -Dskald.kills=" + kills);
    Random random = new Random(seed);
    int[] next = new int[WRITERS];
    for (int round = 0; round < kills; round++) {
      try (SkaldProcess skald = SkaldProcess.up(directory, flags())) {
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          int id = writer;
          writers.add(
              Thread.ofPlatform().start(() -> next[id] = write(skald.port(), id, next[id])));
        }
        Thread.sleep(50 + random.nextInt(600));
        skald.kill();
        for (Thread writer : writers) {
          writer.join();
        }
      }
    }
    try (SkaldProcess skald = SkaldProcess.up(directory, flags())) {
      Map<String, Integer> found = new TreeMap<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        read(skald, writer, next[writer], found);
      }
      check(found);
    }
  }

  /** Small heads, so that flushes happen between the kills too; no limit on rates. */
  private static String[] flags() {
    return new String[] {
      "-distributor.ingestion-rate-limit-mb=1000",
      "-distributor.ingestion-burst-size-mb=1000",
      "-storage.head-flush-bytes=64KB"
    };
  }

  /** Pushes batch after batch until the server is gone; returns the number of the next line. */
  private int write(int port, int writer, int first) {
    int line = first;
    try (RawHttp http = new RawHttp(port)) {
      while (true) {
        List<String> values = new ArrayList<>();
        Set<String> batch = new TreeSet<>();
        for (int i = 0; i < BATCH_LINES; i++, line++) {
          String text = "writer " + writer + " line " + line;
          batch.add(text);
          values.add("[\"" + timestamp(line) + "\",\"" + text + "\"]");
        }
        sent.addAll(batch);
        String body =
            "{\"streams\":[{\"stream\":{\"job\":\"kill\",\"writer\":\"%d\"},\"values\":[%s]}]}"
                .formatted(writer, String.join(",", values));
        HttpReply reply =
            http.send(
                "POST",
                "/loki/api/v1/push",
                Map.of("Content-Type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8));
        if (reply.status() == 204) {
          acknowledged.addAll(batch);
        } else {
          throw new AssertionError("push: " + reply.status() + " " + reply.text());
        }
      }
    } catch (IOException e) {
      return line; // killed: what was under way may be there or not
    }
  }

  private long timestamp(int line) {
    return baseEpochNanos + line * 1_000_000L;
  }

  private void read(SkaldProcess skald, int writer, int lines, Map<String, Integer> found)
      throws IOException {
    int window = 4000;
    try (RawHttp http = skald.http()) {
      for (int from = 0; from < lines; from += window) {
        String query = URLEncoder.encode("{writer=\"" + writer + "\"}", StandardCharsets.UTF_8);
        String target =
            "/loki/api/v1/query_range?limit=5000&direction=forward&query="
                + query
                + "&start="
                + timestamp(from)
                + "&end="
                + timestamp(from + window);
        HttpReply reply = http.send("GET", target, Map.of(), null);
        assertEquals(200, reply.status(), reply.text());
        Object data = JsonTree.object(JsonTree.parse(reply.text())).get("data");
        for (Object stream : JsonTree.array(JsonTree.object(data).get("result"))) {
          for (Object entry : JsonTree.array(JsonTree.object(stream).get("values"))) {
            found.merge(String.valueOf(JsonTree.array(entry).get(1)), 1, Integer::sum);
          }
        }
      }
    }
  }

  private void check(Map<String, Integer> found) {
    Set<String> lost = new TreeSet<>(acknowledged);
    lost.removeAll(found.keySet());
    Set<String> invented = new TreeSet<>(found.keySet());
    invented.removeAll(sent);
    List<String> doubled =
        found.entrySet().stream().filter(e -> e.getValue() > 1).map(Map.Entry::getKey).toList();
    System.out.printf(
        "kills %d, sent %d, acknowledged %d, found %d%n",
        kills, sent.size(), acknowledged.size(), found.size());
    assertTrue(acknowledged.size() > kills, "too little was written to prove anything");
    assertEquals(Set.of(), lost, "acknowledged and lost");
    assertEquals(Set.of(), invented, "never sent");
    assertEquals(List.of(), doubled, "there more than once");
  }
}
