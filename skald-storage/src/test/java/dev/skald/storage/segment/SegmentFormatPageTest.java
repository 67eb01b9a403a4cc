package dev.skald.storage.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.model.Labels;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.index.StreamSet;
import dev.skald.storage.index.StreamTable;
import dev.skald.storage.index.StreamTableWriter;
import dev.skald.storage.manifest.LiveSegment;
import dev.skald.storage.manifest.Manifest;
import dev.skald.storage.manifest.ManifestChange;
import dev.skald.storage.manifest.ManifestStore;
import dev.skald.storage.object.MemoryObjectStore;
import dev.skald.storage.object.ObjectName;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples of docs/format are bytes that can be read, and those that are written today. */
final class SegmentFormatPageTest {
  private static final SegmentId ID = new SegmentId(0x6553f100_00000001L);
  private static final Labels DB = Labels.of("app", "db");
  private static final Labels WEB = Labels.of("app", "web", "env", "dev");
  private static final long START = 1_700_000_000_000_000_000L;
  private static final List<StoredRow> ARRIVED =
      List.of(
          StoredRow.of(WEB, START, "GET /"),
          new StoredRow(DB, START + 500_000_000, "slow query", Labels.of("trace_id", "4bf9")),
          StoredRow.of(WEB, START + 1_000_000_000, "GET /login"));

  private final ZstdContexts zstd = new ZstdContexts();
  private final MemoryObjectStore store = new MemoryObjectStore();

  @AfterEach
  void closeContexts() {
    zstd.close();
  }

  @Test
  void theSegmentCanBeRead() throws IOException {
    store.put(ID.objectName(), FormatPage.example("segment.md"));
    try (SegmentReader reader = SegmentReader.open(store, ID, zstd, SegmentListener.NONE)) {
      assertEquals(new TenantId("acme"), reader.summary().tenant());
      assertEquals(19_675, reader.summary().utcDay());
      QuerySpan all = new QuerySpan(Long.MIN_VALUE, Long.MAX_VALUE);
      assertEquals(
          List.of(ARRIVED.get(1), ARRIVED.get(0), ARRIVED.get(2)),
          StoredRow.readAll(reader.pages(StreamSet.all(2), all, 0)));
    }
  }

  private SegmentSummary write() throws IOException {
    return new SegmentWriter(store, zstd, SegmentLimits.DEFAULT)
        .write(ID, new TenantId("acme"), 19_675, List.of(StoredRow.batch(ARRIVED)))
        .summary();
  }

  @Test
  void theSegmentIsWhatIsWritten() throws IOException {
    write();
    assertEquals(
        FormatPage.hex(FormatPage.example("segment.md")),
        FormatPage.hex(store.bytes(ID.objectName())));
  }

  @Test
  void theStreamTableIsWhatIsWrittenAndCanBeRead() throws IOException {
    byte[] example = FormatPage.example("index.md");
    ByteWriter out = new ByteWriter(0);
    StreamTableWriter.write(List.of(DB, WEB), out, zstd);
    assertEquals(FormatPage.hex(example), FormatPage.hex(out.toByteArray()));
    StreamTable table = StreamTable.read(new ByteReader("index.md", example), zstd);
    assertEquals(List.of(DB, WEB), List.of(table.labels(0), table.labels(1)));
  }

  @Test
  void theManifestIsWhatIsWrittenAndCanBeRead() throws IOException {
    SegmentSummary summary = write();
    LiveSegment live = new LiveSegment(summary, 0, 0);
    ManifestChange change = new ManifestChange(List.of(live), List.of(), 2, 3, 0);
    Manifest written = ManifestStore.load(store, () -> 0x1122_3344_5566_7788L).commit(change);
    ObjectName name = new ObjectName("manifest", "00000000000000000001");
    byte[] example = FormatPage.example("manifest.md");
    assertEquals(FormatPage.hex(example), FormatPage.hex(store.bytes(name)));
    store.put(name, example);
    assertEquals(written, ManifestStore.load(store, () -> 0).current());
  }
}
