package dev.skald.storage;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.disk.Disk;
import dev.skald.disk.FaultyDisk;
import dev.skald.disk.MemoryDisk;
import dev.skald.storage.head.Batches;
import dev.skald.storage.head.Batches.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What is answered is on disk, what is seen is on disk, and a file whose sync failed is not trusted again. Each is run
 * on a disk with a bug as well, where it must fail.
 */
final class DurabilityTest {
  private static final String WAL = "wal";

  /** The machine stops after some batches: all that were answered are there. */
  private static void answeredIsDurable(Random random, UnaryOperator<Disk> flaw)
      throws IOException {
    FaultyDisk disk = FaultyDisk.over(new MemoryDisk(), random);
    Set<Row> answered = new HashSet<>();
    StoreHarness store = StoreHarness.open(flaw.apply(disk));
    for (int i = 0; i < 5; i++) {
      List<Row> rows = Batches.random(random, 10);
      store.append(rows);
      answered.addAll(rows);
    }
    MemoryDisk after = disk.restart();
    store.close();
    try (StoreHarness again = StoreHarness.open(after)) {
      assertTrue(new HashSet<>(again.rows()).containsAll(answered), "answered and lost");
    }
  }

  @Test
  void whatIsAnsweredIsOnDisk() {
    forAll(50, random -> answeredIsDurable(random, disk -> disk));
  }

  @Test
  void aLogThatIsNotSyncedIsFoundOut() {
    assertThrows(
        AssertionError.class,
        () ->
            forAll(
                20,
                random -> answeredIsDurable(random, disk -> FlawedDisk.withoutSync(disk, WAL))));
  }

  /** Whenever the log is about to be synced: nothing can be seen that only this sync makes durable. */
  private static void seenIsDurable(Random random, UnaryOperator<Disk> flaw) throws IOException {
    MemoryDisk memory = new MemoryDisk();
    List<Row> early = new ArrayList<>();
    StoreHarness[] store = new StoreHarness[1];
    Disk watched =
        FlawedDisk.watched(
            memory,
            WAL,
            () -> {
              if (store[0] != null) {
                early.addAll(lost(store[0].rows(), memory));
              }
            });
    store[0] = StoreHarness.open(flaw.apply(watched));
    try (StoreHarness open = store[0]) {
      for (int i = 0; i < 6; i++) {
        open.append(Batches.random(random, 10));
        if (i == 3) {
          open.store().flush();
        }
      }
    }
    assertEquals(List.of(), early, "seen before it was synced");
  }

  /** Which of the rows would not be there if the machine stopped now; its disk keeps as little as it may. */
  private static List<Row> lost(List<Row> rows, MemoryDisk disk) {
    Set<Row> kept = new HashSet<>();
    for (int seed = 0; seed < 3; seed++) {
      try (StoreHarness after = StoreHarness.open(disk.afterCrash(new Random(seed)))) {
        List<Row> served = after.rows();
        if (seed == 0) {
          kept.addAll(served);
        } else {
          kept.retainAll(served);
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return rows.stream().filter(row -> !kept.contains(row)).toList();
  }

  @Test
  void whatIsSeenIsOnDisk() {
    forAll(20, random -> seenIsDurable(random, disk -> disk));
  }

  /** At the next write the rows of a sync that was put off are visible already. */
  @Test
  void aSyncThatComesLateIsFoundOut() {
    assertThrows(
        AssertionError.class,
        () ->
            forAll(5, random -> seenIsDurable(random, disk -> FlawedDisk.syncingLate(disk, WAL))));
  }

  /** A failed sync: the batch is refused, the file given up, and what was answered is there. */
  private static void failedSyncIsFinal(Random random, UnaryOperator<Disk> flaw)
      throws IOException {
    FaultyDisk disk = FaultyDisk.over(new MemoryDisk(), random);
    Set<Row> answered = new HashSet<>();
    try (StoreHarness store = StoreHarness.open(flaw.apply(disk))) {
      for (int i = 0; i < 8; i++) {
        disk.failSyncs(random.nextInt(2), random.nextBoolean() ? WAL : "objects");
        List<Row> rows = Batches.random(random, 10);
        if (store.offer(rows)) {
          answered.addAll(rows);
        }
        if (i % 3 == 2) {
          store.offerFlush();
        }
      }
      disk.failSyncs(0, "");
      assertEquals(List.of(), disk.violations());
      assertFalse(answered.isEmpty(), "it goes on in a new file");
    }
    try (StoreHarness again = StoreHarness.open(disk.restart())) {
      assertTrue(new HashSet<>(again.rows()).containsAll(answered), "answered and lost");
    }
  }

  @Test
  void aFailedSyncIsNeverTriedAgainOnItsFile() {
    forAll(60, random -> failedSyncIsFinal(random, disk -> disk));
  }

  /** The disk notices: the log stops, a flush fails. */
  @Test
  void aSyncThatIsTriedAgainIsFoundOut() {
    for (String folder : List.of(WAL, "objects")) {
      Throwable e =
          assertThrows(
              Throwable.class,
              () ->
                  forAll(
                      20,
                      random ->
                          failedSyncIsFinal(
                              random, disk -> FlawedDisk.retryingSyncs(disk, folder))));
      assertTrue(String.valueOf(e).contains("synced again after a failure"), e::toString);
    }
  }
}
