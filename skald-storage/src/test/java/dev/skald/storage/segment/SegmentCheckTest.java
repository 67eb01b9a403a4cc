package dev.skald.storage.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdLevel;
import dev.skald.model.Labels;
import dev.skald.model.TenantId;
import dev.skald.storage.index.StreamTableWriter;
import dev.skald.storage.object.MemoryObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Segments whose checksums are right and whose content is not: what a bug of the writer would
 * leave.
 */
final class SegmentCheckTest {
  private static final SegmentId ID = new SegmentId(1);

  private final ZstdContexts zstd = new ZstdContexts();
  private final MemoryObjectStore store = new MemoryObjectStore();
  private SegmentSummary summary = write(0);

  @AfterEach
  void closeContexts() {
    zstd.close();
  }

  private SegmentSummary write(long utcDay) {
    List<StoredRow> rows = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rows.add(
          new StoredRow(Labels.of("app", "a"), 1_000 + i, "line " + i, Labels.of("id", "" + i)));
      rows.add(StoredRow.of(Labels.of("app", "b"), 1_000 + i, "line " + i));
    }
    try {
      return new SegmentWriter(store, zstd, SegmentLimits.DEFAULT)
          .write(ID, new TenantId("acme"), utcDay, List.of(StoredRow.batch(rows)))
          .summary();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> problems() throws IOException {
    List<String> problems = new ArrayList<>();
    SegmentCheck.run(store, summary, zstd, problems::add);
    return problems;
  }

  /** Writes the directory again, with its pages and day changed. */
  private void change(UnaryOperator<List<PageEntry>> pages, long utcDay) throws IOException {
    try (SegmentReader reader = SegmentReader.open(store, ID, zstd, SegmentListener.NONE)) {
      SegmentDirectory old = reader.directory();
      ByteWriter out = new ByteWriter(0);
      out.putBytes(store.bytes(ID.objectName()), 0, (int) old.self().offsetBytes());
      SegmentDirectory changed =
          SegmentDirectory.write(
              ID,
              old.tenant(),
              utcDay,
              pages.apply(old.pages()),
              old.streamTable(),
              old.streamCount(),
              old.shapeTable(),
              out,
              0);
      summary = changed.summary(SegmentDirectory.footerCrc(out));
      store.put(ID.objectName(), out.toByteArray());
    }
  }

  @Test
  void aSegmentAsWrittenHasNoProblems() throws IOException {
    assertEquals(List.of(), problems());
    change(pages -> pages, 0);
    assertEquals(List.of(), problems());
  }

  @Test
  void aManifestThatSaysSomethingElseIsAProblem() throws IOException {
    SegmentSummary s = summary;
    summary =
        new SegmentSummary(
            s.id(),
            s.tenant(),
            s.utcDay(),
            s.rowCount() + 1,
            s.lineBytes(),
            s.metadataChars(),
            s.streamCount(),
            s.pageCount(),
            s.minEpochNanos(),
            s.maxEpochNanos(),
            s.sizeBytes(),
            s.footerCrc32c());
    List<String> problems = problems();
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(
        problems.getFirst().startsWith("segment/0000000000000001: summary: manifest has "),
        problems::toString);
  }

  /** A change of each page's entry, and the problem that it must show. */
  record Change(String problem, UnaryOperator<PageEntry> change) {
    @Override
    public String toString() {
      return problem;
    }
  }

  static List<Change> changes() {
    return List.of(
        new Change("newest timestamp: expected 2000, was 1003", p -> with(p, 1_000, 2_000, 4)),
        new Change("metadata characters: expected 99, was ", p -> with(p, 1_000, 1_003, 99)));
  }

  private static PageEntry with(PageEntry page, long min, long max, long metadataChars) {
    return new PageEntry(
        page.rowCount(),
        page.lineBytes(),
        metadataChars,
        min,
        max,
        page.streamCount(),
        page.streamFirst(),
        page.streamLast(),
        page.blocks());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void statisticsThatTheContentDoesNotHaveAreAProblem(Change change) throws IOException {
    change(pages -> pages.stream().map(change.change()).toList(), 0);
    assertProblem(change.problem());
  }

  private void assertProblem(String text) throws IOException {
    List<String> problems = problems();
    assertTrue(problems.stream().anyMatch(p -> p.contains(text)), problems::toString);
  }

  @Test
  void anotherDayIsAProblem() throws IOException {
    change(pages -> pages, 1);
    assertProblem("day of oldest row: expected 1, was 0");
  }

  /**
   * Pages by hand, of one row each: its stream's ordinal, and the page's oldest and the row's time.
   */
  private void pages(List<String> lines, int[][] rows) throws IOException {
    ByteWriter out = new ByteWriter(0);
    SegmentDirectory.writeHeader(ID, out);
    List<PageEntry> pages = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      int[] row = rows[i];
      pages.add(onePage(row[0], row[1], row[row.length - 1], lines.get(i), out));
    }
    int start = BlockRef.begin(out);
    StreamTableWriter.write(List.of(Labels.of("app", "a"), Labels.of("app", "b")), out, zstd);
    BlockRef table = BlockRef.seal(BlockKind.STREAM_TABLE, out, start, 0);
    SegmentDirectory directory =
        SegmentDirectory.write(ID, new TenantId("acme"), 0, pages, table, 2, null, out, 0);
    summary = directory.summary(SegmentDirectory.footerCrc(out));
    store.put(ID.objectName(), out.toByteArray());
  }

  /** A page of one row, said to begin at {@code oldest}. */
  private PageEntry onePage(int stream, long oldest, long time, String line, ByteWriter out) {
    List<BlockRef> blocks = new ArrayList<>();
    int start = BlockRef.begin(out);
    LongColumn.encode(new long[] {time - oldest}, 1, out, zstd, ZstdLevel.COLUMNS);
    LongColumn.encode(new long[0], 0, out, zstd, ZstdLevel.COLUMNS);
    blocks.add(BlockRef.seal(BlockKind.TIME, out, start, 0));
    start = BlockRef.begin(out);
    LongColumn.encode(new long[] {1}, 1, out, zstd, ZstdLevel.COLUMNS);
    LongColumn.encode(new long[] {1}, 1, out, zstd, ZstdLevel.COLUMNS);
    blocks.add(BlockRef.seal(BlockKind.STREAM, out, start, 0));
    start = BlockRef.begin(out);
    LongColumn.encode(new long[] {line.length()}, 1, out, zstd, ZstdLevel.COLUMNS);
    blocks.add(BlockRef.seal(BlockKind.LENGTHS, out, start, 0));
    start = BlockRef.begin(out);
    out.putByte(SegmentLayout.RAW);
    out.putBytes(line.getBytes(StandardCharsets.ISO_8859_1));
    blocks.add(BlockRef.seal(BlockKind.LINES, out, start, 0));
    return new PageEntry(1, line.length(), 0, oldest, time, 1, stream, stream, blocks);
  }

  @Test
  void rowsInOrderHaveNoProblems() throws IOException {
    pages(List.of("x", "y", "x"), new int[][] {{0, 5}, {0, 5}, {1, 4}});
    assertEquals(List.of(), problems());
  }

  @Test
  void rowsOutOfOrderAreAProblem() throws IOException {
    pages(List.of("x", "y", "x"), new int[][] {{0, 5}, {0, 4}, {1, 4}});
    assertProblem("row 0: stream 0 at 4 stands after stream 0 at 5");
    pages(List.of("x", "y"), new int[][] {{1, 4}, {0, 5}});
    assertProblem("row 0: stream 0 at 5 stands after stream 1 at 4");
  }

  @Test
  void anOldestTimestampThatNoRowHasIsAProblem() throws IOException {
    pages(List.of("x", "y"), new int[][] {{0, 3, 5}, {1, 5}});
    assertProblem("oldest timestamp: expected 3, was 5");
  }

  @Test
  void aRowThatStandsTwiceIsAProblem() throws IOException {
    pages(List.of("x", "x", "x"), new int[][] {{0, 5}, {0, 5}, {1, 5}});
    assertProblem("page 1 at byte ");
    assertProblem("row 0: stands there twice");
  }

  @Test
  void aStreamWithoutRowsIsAProblem() throws IOException {
    pages(List.of("x", "y"), new int[][] {{0, 4}, {0, 5}});
    assertProblem("streams with rows: expected 2, was 1");
  }
}
