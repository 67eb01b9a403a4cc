package dev.skald.storage.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.bytes.Crc32c;
import dev.skald.compress.ZstdContexts;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Labels;
import dev.skald.model.PageRef;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.index.StreamSet;
import dev.skald.storage.object.MemoryObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever happens to a segment's bytes is noticed, and hurts no more than it must. */
final class SegmentDamageTest {
  private static final SegmentId ID = new SegmentId(0x1234_5678_9abc_def0L);
  private static final QuerySpan ALL = new QuerySpan(Long.MIN_VALUE, Long.MAX_VALUE);

  private final ZstdContexts zstd = new ZstdContexts();
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final List<StoredRow> rows = new ArrayList<>();
  private byte[] bytes = new byte[0];

  @BeforeEach
  void writeThreePages() throws IOException {
    for (int page = 0; page < 3; page++) {
      Labels stream = Labels.of("app", "app-" + page);
      for (int i = 0; i < 6; i++) {
        Labels metadata = i % 2 == 0 ? Labels.EMPTY : Labels.of("trace_id", "t" + i);
        rows.add(new StoredRow(stream, i * 1_000L, "line " + i + " of page " + page, metadata));
      }
    }
    new SegmentWriter(store, zstd, new SegmentLimits(150, 6))
        .write(ID, new TenantId("acme"), 0, List.of(StoredRow.batch(rows)));
    bytes = store.bytes(ID.objectName());
  }

  @AfterEach
  void closeContexts() {
    zstd.close();
  }

  private List<StoredRow> readAll() throws IOException {
    try (SegmentReader reader = SegmentReader.open(store, ID, zstd, SegmentListener.NONE)) {
      StreamSet all = StreamSet.all(reader.summary().streamCount());
      return StoredRow.readAll(reader.pages(all, ALL, 0));
    }
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    assertEquals(rows, readAll());
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      int flipped = bit;
      SkaldException e =
          assertThrows(
              SkaldException.class,
              this::readAll,
              () -> "bit " + flipped % 8 + " of byte " + flipped / 8);
      assertEquals(ErrorKind.CORRUPT, e.kind(), e::getMessage);
      assertTrue(
          e.getMessage().startsWith("segment/123456789abcdef0: corrupt at byte "), e.getMessage());
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    }
    assertEquals(rows, readAll());
  }

  @Test
  void everyCutIsNoticed() {
    for (int length = 0; length < bytes.length; length++) {
      store.put(ID.objectName(), Arrays.copyOf(bytes, length));
      SkaldException e = assertThrows(SkaldException.class, this::readAll);
      assertEquals(ErrorKind.CORRUPT, e.kind(), e::getMessage);
    }
  }

  @Test
  void bytesAddedAtTheEndAreNoticed() {
    store.put(ID.objectName(), Arrays.copyOf(bytes, bytes.length + 1));
    assertEquals(ErrorKind.CORRUPT, assertThrows(SkaldException.class, this::readAll).kind());
  }

  @Test
  void aBadPageIsToldOnceAndItsNeighboursStayReadable() throws IOException {
    List<String> told = new ArrayList<>();
    try (SegmentReader reader =
        SegmentReader.open(store, ID, zstd, (id, page, damage) -> told.add(id + " page " + page))) {
      StreamSet all = StreamSet.all(3);
      List<PageRef> pages = reader.pages(all, ALL, 0);
      BlockRef last = reader.directory().pages().get(1).blocks().getLast();
      bytes[(int) last.endBytes() - 1] ^= 1;
      PageRef bad = pages.get(1);
      assertEquals(6, bad.read().rows().count(), "the lines are not read yet");
      SkaldException e = assertThrows(SkaldException.class, () -> bad.read().page().lines());
      assertTrue(e.getMessage().contains("crc32c of " + last.kind() + " block"), e.getMessage());
      assertThrows(SkaldException.class, () -> bad.read().page().lines());
      assertEquals(List.of(ID + " page 1"), told);
      assertEquals(rows.subList(0, 6), StoredRow.read(pages.get(0).read()));
      assertEquals(rows.subList(12, 18), StoredRow.read(pages.get(2).read()));
    }
  }

  @Test
  void anotherSegmentUnderThisNameIsNoticed() throws IOException {
    SegmentId other = new SegmentId(7);
    store.put(other.objectName(), bytes);
    SkaldException e =
        assertThrows(
            SkaldException.class,
            () -> SegmentReader.open(store, other, zstd, SegmentListener.NONE));
    assertTrue(e.getMessage().contains("segment id"), e.getMessage());
  }

  @Test
  void aNewerVersionIsUnsupportedNotCorrupt() {
    bytes[SegmentLayout.HEADER_VERSION_OFFSET] = SegmentLayout.VERSION + 1;
    int crc = Crc32c.of(bytes, 0, SegmentLayout.HEADER_CRC_OFFSET);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(SegmentLayout.HEADER_CRC_OFFSET, crc);
    SkaldException e = assertThrows(SkaldException.class, this::readAll);
    assertEquals(ErrorKind.UNSUPPORTED, e.kind());
    assertEquals(
        "segment/123456789abcdef0: segment format version 4 is too new, known are 1 to 3",
        e.getMessage());
  }
}
