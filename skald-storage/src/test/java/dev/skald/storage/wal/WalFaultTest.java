package dev.skald.storage.wal;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.bytes.Crc32c;
import dev.skald.disk.Disk;
import dev.skald.disk.FaultyDisk;
import dev.skald.disk.MemoryDisk;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.FlawedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The log on disks that fail, stop and lie. */
final class WalFaultTest {
  private static final String FIRST = WalHarness.FOLDER + "/00000001.wal";
  private static final String SECOND = WalHarness.FOLDER + "/00000002.wal";

  private final MemoryDisk memory = new MemoryDisk();
  private final FaultyDisk disk = FaultyDisk.over(memory, new Random(7));

  private byte[] fileOf(String... texts) throws IOException {
    MemoryDisk made = new MemoryDisk();
    try (WalHarness log = WalHarness.open(made)) {
      for (String text : texts) {
        log.append(text);
      }
    }
    return made.bytes(FIRST);
  }

  private static MemoryDisk diskWith(byte[] first) {
    MemoryDisk disk = new MemoryDisk();
    disk.put(FIRST, first);
    return disk;
  }

  @Test
  void aFileTornAnywhereYieldsItsWholeRecords() throws IOException {
    tornAnywhere(torn -> torn);
  }

  /** A reader that stops a byte early loses the last record of a whole file. */
  @Test
  void aReaderThatEndsEarlyIsFoundOut() {
    assertThrows(
        AssertionError.class,
        () -> tornAnywhere(torn -> FlawedDisk.endingEarly(torn, WalHarness.FOLDER)));
  }

  private void tornAnywhere(UnaryOperator<Disk> flaw) throws IOException {
    List<String> texts = List.of("first", "", "the third one", "4");
    byte[] whole = fileOf(texts.toArray(String[]::new));
    int[] ends = new int[texts.size()];
    int at = WalLayout.FILE_HEADER_BYTES;
    for (int i = 0; i < ends.length; i++) {
      at += WalLayout.RECORD_HEADER_BYTES + texts.get(i).length();
      ends[i] = at;
    }
    assertEquals(whole.length, at);
    for (int length = 0; length <= whole.length; length++) {
      MemoryDisk torn = diskWith(Arrays.copyOf(whole, length));
      int cut = length;
      List<String> expected =
          texts.subList(0, (int) Arrays.stream(ends).filter(end -> end <= cut).count());
      try (WalHarness log = WalHarness.open(flaw.apply(torn))) {
        assertEquals(expected, log.replayedTexts(), "length " + length);
        assertEquals(0, log.replayed().corruptions(), "length " + length);
        log.append("later");
      }
      List<String> again = new ArrayList<>(expected);
      again.add("later");
      assertEquals(again, WalHarness.replay(torn), "length " + length);
    }
  }

  @Test
  void aTornEndIsReportedAndCutOnce() throws IOException {
    byte[] whole = fileOf("first", "second");
    MemoryDisk torn = diskWith(Arrays.copyOf(whole, whole.length - 1));
    WalReplay.Result replayed = WalHarness.replay(torn, 1, new ArrayList<>());
    int end = WalLayout.FILE_HEADER_BYTES + WalLayout.RECORD_HEADER_BYTES + 5;
    WalDamage damage = replayed.damages().getFirst();
    assertEquals(WalDamage.Kind.TORN, damage.kind());
    assertEquals(FIRST, damage.path());
    assertEquals(end, damage.offsetBytes());
    assertEquals(end, torn.sizeBytes(FIRST));
    assertEquals(
        List.of(), WalHarness.replay(torn, 1, new ArrayList<>()).damages(), "the second time");
  }

