package dev.skald.storage;

import static dev.skald.property.ForAll.forAll;
import static dev.skald.storage.head.Batches.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.clock.ManualClock;
import dev.skald.disk.MemoryDisk;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.random.Randomness;
import dev.skald.storage.head.Batches.Row;
import dev.skald.storage.manifest.ManifestCheck;
import dev.skald.storage.object.MemoryObjectStore;
import dev.skald.storage.removal.Deletions;
import dev.skald.storage.retention.DeleteRequest.Force;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two servers write to one bucket, as when one takes over from the other: both go on, and nothing is lost or doubled. */
final class TwoServersTest {
  private static final long NOW = 1_700_000_000_000_000_000L;

  private final ManualClock clock = new ManualClock(NOW);
  private final MemoryObjectStore objects = new MemoryObjectStore();

  private StoreHarness open(MemoryDisk disk) throws IOException {
    return StoreHarness.open(
        disk, StoreConfig.DEFAULT, clock, new RemoteObjects(objects, 600_000_000_000L));
  }

  @Test
  void aServerGoesOnFromWhatAnotherWrote() throws IOException {
    try (StoreHarness old = open(new MemoryDisk())) {
      old.append(row("a", NOW + 1, "flushed by the old one"));
      old.store().flush();
      old.append(row("a", NOW + 2, "flushed while both run"));
      try (StoreHarness next = open(new MemoryDisk())) {
        next.append(row("a", NOW + 3, "of the next one"));
        old.store().flush();
        next.store().flush();
        assertEquals(3, next.rows().size(), "without a restart");
        assertEquals(1, next.store().takeovers());
        assertEquals(0, next.store().stats().flushFailuresTotal());
        assertEquals(2, old.rows().size());
        old.store().runUpkeep();
        assertEquals(3, old.rows().size(), "a round looks for what is new");
      }
    }
    try (StoreHarness fresh = open(new MemoryDisk())) {
      assertEquals(3, fresh.rows().size());
    }
  }

  /** An agent sends a batch again, to the other server. */
  @Test
  void aBatchThatBothGotIsStoredOnce() throws IOException {
    try (StoreHarness one = open(new MemoryDisk());
        StoreHarness other = open(new MemoryDisk())) {
      one.append(row("a", NOW + 1, "again"));
      other.append(row("a", NOW + 1, "again"));
      one.store().flush();
      other.store().flush();
      assertEquals(1, other.rows().size());
    }
    try (StoreHarness fresh = open(new MemoryDisk())) {
      assertEquals(1, fresh.rows().size());
    }
  }

  @Test
  void aBatchThatBothGotIsStoredOnceWhenARoundFoundTheOther() throws IOException {
    try (StoreHarness one = open(new MemoryDisk());
        StoreHarness other = open(new MemoryDisk())) {
      one.append(row("a", NOW + 1, "again"));
      other.append(row("a", NOW + 1, "again"));
      one.store().flush();
      other.store().runUpkeep();
      other.store().flush();
      assertEquals(1, other.rows().size());
      other.append(row("a", NOW + 1, "again"));
      other.store().flush();
      assertEquals(1, other.rows().size(), "nor is it later");
    }
  }

  @Test
  void whateverBothDoNothingIsLostOrDoubled() {
    forAll(
        40,
        random -> {
          TwoServersTest test = new TwoServersTest();
          Set<Row> sent = new HashSet<>();
          List<MemoryDisk> disks = List.of(new MemoryDisk(), new MemoryDisk());
          try (StoreHarness one = test.open(disks.getFirst());
              StoreHarness other = test.open(disks.getLast())) {
            for (int i = 0; i < 30; i++) {
              StoreHarness store = random.nextBoolean() ? one : other;
              switch (random.nextInt(4)) {
                case 0, 1 -> {
                  Row row = row("app-" + i % 2, NOW + i, "line " + i);
                  store.append(row);
                  sent.add(row);
                }
                case 2 -> assertTrue(store.offerFlush());
                default -> StoreHarness.isAvailable(store.store()::runUpkeep);
              }
            }
            one.store().flush();
            other.store().flush();
            StoreHarness.isAvailable(one.store()::runUpkeep);
            assertEquals(sent, new HashSet<>(one.rows()));
            assertEquals(sent.size(), one.rows().size());
          }
          List<String> problems = new ArrayList<>();
          ManifestCheck.run(test.objects, problems::add);
          assertEquals(List.of(), problems);
          for (MemoryDisk disk : List.of(disks.getFirst(), disks.getLast(), new MemoryDisk())) {
            try (StoreHarness store = test.open(disk)) {
              assertEquals(sent, new HashSet<>(store.rows()));
              assertEquals(sent.size(), store.rows().size());
            }
          }
        });
  }

  @Test
  void noneUndoesTheOthersDeleteRequests() throws IOException {
    Randomness ids = new Random(3)::nextLong;
    KnownPolicy policy = new KnownPolicy();
    Deletions one = Deletions.load(clock, ids, objects, policy, 0);
    Deletions other = Deletions.load(clock, ids, objects, policy, 0);
    one.add(StoreHarness.TENANT, "z first", 0, NOW, Force.LIMITED);
    SkaldException e =
        assertThrows(
            SkaldException.class,
            () -> other.add(StoreHarness.TENANT, "z second", 0, NOW, Force.LIMITED));
    assertEquals(ErrorKind.UNAVAILABLE, e.kind());
    assertEquals(1, other.hiding(StoreHarness.TENANT).size(), "the first is in force here too");
    other.add(StoreHarness.TENANT, "z second", 0, NOW, Force.LIMITED);
    assertEquals(2, other.all().size());
    one.take(one.load());
    assertEquals(2, one.hiding(StoreHarness.TENANT).size());
  }
}
