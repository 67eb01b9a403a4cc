package dev.skald.storage.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.clock.ManualClock;
import dev.skald.disk.MemoryDisk;
import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.TenantId;
import dev.skald.storage.DiskLogStore;
import dev.skald.storage.StoreConfig;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A store is sound; whatever is done to its files is found and named, and nothing is changed by
 * looking.
 */
final class StoreCheckTest {
  private static final long START = 1_700_000_000_000_000_000L;

  private final MemoryDisk disk = new MemoryDisk();

  @BeforeEach
  void writeAStore() throws IOException {
    ManualClock clock = new ManualClock(START);
    Random ids = new Random(5);
    try (DiskLogStore store =
        DiskLogStore.open(disk, clock, clock, Threads.jvm(), ids::nextLong, StoreConfig.DEFAULT)) {
      for (int flush = 0; flush < 2; flush++) {
        store.append(new TenantId("acme"), batch(flush * 10));
        store.append(new TenantId("other"), batch(flush * 10));
        store.flush();
      }
      store.append(new TenantId("acme"), batch(20));
      store.append(new TenantId("acme"), batch(30));
    }
  }

  private static EntryBatch batch(int from) {
    EntryBatch batch = new EntryBatch();
    for (int i = from; i < from + 10; i++) {
      byte[] line = ("line " + i).getBytes(StandardCharsets.UTF_8);
      int stream = batch.stream(Labels.of("app", "app-" + i % 3));
      int metadata = batch.metadataSet(i % 2 == 0 ? Labels.EMPTY : Labels.of("id", "" + i));
      batch.add(stream, START + i, line, 0, line.length, metadata);
    }
    return batch;
  }

  private CheckReport check() throws IOException {
    return StoreCheck.run(disk);
  }

  @Test
  void aStoreIsSoundAndCounted() throws IOException {
    CheckReport report = check();
    assertEquals(List.of(), report.damages());
    assertEquals(List.of(), report.notes());
    assertTrue(report.isSound());
    assertEquals(4, report.segmentCount());
    assertEquals(40, report.segmentRows());
    assertEquals(20, report.walRows());
    assertTrue(report.text().endsWith("sound\n"), report.text());
  }

  @Test
  void anEmptyDirectoryIsSound() throws IOException {
    CheckReport report = StoreCheck.run(new MemoryDisk());
    assertTrue(report.isSound());
    assertEquals(0, report.manifestNumber());
  }

  @Test
  void lookingChangesNothing() throws IOException {
    String wal = "wal/" + disk.list("wal").getLast();
    disk.put("objects/tmp/half", new byte[7]);
    byte[] torn = Arrays.copyOf(disk.bytes(wal), disk.bytes(wal).length + 9);
    disk.put(wal, torn);
    CheckReport report = check();
    assertTrue(report.isSound(), report::text);
    assertEquals(2, report.notes().size(), report::text);
    assertTrue(disk.exists("objects/tmp/half"));
    assertEquals(torn.length, disk.sizeBytes(wal));
  }

  @Test
  void everyDamagedByteOfManifestsAndSegmentsIsFoundAndNamed() throws IOException {
    for (String folder : List.of("objects/manifest", "objects/segment")) {
      for (String name : disk.list(folder)) {
        String path = folder + "/" + name;
        for (long at = 0; at < disk.sizeBytes(path); at++) {
          disk.flipBit(path, at * 8 + at % 8);
          CheckReport report = check();
          assertFalse(report.isSound(), path + " byte " + at);
          assertTrue(
              report.damages().stream().anyMatch(damage -> damage.startsWith(path + ": ")),
              report::text);
          disk.flipBit(path, at * 8 + at % 8);
        }
      }
    }
    assertTrue(check().isSound());
  }

  @Test
  void aDamagedRecordOfTheWalIsFoundAndNamed() throws IOException {
    String path = "wal/" + disk.list("wal").getLast();
    byte[] bytes = disk.bytes(path);
    int line = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("line 20");
    disk.flipBit(path, line * 8L);
    CheckReport report = check();
    assertEquals(1, report.damages().size(), report::text);
    assertTrue(report.damages().getFirst().startsWith(path + ": byte "), report::text);
    assertEquals(10, report.walRows(), "the record after it is still read");
  }

  @Test
  void aMissingSegmentIsFound() throws IOException {
    String name = disk.list("objects/segment").getFirst();
    disk.delete("objects/segment/" + name);
    assertEquals(
        List.of("objects/segment/" + name + ": in the manifest and not there"), check().damages());
  }

  @Test
  void aSegmentThatNoManifestListsIsNoted() throws IOException {
    disk.put("objects/segment/00000000000000ff", new byte[3]);
    CheckReport report = check();
    assertTrue(report.isSound());
    assertEquals(1, report.notes().size());
    assertTrue(
        report.notes().getFirst().startsWith("objects/segment/00000000000000ff: in no manifest"));
  }

  @Test
  void aSwappedManifestBreaksTheChain() throws IOException {
    // A manifest of another store under this one's name is valid by itself.
    MemoryDisk otherDisk = new MemoryDisk();
    ManualClock clock = new ManualClock(START);
    try (DiskLogStore other =
        DiskLogStore.open(
            otherDisk, clock, clock, Threads.jvm(), new Random(6)::nextLong, StoreConfig.DEFAULT)) {
      other.append(new TenantId("acme"), batch(0));
      other.flush();
    }
    String first = "objects/manifest/00000000000000000001";
    disk.put(first, otherDisk.bytes(first));
    CheckReport report = check();
    assertEquals(2, report.damages().size(), report::text);
    String copy =
        "objects/manifest-copy/00000000000000000001: at byte 12: differs from its manifest";
    assertEquals(copy, report.damages().getLast());
    assertTrue(
        report
            .damages()
            .getFirst()
            .startsWith("objects/manifest/00000000000000000002: hash of manifest 1: expected "),
        report::text);
  }
}
