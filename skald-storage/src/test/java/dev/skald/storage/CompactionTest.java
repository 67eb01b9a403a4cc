package dev.skald.storage;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.clock.ManualClock;
import dev.skald.disk.FaultyDisk;
import dev.skald.disk.MemoryDisk;
import dev.skald.error.SkaldException;
import dev.skald.model.PageScan;
import dev.skald.storage.check.CheckReport;
import dev.skald.storage.check.StoreCheck;
import dev.skald.storage.head.Batches;
import dev.skald.storage.head.Batches.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Merging changes no answer, and a crash leaves what was before or what is after. */
final class CompactionTest {
  private static final long NOW = 1_700_000_000_000_000_000L;
  private static final long HOUR = 3_600_000_000_000L;

  private static void checkDisk(MemoryDisk disk, String when) throws IOException {
    CheckReport report = StoreCheck.run(disk);
    assertTrue(report.isSound(), () -> when + ": " + report.text());
  }

  @Test
  void mergingChangesNoAnswer() {
    forAll(
        60,
        random -> {
          MemoryDisk disk = new MemoryDisk();
          ManualClock clock = new ManualClock(NOW);
          Set<Row> sent = new LinkedHashSet<>();
          try (StoreHarness store = StoreHarness.open(disk, StoreConfig.DEFAULT, clock)) {
            for (int i = 0; i < 12; i++) {
              List<Row> rows = new ArrayList<>(Batches.random(random, 20));
              if (random.nextInt(4) == 0) {
                rows.addAll(sent);
              }
              sent.addAll(rows);
              store.append(rows);
              if (random.nextInt(4) > 0) {
                store.store().flush();
              }
              if (random.nextInt(4) == 0) {
                if (random.nextInt(5) == 0) {
                  clock.advanceNanos(72 * HOUR);
                }
                List<Row> before = store.rows();
                store.store().runUpkeep();
                List<Row> after = store.rows();
                assertEquals(new HashSet<>(before), new HashSet<>(after));
                assertEquals(after.size(), before.size(), "each once");
              }
            }
            store.store().flush();
            store.store().runUpkeep();
            assertEquals(sent, new HashSet<>(store.rows()));
            assertEquals(sent.size(), store.rows().size());
          }
          checkDisk(disk, "closed");
          try (StoreHarness store = StoreHarness.open(disk)) {
            assertEquals(sent, new HashSet<>(store.rows()));
            assertEquals(sent.size(), store.rows().size());
          }
        });
  }

