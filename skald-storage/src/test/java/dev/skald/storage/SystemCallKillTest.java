package dev.skald.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.disk.FileDisk;
import dev.skald.model.PageScan;
import dev.skald.storage.check.CheckReport;
import dev.skald.storage.check.StoreCheck;
import dev.skald.storage.head.Batches.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process with a store is killed at a chosen write, sync, rename, link or deletion, by {@code strace}; then one that
 * recovers and goes on is killed at another. What was answered is there once. A build takes some of the points, a nightly
 * run all. Skipped where there is no strace, or where it may not trace.
 */
final class SystemCallKillTest {
  private static final String CALLS =
      "write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,ftruncate";

  private static final int POINTS_OF_BUILD = 12;
  private static final int SECONDS_OF_BUILD = 40;
  private static final int RUN_SECONDS_MAX = 120;
  private static final int KILLED = 128 + 9;

  private final Random random = new Random(dev.skald.property.ForAll.seedOfRun());
  private final boolean everyPoint = Boolean.getBoolean("skald.explore");

  @TempDir private Path folder = Path.of("");
  private int directories;

  /** A system call of some thread, by its number in that thread. */
  private record Point(String call, int number) {}

  /** What a run came to. */
  private record Run(int exitStatus, Set<Integer> answered) {}

  @BeforeAll
  static void requireStrace(@TempDir Path folder) throws Exception {
    String why;
    try {
      Process process =
          new ProcessBuilder("strace", "-f", "-o", folder.resolve("t").toString(), "true").start();
      why = process.waitFor() == 0 ? "" : "strace may not trace here";
    } catch (IOException e) {
      why = "strace is not installed";
    }
    if (!why.isEmpty()) {
      System.out.println("SystemCallKillTest is skipped: " + why);
    }
    Assumptions.assumeTrue(why.isEmpty(), why);
  }

  private Run run(Path directory, String mode, int first, String... straceArguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("strace", "--seccomp-bpf", "-f"));
    command.addAll(List.of(straceArguments));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            ScriptedStoreRun.class.getName(),
            directory.toString(),
            mode,
            String.valueOf(first)));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    if (!process.waitFor(RUN_SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("does not end: " + command);
    }
    Set<Integer> answered = new TreeSet<>();
    for (String line : Files.readString(output).split("\n")) {
      if (line.startsWith(ScriptedStoreRun.ANSWERED)) {
        answered.add(Integer.parseInt(line.substring(ScriptedStoreRun.ANSWERED.length())));
      }
    }
    return new Run(process.exitValue(), answered);
  }

  private Path newDirectory() throws IOException {
    return Files.createDirectory(folder.resolve("data-" + directories++));
  }

  /** All calls of one run that nobody disturbs. */
  private List<Point> points() throws Exception {
    Path log = folder.resolve("calls");
    Run run = run(newDirectory(), "sound", 0, "-o", log.toString(), "-e", "trace=" + CALLS);
    assertEquals(0, run.exitStatus, () -> read(folder.resolve("errors")));
    Map<String, Integer> ofThread = new HashMap<>();
    Map<String, Integer> most = new TreeMap<>();
    for (String line : read(log).split("\n")) {
      String[] parts = line.trim().split("[ (]+");
      if (parts.length > 2 && CALLS.contains(parts[1])) {
        int number = ofThread.merge(parts[0] + " " + parts[1], 1, Integer::sum);
        most.merge(parts[1], number, Math::max);
      }
    }
    List<Point> points = new ArrayList<>();
    most.forEach(
        (call, count) -> {
          for (int number = 1; number <= count; number++) {
            points.add(new Point(call, number));
          }
        });
    return points;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String[] killingAt(Point point) {
    return new String[] {
      "-o",
      "/dev/null",
      "-e",
      "trace=" + point.call,
      "-e",
      "inject=%s:signal=KILL:when=%d".formatted(point.call, point.number)
    };
  }

  /** Two runs on one directory, each killed, unless it ends before. */
  private void killTwice(Point first, Point second, String mode) throws Exception {
    String when = first + ", then " + second;
    Path directory = newDirectory();
    Run one = run(directory, mode, 0, killingAt(first));
    Run two = run(directory, mode, ScriptedStoreRun.BATCHES, killingAt(second));
    for (Run run : List.of(one, two)) {
      assertTrue(
          run.exitStatus == 0 || run.exitStatus == KILLED,
          () -> when + ": " + read(folder.resolve("errors")));
    }
    Set<Integer> answered = new TreeSet<>(one.answered);
    answered.addAll(two.answered);
    CheckReport report = StoreCheck.run(FileDisk.at(directory));
    assertTrue(report.isSound(), () -> when + ": " + report.text());
    Map<Row, Integer> found = new HashMap<>();
    try (DiskLogStore store = ScriptedStoreRun.open(directory);
        PageScan scan = store.scan(StoreHarness.TENANT, List.of(), StoreHarness.ALWAYS)) {
      StoreHarness.rows(scan).forEach(row -> found.merge(row, 1, Integer::sum));
    }
    for (int number = 0; number < 2 * ScriptedStoreRun.BATCHES; number++) {
      int rows = 0;
      for (Row row : ScriptedStoreRun.batch(number)) {
        int count = found.getOrDefault(row, 0);
        assertTrue(count < 2, () -> when + ": doubled " + row);
        rows += count;
        found.remove(row);
      }
      boolean whole = rows == ScriptedStoreRun.BATCH_ROWS;
      assertTrue(whole || rows == 0, when + ": a part of batch " + number);
      assertTrue(whole || !answered.contains(number), when + ": lost batch " + number);
    }
    assertEquals(Map.of(), found, when + ": never sent");
  }

  private List<Point> chosen() throws Exception {
    List<Point> points = points();
    assertTrue(points.size() > 20, "too few calls: " + points);
    Collections.shuffle(points, random);
    return points;
  }

  @Test
  void whereverItIsKilledWhatWasAnsweredIsThereOnce() throws Exception {
    List<Point> points = chosen();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_OF_BUILD);
    int done = 0;
    for (Point point : points) {
      if (!everyPoint && (done == POINTS_OF_BUILD || System.nanoTime() > end)) {
        break;
      }
      killTwice(point, points.get(random.nextInt(points.size())), "sound");
      done++;
    }
    System.out.println("killed at " + done + " of " + points.size() + " system calls");
    assertTrue(done > 0);
  }

  /** The planted bug: a program that answers before it appends. The first sync of the log is where it shows. */
  @Test
  void aProgramThatAnswersTooEarlyIsFoundOut() throws Exception {
    Point first = new Point("fdatasync", 1);
    AssertionError e = assertThrows(AssertionError.class, () -> killTwice(first, first, "hasty"));
    assertTrue(e.toString().contains("lost batch "), e::toString);
  }
}
