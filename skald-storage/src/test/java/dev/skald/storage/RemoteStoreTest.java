package dev.skald.storage;

import static dev.skald.storage.head.Batches.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.clock.ManualClock;
import dev.skald.disk.MemoryDisk;
import dev.skald.error.SkaldException;
import dev.skald.storage.head.Batches.Row;
import dev.skald.storage.object.MemoryObjectStore;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.SwitchedObjectStore;
import dev.skald.storage.object.UncertainObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A store whose segments and manifests are in another machine. */
final class RemoteStoreTest {
  private static final long GRACE_NANOS = 3_600_000_000_000L;

  private final ManualClock clock = new ManualClock(1_700_000_000_000_000_000L);
  private final MemoryObjectStore objects = new MemoryObjectStore();

  private StoreHarness open(MemoryDisk disk, ObjectStore store, StoreConfig config)
      throws IOException {
    return StoreHarness.open(disk, config, clock, new RemoteObjects(store, GRACE_NANOS));
  }

  private StoreHarness open(MemoryDisk disk) throws IOException {
    return open(disk, objects, StoreConfig.DEFAULT);
  }

  @Test
  void whatWasFlushedOutlivesTheDisk() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (StoreHarness store = open(disk)) {
      store.append(row("a", 1, "one"), row("a", 2, "two"));
      store.store().flush();
      store.append(row("a", 3, "three"));
      assertFalse(disk.exists("objects"));
    }
    try (StoreHarness store = open(disk)) {
      assertEquals(
          List.of(row("a", 1, "one"), row("a", 2, "two"), row("a", 3, "three")), store.rows());
    }
    try (StoreHarness store = open(new MemoryDisk())) {
      assertEquals(List.of(row("a", 1, "one"), row("a", 2, "two")), store.rows());
    }
  }

  /** Its log's files have numbers that the newest manifest, of another's log, is past. */
  @Test
  void aDiskThatComesBackGivesWhatItHeld() throws IOException {
    MemoryDisk first = new MemoryDisk();
    MemoryDisk second = new MemoryDisk();
    try (StoreHarness store = open(first)) {
      store.append(row("a", 1, "flushed"));
      store.store().flush();
      store.append(row("a", 2, "in the first disk's log"));
    }
    try (StoreHarness store = open(second)) {
      for (int i = 10; i < 15; i++) {
        store.append(row("a", i, "second"));
        store.store().flush();
      }
    }
    try (StoreHarness store = open(first)) {
      assertEquals(7, store.rows().size());
      store.store().flush();
    }
    try (StoreHarness store = open(new MemoryDisk())) {
      Set<String> lines = new HashSet<>();
      store.rows().forEach(row -> lines.add(row.line()));
      assertEquals(Set.of("flushed", "second", "in the first disk's log"), lines);
      assertEquals(7, store.rows().size());
    }
  }

  @Test
  void anUnreachableStoreLeavesRowsInHeadAndLogAndHeals() throws IOException {
    SwitchedObjectStore switched = new SwitchedObjectStore(objects);
    MemoryDisk disk = new MemoryDisk();
    StoreConfig small = StoreConfig.DEFAULT.withHeadBytes(1 << 17, 1 << 19, 0);
    List<Row> taken = new ArrayList<>();
    try (StoreHarness store = open(disk, switched, small)) {
      switched.cutOff();
      boolean full = false;
      for (int i = 0; i < 200 && !full; i++) {
        List<Row> rows = List.of(row("a", i, "x".repeat(10_000)));
        full = !store.offer(rows);
        if (!full) {
          taken.addAll(rows);
        }
      }
      assertTrue(full, "the head has a limit");
      assertTrue(taken.size() > 10, "taken before that: " + taken.size());
      assertFalse(store.offerFlush());
      assertEquals(taken, store.rows());
      switched.mend();
      clock.advanceNanos(60_000_000_000L);
      assertTrue(store.offerFlush());
      assertEquals(taken, store.rows());
      assertTrue(store.offer(List.of(row("a", 1000, "again"))));
    }
    try (StoreHarness store = open(disk, switched, small)) {
      assertEquals(taken.size() + 1, store.rows().size());
    }
  }

  @Test
  void requestsThatFailNowAndThenLoseAndDoubleNothing() throws IOException {
    for (int seed = 0; seed < 15; seed++) {
      MemoryObjectStore below = new MemoryObjectStore();
      MemoryDisk disk = new MemoryDisk();
      List<Row> rows = new ArrayList<>();
      UncertainObjectStore uncertain = new UncertainObjectStore(below, new Random(seed), 0);
      try (StoreHarness store = open(disk, uncertain, StoreConfig.DEFAULT)) {
        uncertain.failuresPerThousand(200);
        for (int i = 0; i < 10; i++) {
          Row row = row("a", i, "line " + i);
          rows.add(row);
          store.append(row);
          store.offerFlush();
        }
        assertEquals(rows, store.rows(), "seed " + seed);
      }
      try (StoreHarness store = open(disk, below, StoreConfig.DEFAULT)) {
        assertEquals(rows, store.rows(), "seed " + seed);
      }
    }
  }

  @Test
  void orphansGoAtStartWhenTheyAreOldEnough() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (StoreHarness store = open(disk)) {
      store.append(row("a", 1, "one"));
      store.store().flush();
    }
    String seconds = Long.toHexString(clock.nowEpochNanos() / 1_000_000_000L);
    ObjectName orphan = new ObjectName(RemoteObjects.SEGMENT_FOLDER, seconds + "00000001");
    objects.put(orphan, new byte[10]);
    open(disk).close();
    assertEquals(2, objects.list(RemoteObjects.SEGMENT_FOLDER).size());
    clock.advanceNanos(GRACE_NANOS + 1_000_000_000L);
    try (StoreHarness store = open(disk)) {
      assertEquals(1, objects.list(RemoteObjects.SEGMENT_FOLDER).size());
      assertEquals(1, store.rows().size());
      store.append(row("a", 2, "two"));
      store.store().flush();
    }
  }

  /** A bit of it makes it another writer's, who needs all of the log; nothing is lost or doubled. */
  @Test
  void everyBitOfTheWritersNumber() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    Set<Row> rows = new HashSet<>();
    try (StoreHarness store = open(disk)) {
      for (int i = 0; i < 3; i++) {
        rows.add(row("a", i, "line " + i));
        store.append(row("a", i, "line " + i));
        if (i < 2) {
          store.store().flush();
        }
      }
    }
    int others = 0;
    for (long bit = 0; bit < disk.sizeBytes("writer") * 8; bit++) {
      disk.flipBit("writer", bit);
      try (StoreHarness store = open(disk.afterCrash(new Random(bit)))) {
        assertEquals(rows, new HashSet<>(store.rows()), "bit " + bit);
        assertEquals(rows.size(), store.rows().size(), "bit " + bit);
        others++;
      } catch (SkaldException e) {
        assertTrue(e.getMessage().startsWith("writer: corrupt at byte "), e.getMessage());
      }
      disk.flipBit("writer", bit);
    }
    assertTrue(others > 30, "another writer's: " + others);
  }
}