  @Test
  void neighboursOfOneLevelAreMerged() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (StoreHarness store = StoreHarness.open(disk)) {
      List<Row> all = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        List<Row> rows = List.of(Batches.row("a", NOW + i, "x"), Batches.row("b", NOW, "same"));
        all.addAll(rows);
        store.append(rows);
        store.store().flush();
        store.store().runUpkeep();
      }
      assertEquals(1, store.store().stats().segments(), "four of four of one");
      assertEquals(5, store.store().upkeepStats().mergesTotal());
      assertEquals(15, store.store().upkeepStats().copiesDroppedTotal());
      assertEquals(new HashSet<>(all), new HashSet<>(store.rows()));
      assertEquals(17, store.rows().size());
      assertEquals(1, disk.list("objects/segment").size(), "objects of the old ones are deleted");
    }
  }

  /** Two or three flushes of a server that has nothing more to do. */
  @Test
  void aDayAtRestIsMergedHoweverFewItsSegmentsAre() throws IOException {
    ManualClock clock = new ManualClock(NOW);
    Set<Row> sent = new LinkedHashSet<>();
    try (StoreHarness store = StoreHarness.open(new MemoryDisk(), StoreConfig.DEFAULT, clock)) {
      for (int i = 0; i < 3; i++) {
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < 100; row++) {
          rows.add(
              Batches.row(
                  "a",
                  NOW + 100L * i + row,
                  Long.toHexString((1_000L * i + row) * 0x9e3779b97f4a7c15L)));
        }
        sent.addAll(rows);
        store.append(rows);
        store.store().flush();
      }
      store.store().runUpkeep();
      assertEquals(3, store.store().stats().segments(), "more may come");
      clock.advanceNanos(HOUR / 4);
      store.store().runUpkeep();
      assertEquals(1, store.store().stats().segments());
      assertEquals(sent, new HashSet<>(store.rows()));
      sent.add(Batches.row("a", NOW, "a little more"));
      store.append(Batches.row("a", NOW, "a little more"));
      store.store().flush();
      clock.advanceNanos(HOUR / 4);
      store.store().runUpkeep();
      assertEquals(2, store.store().stats().segments(), "much is not written again for a little");
      assertEquals(sent, new HashSet<>(store.rows()));
    }
  }

  /** The newest manifest rots when the segments that only older ones list are deleted. */
  private static void aManifestRotsAfterAMerge(String deletedFolder) throws IOException {
    MemoryDisk disk = new MemoryDisk();
    Set<Row> sent = new LinkedHashSet<>();
    try (StoreHarness store = StoreHarness.open(disk)) {
      for (int i = 0; i < 4; i++) {
        sent.add(Batches.row("a", NOW + i, "line " + i));
        store.append(Batches.row("a", NOW + i, "line " + i));
        store.store().flush();
      }
      store.store().runUpkeep();
      assertEquals(1, store.store().stats().segments(), "merged");
    }
    String newest = "objects/manifest/" + disk.list("objects/manifest").getLast();
    disk.flipBit(newest, 8 * 40);
    for (String name : disk.list(deletedFolder)) {
      disk.delete(deletedFolder + "/" + name);
    }
    try (StoreHarness store = StoreHarness.open(disk)) {
      assertEquals(sent, new HashSet<>(store.rows()));
      assertEquals(List.of(), store.warnings());
      assertEquals(1, store.store().stats().corruptionsTotal(), "and it is told");
    }
    disk.flipBit(newest, 8 * 40);
    checkDisk(disk, "a newer manifest and its copy are there");
  }

  @Test
  void aManifestThatRotsAfterAMergeLosesNothing() throws IOException {
    aManifestRotsAfterAMerge("none");
  }

  @Test
  void aManifestWithoutACopyIsFoundOut() {
    assertThrows(AssertionError.class, () -> aManifestRotsAfterAMerge("objects/manifest-copy"));
  }

  @Test
  void rowsOfOneTimeKeepTheirOrder() throws IOException {
    try (StoreHarness store = StoreHarness.open(new MemoryDisk())) {
      List<Row> all = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        Row row = Batches.row("a", NOW, "line " + (9 - i));
        all.add(row);
        store.append(row);
        store.store().flush();
      }
      store.store().runUpkeep();
      assertEquals(all, store.rows());
    }
  }

  @Test
  void aColdDayIsCompressedHarderOnce() throws IOException {
    ManualClock clock = new ManualClock(NOW);
    try (StoreHarness store = StoreHarness.open(new MemoryDisk(), StoreConfig.DEFAULT, clock)) {
      for (int i = 0; i < 3; i++) {
        store.append(Batches.row("a", NOW + i, "x"));
        store.store().flush();
      }
      store.store().runUpkeep();
      assertEquals(3, store.store().stats().segments(), "too few while the day is warm");
      clock.advanceNanos(48 * HOUR);
      store.store().runUpkeep();
      assertEquals(1, store.store().stats().segments());
      store.store().runUpkeep();
      assertEquals(1, store.store().upkeepStats().mergesTotal());
    }
  }

  @Test
  void aScanKeepsItsSegmentsUntilItIsClosed() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (StoreHarness store = StoreHarness.open(disk)) {
      for (int i = 0; i < 4; i++) {
        store.append(Batches.row("a", NOW + i, "x"));
        store.store().flush();
      }
      try (PageScan scan =
          store.store().scan(StoreHarness.TENANT, List.of(), StoreHarness.ALWAYS)) {
        store.store().runUpkeep();
        assertEquals(5, disk.list("objects/segment").size());
        assertEquals(4, StoreHarness.rows(scan).size());
      }
      assertEquals(1, disk.list("objects/segment").size());
    }
  }

  @Test
  void aBadPageIsNotMergedAway() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (StoreHarness store = StoreHarness.open(disk)) {
      for (int i = 0; i < 4; i++) {
        store.append(Batches.row("a", NOW + i, "x".repeat(100)));
        store.store().flush();
      }
    }
    String bad = "objects/segment/" + disk.list("objects/segment").getFirst();
    disk.flipBit(bad, 30 * 8);
    try (StoreHarness store = StoreHarness.open(disk)) {
      store.store().runUpkeep();
      assertEquals(4, store.store().stats().segments());
      assertEquals(0, store.store().upkeepStats().mergesTotal());
    }
    assertEquals(4, disk.list("objects/segment").size());
  }

  /** Copies of rows in a segment that cannot be merged are left out of answers after a merge too. */
  @Test
  void copiesOfWhatIsNotMergedStayHidden() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    String first;
    try (StoreHarness store = StoreHarness.open(disk)) {
      store.append(Batches.row("a", NOW, "same"), Batches.row("z", NOW, "x".repeat(100)));
      store.store().flush();
      first = "objects/segment/" + disk.list("objects/segment").getFirst();
      for (int i = 0; i < 4; i++) {
        store.append(Batches.row("a", NOW, "same"), Batches.row("a", NOW + 1 + i, "other"));
        store.store().flush();
      }
    }
    disk.flipBit(first, 60 * 8);
    try (StoreHarness store = StoreHarness.open(disk)) {
      store.store().runUpkeep(); // the damaged one is found and left alone
      assertEquals(2, store.store().stats().segments(), "the others are merged");
      disk.flipBit(first, 60 * 8); // and is whole again
      assertEquals(6, store.rows().size());
      assertEquals(6, new HashSet<>(store.rows()).size());
    }
  }

  /** Rows that are in segments, merged while the machine stops at every step. */
  @Test
  void aCrashLeavesBeforeOrAfter() {
    forAll(
        4,
        random -> {
          long seed = random.nextLong();
          boolean crashed = true;
          for (int step = 1; crashed; step++) {
            FaultyDisk disk = FaultyDisk.over(new MemoryDisk(), random).crashAt(step);
            Set<Row> acknowledged = new HashSet<>();
            Set<Row> sent = new HashSet<>();
            run(disk, new Random(seed), sent, acknowledged);
            crashed = disk.hasCrashed();
            String when = "step " + step + " of seed " + seed;
            MemoryDisk left = disk.restart();
            checkDisk(left, when);
            try (StoreHarness store = StoreHarness.open(left)) {
              check(store, sent, acknowledged, when);
              store.store().flush();
              store.store().runUpkeep();
              check(store, sent, acknowledged, "merged, " + when);
              assertEquals(
                  store.store().stats().segments(),
                  left.list("objects/segment").size(),
                  () -> "orphans, " + when);
            }
            checkDisk(left, when);
          }
        });
  }

  private static void check(StoreHarness store, Set<Row> sent, Set<Row> acknowledged, String when) {
    List<Row> served = store.rows();
    Set<Row> distinct = new HashSet<>(served);
    assertTrue(distinct.containsAll(acknowledged), () -> "lost, " + when);
    assertTrue(sent.containsAll(distinct), () -> "invented, " + when);
    assertEquals(distinct.size(), served.size(), () -> "doubled, " + when);
  }

  private static void run(FaultyDisk disk, Random random, Set<Row> sent, Set<Row> acknowledged)
      throws IOException {
    ManualClock clock = new ManualClock(NOW);
    try (StoreHarness store = StoreHarness.open(disk, StoreConfig.DEFAULT, clock)) {
      for (int i = 0; i < 9; i++) {
        List<Row> rows = Batches.random(random, 8);
        sent.addAll(rows);
        if (store.offer(rows)) {
          acknowledged.addAll(rows);
        }
        store.offerFlush();
        if (i % 4 == 3) {
          upkeep(store);
        }
      }
      clock.advanceNanos(72 * HOUR);
      upkeep(store);
    } catch (IOException e) {
      assertTrue(disk.hasCrashed(), e.toString());
    }
  }

  private static void upkeep(StoreHarness store) {
    try {
      store.store().runUpkeep();
    } catch (SkaldException e) {
      assertTrue(e.getMessage().startsWith("upkeep failed: "), e.getMessage());
    }
  }

  @Test
  void aFullDiskRefusesAMergeAndLeavesTheRest() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (StoreHarness store = StoreHarness.open(disk)) {
      for (int i = 0; i < 4; i++) {
        store.append(Batches.row("a", NOW + i, "x".repeat(100)));
        store.store().flush();
      }
      disk.capacityBytes(disk.usedBytes() + 50);
      upkeep(store);
      assertEquals(4, store.store().stats().segments());
      assertEquals(1, store.store().upkeepStats().failuresTotal());
      disk.capacityBytes(Long.MAX_VALUE);
      upkeep(store);
      assertEquals(1, store.store().stats().segments());
      assertEquals(4, store.rows().size());
    }
  }
}
