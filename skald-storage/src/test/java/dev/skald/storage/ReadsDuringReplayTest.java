package dev.skald.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.clock.ManualClock;
import dev.skald.disk.Disk;
import dev.skald.disk.FaultyDisk;
import dev.skald.disk.MemoryDisk;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.head.Batches;
import dev.skald.storage.head.Batches.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * While the log is replayed, queries see what is in segments and what was replayed so far, each entry once, and are
 * told that the rest is missing; nothing is taken. Stopping it anywhere loses nothing, and nothing that was seen.
 */
final class ReadsDuringReplayTest {
  private static final long NOW = 1_700_000_000_000_000_000L;
  private static final int LINE_BYTES = 300;
  private static final int HEAD_BYTES = 32 << 10;

  /** Files of about three records. */
  private static final StoreConfig LARGE_HEAD = StoreConfig.DEFAULT.withWalFileBytesMax(8 << 10);

  /** About two files fill a generation. */
  private static final StoreConfig SMALL_HEAD =
      LARGE_HEAD.withHeadBytes(HEAD_BYTES, 2 * HEAD_BYTES, 1_000_000_000L);

  private final List<Row> stored = new ArrayList<>();
  private final List<Row> logged = new ArrayList<>();
  private final MemoryDisk disk = new MemoryDisk();

  private static List<Row> batch(int number) {
    List<Row> rows = new ArrayList<>();
    Random random = new Random(number);
    for (int i = 0; i < 10; i++) {
      StringBuilder line = new StringBuilder("row " + number + "/" + i + " ");
      while (line.length() < LINE_BYTES) {
        line.append((char) ('a' + random.nextInt(26)));
      }
      rows.add(Batches.row("app-" + i % 3, NOW + number * 100L + i, line.toString()));
    }
    return rows;
  }

  /** Some rows in a segment, and {@code records} records of ten rows in the log. */
  private void write(StoreConfig config, int records) throws IOException {
    try (StoreHarness store = StoreHarness.open(disk, config)) {
      stored.addAll(batch(0));
      store.append(stored);
      store.store().flush();
      for (int i = 1; i <= records; i++) {
        store.append(batch(i));
        logged.addAll(batch(i));
      }
    }
  }

  private List<Row> all() {
    List<Row> all = new ArrayList<>(stored);
    all.addAll(logged);
    return all;
  }

  /** Reads of the log wait for a permit each. */
  private static Disk gated(Disk disk, Semaphore gate) {
    return FlawedDisk.watchedReads(
        disk,
        "wal",
        () -> {
          if (Thread.currentThread().getName().equals("wal-replay")) {
            gate.acquireUninterruptibly();
          }
        });
  }

  /** Opens the gate for good when a test ends, so that the store can close. */
  private interface Opening extends AutoCloseable {
    @Override
    void close();
  }

  private static StoreHarness openAtOnce(Disk on) throws IOException {
    return StoreHarness.openAtOnce(on, SMALL_HEAD, new ManualClock(NOW));
  }

  /** Waits until the replay stands before the gate, or is done. */
  private static void awaitStanding(StoreHarness store, Semaphore gate) {
    while (store.store().replay() instanceof ReplayState.Running
        && !(gate.availablePermits() == 0 && gate.hasQueuedThreads())) {
      LockSupport.parkNanos(100_000);
    }
  }

  private static void assertUnavailable(String text, Runnable call) {
    SkaldException e = assertThrows(SkaldException.class, call::run);
    assertEquals(ErrorKind.UNAVAILABLE, e.kind());
    assertTrue(e.getMessage().contains(text), e::getMessage);
  }

  @Test
  void queriesSeeWhatWasReplayedSoFar() throws IOException {
    write(LARGE_HEAD, 60);
    Semaphore gate = new Semaphore(0);
    Set<Integer> seen = new HashSet<>();
    try (StoreHarness store = openAtOnce(gated(disk, gate));
        Opening _ = () -> gate.release(1_000)) {
      awaitStanding(store, gate);
      assertEquals(new HashSet<>(stored), new HashSet<>(store.rows()), "segments at once");
      assertUnavailable("being replayed", () -> store.append(batch(99)));
      assertUnavailable(
          "being replayed", () -> store.store().deletes().preview(StoreHarness.TENANT, "z", 0, 1));
      while (store.store().replay() instanceof ReplayState.Running) {
        List<Row> rows = store.rows();
        seen.add(rows.size());
        assertEquals(new HashSet<>(all().subList(0, rows.size())), new HashSet<>(rows), "a prefix");
        assertTrue(store.warnings().toString().contains("is being replayed"), "and it says so");
        gate.release();
        awaitStanding(store, gate);
      }
      assertTrue(seen.size() > 10, "seen growing: " + seen);
      assertEquals(List.of(), store.warnings());
      assertEquals(new HashSet<>(all()), new HashSet<>(store.rows()));
      assertEquals(all().size(), store.rows().size());
      assertTrue(store.store().stats().segments() > 3, "flushed on the way");
      store.append(batch(99));
      assertEquals(all().size() + 10, store.rows().size());
    }
  }

  @Test
  void aReplayIsGivenUpWhenTheStoreCloses() throws IOException {
    write(LARGE_HEAD, 20);
    Semaphore gate = new Semaphore(3);
    StoreHarness store = openAtOnce(gated(disk, gate));
    awaitStanding(store, gate);
    Thread closing = Thread.ofPlatform().start(store::close);
    while (closing.getState() != Thread.State.WAITING) { // for the replay, which waits for the gate
      LockSupport.parkNanos(100_000);
    }
    gate.release(1_000);
    dev.skald.threads.Threads.awaitEnd(closing);
    assertThrows(SkaldException.class, store.store()::awaitReplay);
    try (StoreHarness again = StoreHarness.open(disk, SMALL_HEAD)) {
      assertEquals(all().size(), again.rows().size());
    }
  }

