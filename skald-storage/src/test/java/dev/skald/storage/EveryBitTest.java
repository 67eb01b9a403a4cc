package dev.skald.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.clock.ManualClock;
import dev.skald.disk.MemoryDisk;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.PageScan;
import dev.skald.storage.check.CheckReport;
import dev.skald.storage.check.StoreCheck;
import dev.skald.storage.head.Batches;
import dev.skald.storage.head.Batches.Row;
import dev.skald.storage.retention.DeleteRequest.Force;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every bit of every kind of file is flipped, one at a time: each is noticed and told with file and byte, and whatever
 * does not lie there is served: the store is checked and opened for each bit.
 */
final class EveryBitTest {
  private static final long NOW = 1_700_000_000_000_000_000L;
  private static final long HOUR = 3_600_000_000_000L;

  private final MemoryDisk disk = new MemoryDisk();
  private final ManualClock clock = new ManualClock(NOW);
  private final List<Row> inFirstSegment = new ArrayList<>();
  private final List<Row> inSecondSegment = new ArrayList<>();
  private final List<Row> inFirstRecord = new ArrayList<>();
  private final List<Row> inSecondRecord = new ArrayList<>();

  private StoreHarness open(MemoryDisk on) throws IOException {
    return StoreHarness.open(on, StoreConfig.DEFAULT, clock, new KnownPolicy());
  }

  /** Two segments that are taken apart, two records in the WAL, a delete request. */
  @BeforeEach
  void writeAStore() throws IOException {
    try (StoreHarness store = open(disk)) {
      for (int i = 0; i < 40; i++) {
        inFirstSegment.add(Batches.row("a", NOW + i, line("first", i)));
        inSecondSegment.add(Batches.row("b", NOW + i, line("second", i)));
      }
      store.append(inFirstSegment);
      store.store().flush();
      store.append(inSecondSegment);
      store.store().flush();
      store.store().deletes().request(StoreHarness.TENANT, "z gone", 0, NOW + HOUR, Force.LIMITED);
      inFirstRecord.add(Batches.row("c", NOW, "one"));
      inSecondRecord.add(Batches.row("d", NOW, "two"));
      store.append(inFirstRecord);
      store.append(inSecondRecord);
    }
  }

  private static String line(String what, int i) {
    return "{\"what\":\"%s\",\"number\":%d,\"trace\":\"%08x\",\"ok\":true}"
        .formatted(what, i * 37, i * 0x9e3779b9);
  }

  private MemoryDisk copy() {
    return disk.afterCrash(new Random(1));
  }

  private Set<Row> all() {
    Set<Row> rows = new HashSet<>();
    Stream.of(inFirstSegment, inSecondSegment, inFirstRecord, inSecondRecord).forEach(rows::addAll);
    return rows;
  }

  /** Which rows are served once a bit of a file is flipped. */
  @FunctionalInterface
  private interface Served {
    void check(Set<Row> rows, String when);
  }

  private void flipEach(String folder, String name, Served served) throws IOException {
    String path = folder + "/" + name;
    long bits = disk.sizeBytes(path) * Byte.SIZE;
    for (long bit = 0; bit < bits; bit++) {
      String when = path + " byte " + bit / Byte.SIZE + " bit " + bit % Byte.SIZE;
      disk.flipBit(path, bit);
      isTold(path, when);
      try (StoreHarness store = open(copy())) {
        Set<Row> rows = readable(store, when);
        served.check(rows, when);
      }
      disk.flipBit(path, bit);
    }
    assertTrue(StoreCheck.run(disk).isSound());
  }

  /** The rows that can be read; if a segment's are missing, the answer says so. */
  private Set<Row> readable(StoreHarness store, String when) {
    Set<Row> rows = new HashSet<>();
    List<String> told = new ArrayList<>();
    try (PageScan scan = store.store().scan(StoreHarness.TENANT, List.of(), StoreHarness.ALWAYS)) {
      told.addAll(scan.warnings());
      for (PageRef page : scan.pages()) {
        try {
          PageRows read = page.read();
          for (int i = 0; i < read.rows().count(); i++) {
            rows.add(Batches.row(read.page(), read.rows().row(i)));
          }
        } catch (SkaldException e) {
          assertEquals(ErrorKind.CORRUPT, e.kind());
          told.add(e.getMessage());
        }
      }
    }
    boolean isWhole = rows.containsAll(inFirstSegment) && rows.containsAll(inSecondSegment);
    assertTrue(isWhole || told.toString().contains("segment/"), () -> when + ": " + told);
    return rows;
  }