  @Test
  void everyFlippedByteLosesOneRecordAtMost() throws IOException {
    List<String> texts = List.of("alpha", "beta", "gamma", "delta");
    byte[] whole = fileOf(texts.toArray(String[]::new));
    for (int at = WalLayout.FILE_HEADER_BYTES; at < whole.length; at++) {
      byte[] bad = whole.clone();
      bad[at] ^= 0x10;
      MemoryDisk flipped = diskWith(bad);
      List<String> served = new ArrayList<>();
      WalReplay.Result replayed = WalHarness.replay(flipped, 1, served);
      List<String> lost = new ArrayList<>(texts);
      lost.removeAll(served);
      assertEquals(1, lost.size(), "byte " + at + " " + served);
      assertEquals(1, replayed.damages().size(), "byte " + at);
      // Nothing was written after the last record: damage there cannot be told from a torn end.
      WalDamage.Kind kind = lost.contains("delta") ? WalDamage.Kind.TORN : WalDamage.Kind.CORRUPT;
      assertEquals(kind, replayed.damages().getFirst().kind(), "byte " + at);
    }
  }

  @Test
  void anUnreadableHeaderPutsTheFileAside() throws IOException {
    byte[] whole = fileOf("alpha");
    for (int at = 0; at < WalLayout.FILE_HEADER_BYTES; at++) {
      byte[] bad = whole.clone();
      bad[at] ^= 0x10;
      MemoryDisk flipped = diskWith(bad);
      WalReplay.Result replayed = WalHarness.replay(flipped, 1, new ArrayList<>());
      assertEquals(1, replayed.corruptions(), "byte " + at);
      assertEquals(List.of("00000001.wal.corrupt"), flipped.list(WalHarness.FOLDER));
      assertEquals(1, replayed.fileNumberMax(), "the number stays taken");
    }
  }

  @Test
  void aNewerVersionIsNotTouched() throws IOException {
    byte[] newer = fileOf("alpha");
    newer[WalLayout.VERSION_OFFSET]++;
    ByteBuffer.wrap(newer)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(WalLayout.FILE_CRC_OFFSET, Crc32c.of(newer, 0, WalLayout.FILE_CRC_OFFSET));
    MemoryDisk disk = diskWith(newer);
    SkaldException e =
        assertThrows(SkaldException.class, () -> WalHarness.replay(disk, 1, new ArrayList<>()));
    assertEquals(ErrorKind.UNSUPPORTED, e.kind());
    assertEquals(FIRST + ": wal version=2, this program reads 1", e.getMessage());
    assertEquals(List.of("00000001.wal"), disk.list(WalHarness.FOLDER));
  }

  @Test
  void aDamagedFileIsKeptWhenItIsNoLongerNeeded() throws IOException {
    byte[] bad = fileOf("alpha", "beta", "gamma");
    bad[WalLayout.FILE_HEADER_BYTES + WalLayout.RECORD_HEADER_BYTES] ^= 1;
    MemoryDisk disk = diskWith(bad);
    try (WalHarness log = WalHarness.open(disk)) {
      assertEquals(List.of("beta", "gamma"), log.replayedTexts());
      log.append("delta");
      log.writer().deleteBefore(2);
    }
    assertEquals(List.of("00000001.wal.corrupt", "00000002.wal"), disk.list(WalHarness.FOLDER));
  }

  @Test
  void aFileShorterThanAcknowledgedIsReported() throws IOException {
    try (WalHarness log = WalHarness.open(memory)) {
      log.append("one");
      log.writer().rotate(() -> {});
      log.append("two");
    }
    memory.truncate(FIRST, WalLayout.FILE_HEADER_BYTES + 3);
    List<String> served = new ArrayList<>();
    WalReplay.Result replayed = WalHarness.replay(memory, 1, served);
    assertEquals(List.of("two"), served);
    assertEquals(2, replayed.corruptions());
  }

  @Test
  void aPayloadThatLooksLikeARecordIsNone() throws IOException {
    // The harness's salt is 42 always; a client would have to guess 64 bits.
    byte[] forged = fileOf("forged");
    String record =
        new String(
            Arrays.copyOfRange(forged, WalLayout.FILE_HEADER_BYTES, forged.length),
            java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] bad = fileOf("x" + record, "next");
    bad[WalLayout.FILE_HEADER_BYTES] ^= 1;
    List<String> served = new ArrayList<>();
    WalHarness.replay(diskWith(bad), 1, served);
    assertEquals(List.of("next"), served, "its offset does not fit even with the salt known");
  }