  @Test
  void aFullDiskStopsAReplayUntilThereIsRoom() throws IOException {
    write(LARGE_HEAD, 60);
    disk.capacityBytes(disk.usedBytes());
    ManualClock clock = new ManualClock(NOW);
    try (StoreHarness store = StoreHarness.openAtOnce(disk, SMALL_HEAD, clock)) {
      while (store.store().stats().flushFailuresTotal() == 0) {
        LockSupport.parkNanos(1_000_000);
      }
      assertTrue(store.store().stats().headBytes() <= 3 * HEAD_BYTES);
      List<Row> rows = store.rows();
      assertEquals(new HashSet<>(all().subList(0, rows.size())), new HashSet<>(rows));
      assertFalse(store.warnings().isEmpty());
      disk.capacityBytes(Long.MAX_VALUE);
      while (store.store().replay() instanceof ReplayState.Running) {
        clock.advanceNanos(60_000_000_000L);
        LockSupport.parkNanos(1_000_000);
      }
      assertEquals(all().size(), store.rows().size(), "it heals without a restart");
    }
  }

  @Test
  void aReplayThatFailsServesWhatItReached() throws IOException {
    write(LARGE_HEAD, 20);
    Semaphore good = new Semaphore(5);
    Disk failing =
        FlawedDisk.watchedReads(
            disk,
            "wal",
            () -> {
              if (Thread.currentThread().getName().equals("wal-replay") && !good.tryAcquire()) {
                throw new IOException("cannot be read");
              }
            });
    try (StoreHarness store = openAtOnce(failing)) {
      assertUnavailable("cannot be read", store.store()::awaitReplay);
      assertInstanceOf(ReplayState.Failed.class, store.store().replay());
      assertTrue(store.rows().size() > stored.size(), "some of the log");
      assertTrue(store.warnings().toString().contains("cannot be read"));
      assertUnavailable("cannot be read", () -> store.append(batch(99)));
      assertUnavailable("cannot be read", store.store()::flush);
    }
    try (StoreHarness store = StoreHarness.open(disk, SMALL_HEAD)) {
      assertEquals(all().size(), store.rows().size(), "a restart finds all of it");
    }
  }

  /** At each step of the disk the machine stops, and at another step of the next start again. */
  private void crashAtEveryStep(UnaryOperator<Disk> flaw) throws IOException {
    write(LARGE_HEAD, 40);
    Random random = new Random(17);
    int crashes = 0;
    boolean crashed = true;
    for (int step = 1; crashed; step++) {
      FaultyDisk first = FaultyDisk.over(disk.afterCrash(random), random).crashAt(step);
      Set<Row> seen = readWhileReplaying(first, flaw);
      crashed = first.hasCrashed();
      crashes += crashed ? 1 : 0;
      FaultyDisk second = FaultyDisk.over(first.restart(), random);
      second.crashAt(1 + random.nextInt(2 * step));
      seen.addAll(readWhileReplaying(second, flaw));
      try (StoreHarness store = StoreHarness.open(second.restart(), SMALL_HEAD)) {
        List<Row> rows = store.rows();
        assertTrue(new HashSet<>(rows).containsAll(seen), "what was seen, step " + step);
        assertEquals(new HashSet<>(all()), new HashSet<>(rows), "step " + step);
        assertEquals(all().size(), rows.size(), "once each, step " + step);
        assertEquals(0, store.store().stats().corruptionsTotal(), "step " + step);
      }
    }
    assertTrue(crashes > 40, "only " + crashes + " steps");
  }

  private static Set<Row> readWhileReplaying(FaultyDisk faulty, UnaryOperator<Disk> flaw) {
    Set<Row> seen = new HashSet<>();
    try (StoreHarness store = openAtOnce(flaw.apply(faulty))) {
      while (store.store().replay() instanceof ReplayState.Running && !faulty.hasCrashed()) {
        seen.addAll(store.rows());
      }
    } catch (IOException | SkaldException e) {
      assertTrue(faulty.hasCrashed(), e.toString());
    }
    return seen;
  }

  @Test
  void aCrashAtAnyStepOfAReplayLosesNothing() throws IOException {
    crashAtEveryStep(on -> on);
  }

  /** The planted bug: the flush says that a file is no longer needed which is still being read. */
  @Test
  void aReplayThatForgetsTheFileItReadsIsFoundOut() {
    assertThrows(
        AssertionError.class, () -> crashAtEveryStep(on -> FlawedDisk.deletingOneMore(on, "wal")));
  }

  /** Entries that a killed process wrote and did not sync are shown when they are on disk. */
  private void whatIsSeenIsOnDisk(UnaryOperator<Disk> flaw) throws IOException {
    write(LARGE_HEAD.withDurability(StoreConfig.Durability.OS), 2);
    Semaphore gate = new Semaphore(1_000);
    try (StoreHarness store = openAtOnce(gated(flaw.apply(disk), gate))) {
      store.store().awaitReplay();
      assertEquals(all().size(), store.rows().size());
      try (StoreHarness after = StoreHarness.open(disk.afterCrash(new Random(5)), SMALL_HEAD)) {
        assertEquals(all().size(), after.rows().size());
      }
    }
  }

  @Test
  void whatAReplayShowsIsOnDisk() throws IOException {
    whatIsSeenIsOnDisk(on -> on);
  }

  @Test
  void aReplayThatShowsWhatIsNotSyncedIsFoundOut() {
    assertThrows(
        AssertionError.class, () -> whatIsSeenIsOnDisk(on -> FlawedDisk.notSyncingCuts(on, "wal")));
  }
}
