package dev.skald.storage;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.clock.ManualClock;
import dev.skald.disk.Disk;
import dev.skald.disk.FaultyDisk;
import dev.skald.disk.MemoryDisk;
import dev.skald.error.SkaldException;
import dev.skald.storage.head.Batches;
import dev.skald.storage.head.Batches.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * A log that holds more than the head may is replayed with the memory of a head: rows go to segments on the way. A crash
 * in the middle of that, and another one, loses and doubles nothing. Queries are answered meanwhile, see {@link
 * ReadsDuringReplayTest}.
 */
final class ReplayTest {
  private static final int LOG_BYTES = 12 << 20;
  private static final int HEAD_BYTES = 1 << 20;
  private static final int LINE_BYTES = 400;

  private static final StoreConfig LARGE_HEAD = StoreConfig.DEFAULT.withWalFileBytesMax(64 << 10);
  private static final StoreConfig SMALL_HEAD =
      LARGE_HEAD.withHeadBytes(HEAD_BYTES, 2 * HEAD_BYTES, 1_000_000_000L);

  /** A disk whose log holds {@code bytes} of lines, all of them answered. */
  private static MemoryDisk withLog(int bytes, Random random, List<Row> rows) throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (StoreHarness store = StoreHarness.open(disk, LARGE_HEAD)) {
      int count = bytes / LINE_BYTES;
      List<Row> batch = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        StringBuilder line = new StringBuilder("row " + i + " ");
        while (line.length() < LINE_BYTES) {
          line.append((char) ('a' + random.nextInt(26)));
        }
        batch.add(Batches.row("app-" + i % 3, 1_700_000_000_000_000_000L + i, line.toString()));
        if (batch.size() == 50 || i == count - 1) {
          store.append(batch);
          rows.addAll(batch);
          batch.clear();
        }
      }
    }
    return disk;
  }

  /** Memory of the head at each read of the log, and all rows. */
  private static void replayIsBounded(StoreConfig config) throws IOException {
    List<Row> rows = new ArrayList<>();
    MemoryDisk disk = withLog(LOG_BYTES, new Random(3), rows);
    CompletableFuture<StoreHarness> opened = new CompletableFuture<>();
    AtomicLong most = new AtomicLong();
    Disk watched =
        FlawedDisk.watchedReads(
            disk,
            "wal",
            () -> {
              if (Thread.currentThread().getName().equals("wal-replay")) {
                most.accumulateAndGet(opened.join().store().stats().headBytes(), Math::max);
              }
            });
    ManualClock clock = new ManualClock(1_700_000_000_000_000_000L);
    try (StoreHarness store = StoreHarness.openAtOnce(watched, config, clock)) {
      opened.complete(store);
      store.store().awaitReplay();
      assertTrue(most.get() > HEAD_BYTES / 2, "looked: " + most);
      // What the configuration allows, the last page, which is a megabyte, and what is kept for the
      // next.
      assertTrue(most.get() <= (2 + 1 + 1) * HEAD_BYTES + (1 << 18), "head of " + most + " bytes");
      assertEquals(new HashSet<>(rows), new HashSet<>(store.rows()));
      assertEquals(rows.size(), store.rows().size(), "once each");
    }
  }

  @Test
  void aReplayTakesTheMemoryOfAHead() throws IOException {
    replayIsBounded(SMALL_HEAD);
  }

  @Test
  void aReplayThatKeepsAllInMemoryIsFoundOut() {
    assertThrows(AssertionError.class, () -> replayIsBounded(LARGE_HEAD));
  }

  @Test
  void crashesDuringReplaysLoseNothing() {
    List<Row> rows = new ArrayList<>();
    forAll(
        4,
        random -> {
          rows.clear();
          MemoryDisk disk = withLog(LOG_BYTES / 3, random, rows);
          int crashes = 0;
          for (int round = 0; round < 12; round++) {
            FaultyDisk faulty = FaultyDisk.over(disk, random).crashAt(1 + random.nextInt(40));
            try (StoreHarness store = StoreHarness.open(faulty, SMALL_HEAD)) {
              store.rows();
            } catch (IOException | SkaldException e) {
              assertTrue(faulty.hasCrashed(), e.toString());
              crashes++;
            }
            disk = faulty.restart();
          }
          assertTrue(crashes > 3, "only " + crashes + " crashes");
          Set<Row> expected = new HashSet<>(rows);
          try (StoreHarness store = StoreHarness.open(disk, SMALL_HEAD)) {
            List<Row> served = store.rows();
            assertEquals(expected, new HashSet<>(served));
            assertEquals(expected.size(), served.size(), "once each");
          }
        });
  }
}
