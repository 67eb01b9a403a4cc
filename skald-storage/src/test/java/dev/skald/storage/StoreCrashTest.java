package dev.skald.storage;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.disk.FaultyDisk;
import dev.skald.disk.MemoryDisk;
import dev.skald.error.SkaldException;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The machine stops at every step; disks fail and fill up. What was acknowledged is there, once;
 * nothing is invented.
 */
final class StoreCrashTest {
  /** What a client sent, and what was acknowledged to it. */
  private static final class Client {
    final Set<Row> sent = new LinkedHashSet<>();
    final Set<Row> acknowledged = new LinkedHashSet<>();

    void push(StoreHarness store, List<Row> rows) {
      sent.addAll(rows);
      if (store.offer(rows)) {
        acknowledged.addAll(rows);
      }
    }

    void check(StoreHarness store, String when) {
      List<Row> served = store.rows();
      Set<Row> distinct = new HashSet<>(served);
      Set<Row> lost = new LinkedHashSet<>(acknowledged);
      lost.removeAll(distinct);
      assertEquals(Set.of(), lost, () -> "lost, " + when);
      assertTrue(sent.containsAll(distinct), () -> "invented, " + when);
      assertEquals(distinct.size(), served.size(), () -> "doubled, " + when);
    }
  }

  /** Appends, retries, flushes; the same for the same seed. */
  private static void run(FaultyDisk disk, Client client, long seed) throws IOException {
    Random random = new Random(seed);
    StoreConfig config = StoreConfig.DEFAULT.withWalFileBytesMax(2_000);
    try (StoreHarness store = StoreHarness.open(disk, config)) {
      for (int i = 0; i < 10; i++) {
        List<Row> rows = Batches.random(random, 12);
        if (random.nextInt(3) == 0) {
          rows.addAll(List.copyOf(client.sent));
        }
        client.push(store, rows);
        if (i % 3 == 2) {
          store.offerFlush();
        }
      }
    } catch (IOException e) {
      assertTrue(disk.hasCrashed(), e.toString());
    }
  }

  private static void crashAtEveryStep(Random random) throws IOException {
    long seed = random.nextLong();
    boolean crashed = true;
    for (int step = 1; crashed; step++) {
      FaultyDisk disk = FaultyDisk.over(new MemoryDisk(), random).crashAt(step);
      Client client = new Client();
      run(disk, client, seed);
      crashed = disk.hasCrashed();
      recover(disk, client, "step " + step + " of seed " + seed, random);
    }
  }

  /** Opens what is left, the first times with a crash on the way, and goes on with it. */
  private static void recover(FaultyDisk first, Client client, String when, Random random)
      throws IOException {
    FaultyDisk disk = first;
    for (int attempt = 0; attempt < 2; attempt++) {
      disk = FaultyDisk.over(disk.restart(), random).crashAt(1 + random.nextInt(20));
      try (StoreHarness store = StoreHarness.open(disk)) {
        client.push(store, Batches.random(random, 5));
        store.offerFlush();
      } catch (IOException e) {
        assertTrue(disk.hasCrashed(), e.toString());
      } catch (SkaldException e) {
        assertTrue(disk.hasCrashed(), e.toString());
      }
    }
    MemoryDisk last = disk.restart();
    checkDisk(last, "as the crash left it, " + when);
    try (StoreHarness store = StoreHarness.open(last)) {
      client.check(store, "reopened, " + when);
      assertEquals(0, store.store().stats().corruptionsTotal(), when);
      client.push(store, List.copyOf(client.sent)); // the client's retry of everything
      assertEquals(client.sent, client.acknowledged);
      client.check(store, "sent again, " + when);
      store.store().flush();
      client.check(store, "flushed, " + when);
    }
    checkDisk(last, "closed, " + when);
    try (StoreHarness store = StoreHarness.open(last)) {
      client.check(store, "at the end, " + when);
    }
  }

  private static void checkDisk(MemoryDisk disk, String when) throws IOException {
    CheckReport report = StoreCheck.run(disk);
    assertTrue(report.isSound(), () -> when + ": " + report.text());
  }

  @Test
  void crashAtEveryStep() {
    forAll(3, StoreCrashTest::crashAtEveryStep);
  }

  @Test
  @Tag("slow")
  void crashAtEveryStepOfManyRuns() {
    forAll(200, StoreCrashTest::crashAtEveryStep);
  }