  private void isTold(String path, String when) throws IOException {
    CheckReport report = StoreCheck.run(disk);
    List<String> told = new ArrayList<>(report.damages());
    if (path.startsWith("wal/")) {
      told.addAll(report.notes()); // the last record may as well be torn
    }
    assertTrue(
        told.stream().anyMatch(text -> text.startsWith(path) && text.contains("byte ")),
        () -> when + ": " + report.text());
  }

  private String only(String folder) throws IOException {
    List<String> names = disk.list(folder);
    assertEquals(1, names.size(), names::toString);
    return names.getFirst();
  }

  @Test
  void everyBitOfASegment() throws IOException {
    // Names begin with the time, which stands still, and end at random.
    String name = disk.list("objects/segment").getFirst();
    String bytes = new String(disk.bytes("objects/segment/" + name), StandardCharsets.ISO_8859_1);
    List<Row> other = bytes.contains("first") ? inSecondSegment : inFirstSegment;
    assertFalse(bytes.contains("\"number\":37,"), "taken apart");
    flipEach(
        "objects/segment",
        name,
        (rows, when) -> {
          assertTrue(rows.containsAll(other), when);
          assertTrue(rows.containsAll(inFirstRecord), when);
          assertTrue(all().containsAll(rows), when);
        });
  }

  /** Its copy counts then, and nothing is lost. */
  @Test
  void everyBitOfTheNewestManifest() throws IOException {
    String name = disk.list("objects/manifest").getLast();
    flipEach("objects/manifest", name, (rows, when) -> assertEquals(all(), rows, when));
  }

  @Test
  void everyBitOfTheCopyOfTheNewestManifest() throws IOException {
    String name = disk.list("objects/manifest-copy").getLast();
    flipEach("objects/manifest-copy", name, (rows, when) -> assertEquals(all(), rows, when));
  }

  @Test
  void everyBitOfTheLog() throws IOException {
    flipEach(
        "wal",
        only("wal"),
        (rows, when) -> {
          assertTrue(rows.containsAll(inFirstSegment), when);
          assertTrue(rows.containsAll(inSecondSegment), when);
          assertTrue(all().containsAll(rows), when);
        });
  }

  /** Starting without the list would show again what somebody wanted gone. */
  @Test
  void everyBitOfTheListOfDeleteRequests() throws IOException {
    String path = "objects/delete/" + only("objects/delete");
    for (long bit = 0; bit < disk.sizeBytes(path) * Byte.SIZE; bit++) {
      String when = "byte " + bit / Byte.SIZE + " bit " + bit % Byte.SIZE;
      disk.flipBit(path, bit);
      isTold(path, when);
      SkaldException e = assertThrows(SkaldException.class, () -> open(copy()), when);
      assertEquals(ErrorKind.CORRUPT, e.kind(), when);
      assertTrue(e.getMessage().contains("delete/"), e::getMessage);
      assertTrue(e.getMessage().contains("at byte "), e::getMessage);
      disk.flipBit(path, bit);
    }
    try (StoreHarness store = open(copy())) {
      assertEquals(all(), new HashSet<>(store.rows()), "mended");
    }
  }

  /** The planted bug: a file whose checksum does not cover the bit. The same look must fail then. */
  @Test
  void aBitThatNoChecksumCoversIsNotOverlooked() throws IOException {
    String path = "objects/delete/" + only("objects/delete");
    byte[] bytes = disk.bytes(path);
    int query = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("z gone");
    bytes[query + 3] ^= 1;
    int crcOffset = 16; // docs/format/deletes.md
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, crcOffset);
    crc.update(bytes, crcOffset + Integer.BYTES, bytes.length - crcOffset - Integer.BYTES);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(crcOffset, (int) crc.getValue());
    disk.put(path, bytes);
    assertThrows(AssertionError.class, () -> isTold(path, "byte " + (query + 3)));
  }
}
