package dev.skald.storage.segment;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.compress.ZstdContexts;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.Matcher;
import dev.skald.model.MatcherTest;
import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.index.StreamSet;
import dev.skald.storage.object.MemoryObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is written is what is read: all rows, and the rows of some streams in some span. */
final class SegmentRoundTripTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final SegmentId ID = new SegmentId(42);
  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final QuerySpan ALL = new QuerySpan(Long.MIN_VALUE, Long.MAX_VALUE);

  private final ZstdContexts zstd = new ZstdContexts();

  @AfterEach
  void closeContexts() {
    zstd.close();
  }

  private SegmentReader reopen(MemoryObjectStore store) throws IOException {
    return SegmentReader.open(store, ID, zstd, SegmentListener.NONE);
  }

  private static StreamSet allStreams(SegmentReader reader) {
    return StreamSet.all(reader.summary().streamCount());
  }

  @Test
  void randomRowsComeBackSortedAndOnce() {
    forAll(
        300,
        random -> {
          long day = random.nextInt(40_000) - 20_000L;
          List<List<StoredRow>> batches = RandomRows.batches(random, day * DAY_NANOS);
          List<StoredRow> arrived = batches.stream().flatMap(List::stream).toList();
          List<StoredRow> stored = StoredRow.asStored(arrived);
          MemoryObjectStore store = new MemoryObjectStore();
          WrittenSegment written =
              new SegmentWriter(store, zstd, RandomRows.limits(random))
                  .write(ID, TENANT, day, batches.stream().map(StoredRow::batch).toList());
          assertEquals(arrived.size() - stored.size(), written.duplicateCount());
          try (SegmentReader reader = reopen(store)) {
            assertEquals(written.summary(), reader.summary());
            assertSummary(stored, reader.summary());
            assertEquals(stored, StoredRow.readAll(reader.pages(allStreams(reader), ALL, 0)));
            assertSomeRows(random, stored, reader);
          }
        });
  }

  private static void assertSummary(List<StoredRow> stored, SegmentSummary summary) {
    assertEquals(stored.size(), summary.rowCount());
    assertEquals(stored.stream().mapToLong(r -> r.line().length()).sum(), summary.lineBytes());
    assertEquals(stored.stream().map(StoredRow::stream).distinct().count(), summary.streamCount());
    assertEquals(
        stored.stream().mapToLong(StoredRow::epochNanos).min().orElseThrow(),
        summary.minEpochNanos());
    assertEquals(
        stored.stream().mapToLong(StoredRow::epochNanos).max().orElseThrow(),
        summary.maxEpochNanos());
    assertEquals(
        stored.stream()
            .flatMap(r -> r.metadata().sorted().stream())
            .mapToLong(l -> l.name().length() + l.value().length())
            .sum(),
        summary.metadataChars());
  }

  /**
   * Asking for streams and a span gives what a walk over all rows gives, and no page that cannot
   * matter.
   */
  private static void assertSomeRows(Random random, List<StoredRow> stored, SegmentReader reader) {
    StoredRow picked = stored.get(random.nextInt(stored.size()));
    List<MatcherTest> tests = RandomRows.matchers(random, picked.stream());
    QuerySpan span = RandomRows.span(random, stored);
    List<StoredRow> wanted =
        stored.stream()
            .filter(r -> tests.stream().allMatch(t -> t.test(r.stream().get(t.matcher().name()))))
            .filter(r -> span.contains(r.epochNanos()))
            .toList();
    StreamSet streams = reader.streams(tests);
    List<Labels> expectedStreams =
        stored.stream()
            .map(StoredRow::stream)
            .distinct()
            .filter(s -> tests.stream().allMatch(t -> t.test(s.get(t.matcher().name()))))
            .toList();
    List<Labels> selected = new ArrayList<>();
    streams.forEach(stream -> selected.add(reader.labels(stream)));
    assertEquals(expectedStreams, selected);
    List<PageRef> pages = reader.pages(streams, span, 1000);
    assertEquals(wanted, StoredRow.readAll(pages));
    for (PageRef page : pages) {
      assertTrue(page.order() >= 1000);
      assertFacts(random, page);
      for (StoredRow row : StoredRow.read(page.read())) {
        assertTrue(page.minEpochNanos() <= row.epochNanos());
        assertTrue(page.maxEpochNanos() >= row.epochNanos());
      }
    }
    StreamSet within = reader.streamsWithin(streams, span);
    wanted.forEach(row -> assertTrue(within.contains(expectedOrdinal(stored, row.stream()))));
  }

  /** What a page says of some of its rows, without looking at each, is what a look at each says. */
  private static void assertFacts(Random random, PageRef ref) {
    PageRows read = ref.read();
    if (random.nextBoolean()) {
      int kept = random.nextInt(4);
      read.rows().keep(row -> random.nextInt(4) < kept);
    }
    Page page = read.page();
    BitSet streams = new BitSet();
    long chars = 0;
    for (int i = 0; i < read.rows().count(); i++) {
      int row = read.rows().row(i);
      streams.set(page.streamOrdinals()[row]);
      for (Label label : page.metadata(page.metadataOrdinals()[row]).sorted()) {
        chars += label.name().length() + label.value().length();
      }
    }
    Page fresh = ref.read().page();
    assertEquals(streams, fresh.streamsOf(read.rows()));
    assertEquals(chars, fresh.metadataChars(read.rows()));
    assertFewLines(random, ref);
  }

  /** A few lines of a page, asked for alone, are those that all of its lines hold. */
  private static void assertFewLines(Random random, PageRef ref) {
    Page few = ref.read().page();
    Lines all = ref.read().page().lines();
    for (int round = 0; round < 4; round++) {
      int part = 1 + random.nextInt(200);
      int[] rows =
          IntStream.range(0, few.rowCount()).filter(row -> random.nextInt(part) == 0).toArray();
      Lines lines = few.lines(rows, rows.length);
      for (int row : rows) {
        assertArrayEquals(
            Arrays.copyOfRange(all.bytes(), all.start(row), all.end(row)),
            Arrays.copyOfRange(lines.bytes(), lines.start(row), lines.end(row)));
      }
    }
  }

  private static int expectedOrdinal(List<StoredRow> stored, Labels stream) {
    return stored.stream().map(StoredRow::stream).distinct().toList().indexOf(stream);
  }

  @Test
  void aBusyStreamHasPagesOfItsOwnAndSmallOnesShare() throws IOException {
    List<StoredRow> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add(StoredRow.of(Labels.of("app", "busy"), i, "a line of the busy stream " + i));
      rows.add(StoredRow.of(Labels.of("app", "tiny" + i), i, "one line"));
    }
    MemoryObjectStore store = new MemoryObjectStore();
    new SegmentWriter(store, zstd, new SegmentLimits(10_000, 10_000))
        .write(ID, TENANT, 0, List.of(StoredRow.batch(rows)));
    try (SegmentReader reader = reopen(store)) {
      StreamSet busy = reader.streams(List.of(MatcherTest.of(Matcher.equal("app", "busy"))));
      List<PageRef> busyPages = reader.pages(busy, ALL, 0);
      assertEquals(3, busyPages.size());
      assertEquals(1000, busyPages.stream().mapToInt(PageRef::rowCount).sum());
      assertEquals(1, reader.pages(allStreams(reader), ALL, 0).size() - busyPages.size());
    }
  }

  @Test
  void equalRowsAreFoundAmongManyOfOneTime() throws IOException {
    List<StoredRow> rows = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      rows.add(StoredRow.of(Labels.of("app", "web"), 7, "line " + i % 2500));
    }
    Collections.shuffle(rows, new Random(1));
    MemoryObjectStore store = new MemoryObjectStore();
    WrittenSegment written =
        new SegmentWriter(store, zstd, SegmentLimits.DEFAULT)
            .write(ID, TENANT, 0, List.of(StoredRow.batch(rows), StoredRow.batch(rows)));
    assertEquals(7500, written.duplicateCount());
    try (SegmentReader reader = reopen(store)) {
      assertEquals(
          StoredRow.asStored(rows), StoredRow.readAll(reader.pages(allStreams(reader), ALL, 0)));
    }
  }

  @Test
  void onlySelectedRowsAreWritten() throws IOException {
    List<StoredRow> rows =
        List.of(
            StoredRow.of(Labels.of("app", "a"), 1, "in"),
            StoredRow.of(Labels.of("app", "b"), DAY_NANOS, "another day"),
            StoredRow.of(Labels.of("app", "c"), 2, "in too"));
    PageRows page = StoredRow.batch(rows);
    page.rows().keep(row -> row != 1);
    MemoryObjectStore store = new MemoryObjectStore();
    new SegmentWriter(store, zstd, SegmentLimits.DEFAULT).write(ID, TENANT, 0, List.of(page));
    try (SegmentReader reader = reopen(store)) {
      assertEquals(2, reader.summary().streamCount());
      assertEquals(
          List.of(rows.get(0), rows.get(2)),
          StoredRow.readAll(reader.pages(allStreams(reader), ALL, 0)));
    }
  }

  @Test
  void aRowOfAnotherDayIsRefusedAndNothingIsVisible() {
    MemoryObjectStore store = new MemoryObjectStore();
    List<StoredRow> rows = List.of(StoredRow.of(Labels.of("app", "a"), DAY_NANOS, "tomorrow"));
    SegmentWriter writer = new SegmentWriter(store, zstd, SegmentLimits.DEFAULT);
    assertThrows(
        IllegalStateException.class,
        () -> writer.write(ID, TENANT, 0, List.of(StoredRow.batch(rows))));
    assertEquals(List.of(), store.list(SegmentId.FOLDER));
  }

  @Test
  void aLineLongerThanAPageHasOneToItself() throws IOException {
    String longLine = "x".repeat(300_000);
    List<StoredRow> rows =
        List.of(
            StoredRow.of(Labels.of("app", "a"), 1, "short"),
            StoredRow.of(Labels.of("app", "a"), 2, longLine),
            StoredRow.of(Labels.of("app", "a"), 3, "short"));
    MemoryObjectStore store = new MemoryObjectStore();
    new SegmentWriter(store, zstd, new SegmentLimits(1000, 1000))
        .write(ID, TENANT, 0, List.of(StoredRow.batch(rows)));
    try (SegmentReader reader = reopen(store)) {
      assertEquals(rows, StoredRow.readAll(reader.pages(allStreams(reader), ALL, 0)));
      assertEquals(
          longLine.getBytes(StandardCharsets.UTF_8).length + 10L, reader.summary().lineBytes());
    }
  }
}
