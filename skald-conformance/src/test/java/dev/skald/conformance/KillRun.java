package dev.skald.conformance;

import dev.skald.disk.FileDisk;
import dev.skald.storage.check.CheckReport;
import dev.skald.storage.check.StoreCheck;
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

/**
 * One data directory whose server is killed again and again: under load at a random moment, or at a random moment of
 * its start, which is when it recovers from the kill before. At the end everything is read.
 */
final class KillRun {
  private static final int WRITERS = 4;
  private static final int BATCH_LINES = 20;

  /** So that a run of many rounds stays readable in seconds. */
  private static final int ROUND_LINES_MAX = 4_000;

  /** A server is killed when so many lines of a round, at most, are acknowledged. */
  private static final int KILL_LINES_MAX = WRITERS * ROUND_LINES_MAX / 2;

  private static final long BASE_NANOS_AGO = 3_600_000_000_000L;

  /** One round of so many kills the server while it starts. */
  private static final int ROUNDS_PER_START = 3;

  private final Path directory;
  private final String mainClass;
  private final Random random;
  private final String[] flags;
  private final Set<String> acknowledged = new ConcurrentSkipListSet<>();
  private final Set<String> sent = new ConcurrentSkipListSet<>();
  private final long baseEpochNanos = System.currentTimeMillis() * 1_000_000L - BASE_NANOS_AGO;
  private final int[] next = new int[WRITERS];
  private long startMillis = 500;
  private int killsOfStarts;

  /**
   * @param mainClass the server, or one with a bug
   * @param flushBytes how much the head may hold: little, so that flushes happen between kills
   */
  KillRun(Path directory, String mainClass, String flushBytes, Random random) {
    this.directory = directory;
    this.mainClass = mainClass;
    this.random = random;
    this.flags =
        new String[] {
          "-distributor.ingestion-rate-limit-mb=1000",
          "-distributor.ingestion-burst-size-mb=1000",
          "-storage.head-flush-bytes=" + flushBytes
        };
  }

  /**
   * What was found at the end.
   *
   * @param lost acknowledged and not there
   * @param invented there and never sent
   * @param doubled there more than once
   * @param damages what a check of the directory says, after the last kill and after a clean stop
   */
  record Outcome(
      int kills,
      int killsOfStarts,
      int sent,
      int acknowledged,
      int found,
      Set<String> lost,
      Set<String> invented,
      List<String> doubled,
      List<String> damages) {
    boolean isClean() {
      return lost.isEmpty() && invented.isEmpty() && doubled.isEmpty() && damages.isEmpty();
    }

    @Override
    public String toString() {
      return "kills %d (%d while starting), sent %d, acknowledged %d, found %d, lost %d, doubled %d, damages %d"
          .formatted(
              kills,
              killsOfStarts,
              sent,
              acknowledged,
              found,
              lost.size(),
              doubled.size(),
              damages.size());
    }
  }

  Outcome run(int kills) throws Exception {
    for (int round = 0; round < kills; round++) {
      if (round > 0 && random.nextInt(ROUNDS_PER_START) == 0) {
        killWhileStarting();
      } else {
        killUnderLoad();
      }
    }
    List<String> damages = new ArrayList<>(check("after the last kill"));
    Map<String, Integer> found = new TreeMap<>();
    try (SkaldProcess skald = start()) {
      skald.awaitReady();
      for (int writer = 0; writer < WRITERS; writer++) {
        read(skald, writer, next[writer], found);
      }
      skald.stop();
    }
    damages.addAll(check("after a clean stop"));
    Set<String> lost = new TreeSet<>(acknowledged);
    lost.removeAll(found.keySet());
    Set<String> invented = new TreeSet<>(found.keySet());
    invented.removeAll(sent);
    List<String> doubled =
        found.entrySet().stream().filter(e -> e.getValue() > 1).map(Map.Entry::getKey).toList();
    return new Outcome(
        kills,
        killsOfStarts,
        sent.size(),
        acknowledged.size(),
        found.size(),
        lost,
        invented,
        doubled,
        damages);
  }

  private SkaldProcess start() throws IOException {
    return SkaldProcess.begin(List.of(), SkaldProcess.MACHINE_FLAGS, mainClass, directory, flags);
  }

  private void killUnderLoad() throws Exception {
    long begun = System.nanoTime();
    try (SkaldProcess skald = start()) {
      skald.awaitReady();
      startMillis = (System.nanoTime() - begun) / 1_000_000;
      List<Thread> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int id = writer;
        writers.add(Thread.ofPlatform().start(() -> next[id] = write(skald.port(), id, next[id])));
      }
      awaitAcknowledged(acknowledged.size() + 2 * BATCH_LINES + random.nextInt(KILL_LINES_MAX));
      skald.kill();
      for (Thread writer : writers) {
        writer.join();
      }
    }
  }

  /**
   * However slow the machine is, a round proves something; and however fast, the writers have not
   * come to their end: a kill that comes when all is quiet finds nobody out.
   */
  private void awaitAcknowledged(int lines) throws InterruptedException {
    for (int i = 0; i < 10_000 && acknowledged.size() < lines; i++) {
      Thread.sleep(1);
    }
  }

  /** Anywhere in a start, but more often near its end, where the log is read. */
  private void killWhileStarting() throws Exception {
    try (SkaldProcess skald = start()) {
      long from = random.nextBoolean() ? startMillis / 2 : 0;
      Thread.sleep(from + random.nextLong(startMillis - from + 1));
      skald.kill();
    }
    killsOfStarts++;
  }

  private List<String> check(String when) throws IOException {
    CheckReport report = StoreCheck.run(FileDisk.at(directory.resolve("data")));
    return report.damages().stream().map(damage -> when + ": " + damage).toList();
  }

  /** Pushes batch after batch until the server is gone; returns the number of the next line. */
  private int write(int port, int writer, int first) {
    int line = first;
    try (RawHttp http = new RawHttp(port)) {
      while (line < first + ROUND_LINES_MAX) {
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
    return line;
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
        if (reply.status() != 200) {
          throw new AssertionError("query: " + reply.status() + " " + reply.text());
        }
        Object data = JsonTree.object(JsonTree.parse(reply.text())).get("data");
        for (Object stream : JsonTree.array(JsonTree.object(data).get("result"))) {
          for (Object entry : JsonTree.array(JsonTree.object(stream).get("values"))) {
            found.merge(String.valueOf(JsonTree.array(entry).get(1)), 1, Integer::sum);
          }
        }
      }
    }
  }
}