  @Test
  void aFailedSyncOfTheLogLosesNothingAcknowledged() {
    forAll(
        40,
        random -> {
          FaultyDisk disk = FaultyDisk.over(new MemoryDisk(), random);
          Client client = new Client();
          try (StoreHarness store = StoreHarness.open(disk)) {
            for (int i = 0; i < 8; i++) {
              disk.failSyncs(random.nextInt(2), "wal");
              client.push(store, Batches.random(random, 10));
            }
            client.check(store, "while it runs");
          }
          try (StoreHarness store = StoreHarness.open(disk.restart())) {
            client.check(store, "after a crash");
          }
        });
  }

  @Test
  void aFailedFlushIsTriedAgain() throws IOException {
    FaultyDisk disk = FaultyDisk.over(new MemoryDisk(), new Random(4));
    try (StoreHarness store = StoreHarness.open(disk)) {
      List<Row> rows = List.of(Batches.row("a", 1, "x"), Batches.row("a", 2, "y"));
      store.append(rows);
      disk.failSyncs(1, "objects");
      SkaldException e = assertThrows(SkaldException.class, store.store()::flush);
      assertTrue(e.getMessage().startsWith("cannot flush: "), e.getMessage());
      assertEquals(rows, store.rows(), "still in the head");
      store.append(Batches.row("a", 3, "z"));
      assertEquals(1, store.store().stats().flushFailuresTotal());
      store.store().flush();
      assertEquals(3, store.rows().size());
      assertEquals(2, store.store().stats().segments(), "the frozen one and what came after");
      assertEquals(List.of(), disk.list("wal"));
    }
  }

  @Test
  void aFullDiskRefusesServesAndHeals() throws IOException {
    MemoryDisk memory = new MemoryDisk();
    FaultyDisk disk = FaultyDisk.over(memory, new Random(4));
    Client client = new Client();
    try (StoreHarness store = StoreHarness.open(disk)) {
      client.push(store, List.of(Batches.row("a", 1, "x")));
      store.store().flush();
      memory.capacityBytes(memory.usedBytes() + 5_000);
      for (int i = 0; i < 20; i++) {
        client.push(store, List.of(Batches.row("a", 10 + i, "x".repeat(500))));
      }
      assertTrue(client.acknowledged.size() > 3, "some fit");
      assertTrue(client.acknowledged.size() < 21, "not all");
      assertTrue(store.store().stats().diskFullTotal() > 0);
      assertFalse(store.offerFlush());
      client.check(store, "on a full disk");
      memory.capacityBytes(Long.MAX_VALUE);
      client.push(store, List.copyOf(client.sent));
      assertEquals(client.sent, client.acknowledged, "it heals without a restart");
      store.store().flush();
      client.check(store, "healed");
    }
    try (StoreHarness store = StoreHarness.open(disk.restart())) {
      client.check(store, "reopened");
    }
  }

  @Test
  void aStoreOpensOnAFullDisk() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    Client client = new Client();
    try (StoreHarness store = StoreHarness.open(disk)) {
      client.push(store, List.of(Batches.row("a", 1, "x")));
    }
    disk.capacityBytes(0);
    try (StoreHarness store = StoreHarness.open(disk)) {
      client.check(store, "on a full disk");
    }
  }

  @Test
  void aBadBitInASegmentIsReportedAndTheRestServed() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (StoreHarness store = StoreHarness.open(disk)) {
      store.append(Batches.row("a", 1, "x"));
      store.store().flush();
      store.append(Batches.row("a", 2, "y"));
      store.store().flush();
    }
    List<String> segments = disk.list("objects/segment");
    String bad = "objects/segment/" + segments.getFirst();
    disk.flipBit(bad, disk.sizeBytes(bad) * 8 - 5);
    try (StoreHarness store = StoreHarness.open(disk)) {
      assertEquals(1, store.rows().size());
      assertEquals(1, store.store().stats().corruptionsTotal());
      assertEquals(1, store.store().damagedSegments());
      String warning = String.join("\n", store.warnings());
      assertTrue(warning.contains(segments.getFirst()) && warning.contains("at byte"), warning);
      try (PageScan early =
          store.store().scan(StoreHarness.TENANT, List.of(), new QuerySpan(-10, 0))) {
        assertEquals(List.of(), early.warnings(), "nothing of that time is missing");
      }
      store.append(Batches.row("a", 3, "z"));
      store.store().flush();
      assertEquals(2, store.rows().size());
    }
    assertEquals(3, new ArrayList<>(disk.list("objects/segment")).size(), "nothing is deleted");
    disk.flipBit(bad, disk.sizeBytes(bad) * 8 - 5);
    disk.delete("objects/segment/" + segments.getLast());
    try (StoreHarness store = StoreHarness.open(disk)) {
      assertEquals(2, store.rows().size(), "the first is mended, the second is gone");
      String warning = String.join("\n", store.warnings());
      assertTrue(warning.contains(segments.getLast() + ": in the manifest and not there"), warning);
    }
  }
}
