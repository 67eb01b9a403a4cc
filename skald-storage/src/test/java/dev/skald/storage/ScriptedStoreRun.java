package dev.skald.storage;

import dev.skald.clock.SystemClock;
import dev.skald.disk.FileDisk;
import dev.skald.random.Randomness;
import dev.skald.storage.head.Batches;
import dev.skald.storage.head.Batches.Row;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that appends, flushes and merges, and says on its output what was answered: to be killed in the middle.
 * Arguments: the data directory, {@code sound} or {@code hasty} (answers before it appends, which is the planted bug),
 * and the number of the first batch.
 */
final class ScriptedStoreRun {
  static final String ANSWERED = "answered ";
  static final int BATCHES = 5;
  static final int BATCH_ROWS = 4;
  private static final long START = 1_700_000_000_000_000_000L;

  private ScriptedStoreRun() {}

  static List<Row> batch(int number) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < BATCH_ROWS; i++) {
      rows.add(Batches.row("app-" + i % 2, START + number * 100L + i, number + " row " + i));
    }
    return rows;
  }

  static DiskLogStore open(Path directory) throws IOException {
    SystemClock clock = new SystemClock();
    DiskLogStore store =
        DiskLogStore.open(
            FileDisk.at(directory),
            clock,
            clock,
            Threads.jvm(),
            Randomness.secure(),
            StoreConfig.DEFAULT);
    store.awaitReplay();
    return store;
  }

  public static void main(String[] args) throws IOException {
    boolean hasty = args[1].equals("hasty");
    int first = Integer.parseInt(args[2]);
    try (DiskLogStore store = open(Path.of(args[0]))) {
      for (int number = first; number < first + BATCHES; number++) {
        if (hasty) {
          say(number);
        }
        store.append(StoreHarness.TENANT, Batches.of(batch(number)));
        if (!hasty) {
          say(number);
        }
        if ((number - first) % 2 == 1) {
          store.flush();
        }
      }
      store.runUpkeep();
    }
  }

  private static void say(int number) {
    System.out.println(ANSWERED + number);
    System.out.flush();
  }
}