  @Test
  void aFailedSyncGivesUpTheFile() throws IOException {
    try (WalHarness log = WalHarness.open(disk)) {
      log.append("one");
      disk.failSyncs(1, FIRST);
      SkaldException e = assertThrows(SkaldException.class, () -> log.append("two"));
      assertEquals(ErrorKind.UNAVAILABLE, e.kind());
      assertEquals("the log cannot be written: " + FIRST + ": sync failed", e.getMessage());
      log.append("three");
      assertEquals(List.of("one", "three"), log.durable());
      assertEquals(1, log.writer().stats().failures());
    }
    List<String> served = new ArrayList<>();
    WalReplay.Result replayed = WalHarness.replay(memory, 1, served);
    assertEquals(List.of("one", "three"), served, "what was not acknowledged is cut");
    assertEquals(WalDamage.Kind.TORN, replayed.damages().getFirst().kind());
    assertEquals(FIRST, replayed.damages().getFirst().path());
  }

  @Test
  void aFullDiskHealsByItself() throws IOException {
    try (WalHarness log = WalHarness.open(disk)) {
      log.append("one");
      memory.capacityBytes(memory.usedBytes() + 10);
      SkaldException e = assertThrows(SkaldException.class, () -> log.append("too much"));
      assertEquals(ErrorKind.UNAVAILABLE, e.kind());
      assertTrue(e.getMessage().startsWith("the disk is full"), e.getMessage());
      assertFalse(log.offer("still"));
      assertFalse(log.offer("still"));
      assertEquals(3, log.writer().stats().diskFull());
      assertEquals(List.of("00000001.wal"), memory.list(WalHarness.FOLDER), "no litter");
      memory.capacityBytes(Long.MAX_VALUE);
      log.append("two");
      assertEquals(List.of("one", "two"), log.durable());
    }
    assertEquals(List.of("one", "two"), WalHarness.replay(memory));
    assertTrue(disk.operations().contains("create " + SECOND));
  }

  @Test
  void crashAtEveryStep() {
    forAll(
        30,
        random -> {
          for (int step = 1; crashAndCheck(step, Durability.FSYNC, random); step++) {}
        });
  }

  /** Without a sync what was acknowledged may be lost; what is served is still what was sent. */
  @Test
  void crashAtEveryStepOfALogThatIsNotSynced() {
    forAll(
        10,
        random -> {
          for (int step = 1; crashAndCheck(step, Durability.OS, random); step++) {}
        });
  }

  /** Whether the run was long enough for the crash to happen. */
  private static boolean crashAndCheck(int step, Durability durability, Random random)
      throws IOException {
    FaultyDisk disk = FaultyDisk.over(new MemoryDisk(), random).crashAt(step);
    List<String> sent = new ArrayList<>();
    List<String> acknowledged = new ArrayList<>();
    WalConfig config = WalConfig.DEFAULT.withFileBytesMax(150).withDurability(durability);
    try (WalHarness log = WalHarness.open(disk, config)) {
      for (int i = 0; i < 12; i++) {
        String text = "record " + i + "x".repeat(random.nextInt(40));
        if (random.nextInt(8) == 0) {
          disk.failSyncs(1, WalHarness.FOLDER);
        }
        sent.add(text);
        if (log.offer(text)) {
          acknowledged.add(text);
        }
      }
    } catch (IOException e) {
      assertTrue(disk.hasCrashed(), e.toString());
    }
    MemoryDisk after = disk.restart();
    List<String> served = WalHarness.replay(after);
    if (durability == Durability.FSYNC) {
      assertTrue(served.containsAll(acknowledged), () -> "lost: " + acknowledged + " " + served);
    }
    assertTrue(sent.containsAll(served), () -> "invented: " + served);
    assertEquals(served.stream().distinct().toList(), served, "once each");
    assertEquals(
        served, sent.stream().filter(served::contains).toList(), "in the order they were sent");
    try (WalHarness log = WalHarness.open(after)) {
      if (durability == Durability.FSYNC) {
        assertEquals(0, log.replayed().corruptions());
      }
      log.append("after");
    }
    List<String> again = new ArrayList<>(served);
    again.add("after");
    assertEquals(again, WalHarness.replay(after));
    return disk.hasCrashed();
  }
}
