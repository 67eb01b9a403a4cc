package dev.skald.storage.compact;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdEffort;
import dev.skald.model.Labels;
import dev.skald.model.PageRows;
import dev.skald.model.Selection;
import dev.skald.model.TenantId;
import dev.skald.storage.object.MemoryObjectStore;
import dev.skald.storage.segment.OrderedRows;
import dev.skald.storage.segment.PageSource;
import dev.skald.storage.segment.RandomRows;
import dev.skald.storage.segment.SegmentCheck;
import dev.skald.storage.segment.SegmentId;
import dev.skald.storage.segment.SegmentLimits;
import dev.skald.storage.segment.SegmentListener;
import dev.skald.storage.segment.SegmentReader;
import dev.skald.storage.segment.SegmentWriter;
import dev.skald.storage.segment.StoredRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A merge holds what its segments held, once; a merge that does not is refused. */
final class SegmentMergeTest {
  private static final ZstdContexts ZSTD = new ZstdContexts();
  private static final TenantId TENANT = new TenantId("acme");
  private static final SegmentId NEW = new SegmentId(1_000_000);

  private final MemoryObjectStore objects = new MemoryObjectStore();

  @AfterAll
  static void close() {
    ZSTD.close();
  }

  private List<SegmentReader> write(List<List<StoredRow>> segments, SegmentLimits limits)
      throws IOException {
    List<SegmentReader> readers = new ArrayList<>();
    for (List<StoredRow> rows : segments) {
      SegmentId id = new SegmentId(readers.size() + 1);
      new SegmentWriter(objects, ZSTD, limits).write(id, TENANT, 0, List.of(StoredRow.batch(rows)));
      readers.add(SegmentReader.open(objects, id, ZSTD, SegmentListener.NONE));
    }
    return readers;
  }

  private SegmentMerge merge(
      Random random, SegmentLimits limits, SegmentMerge.SourceWrapping wrapping) {
    return new SegmentMerge(
        random::nextLong,
        objects,
        ZSTD,
        new SegmentWriter(objects, ZSTD, limits),
        limits,
        SegmentListener.NONE,
        Pace.UNBOUNDED,
        wrapping);
  }

  private static List<StoredRow> rows(SegmentReader reader) {
    return StoredRow.readAll(MergeCursor.pages(reader));
  }

  private List<String> problems(SegmentReader reader) throws IOException {
    List<String> problems = new ArrayList<>();
    SegmentCheck.run(objects, reader.summary(), ZSTD, problems::add);
    return problems;
  }

  /** Removes the rows that are in a set. */
  private static RowRemoval removal(Set<StoredRow> gone) {
    return (page, rows) -> {
      List<StoredRow> all = StoredRow.read(new PageRows(page, Selection.all(page.rowCount())));
      rows.keep(row -> !gone.contains(all.get(row)));
    };
  }

  @Test
  void holdsWhatItsSegmentsHeld() {
    forAll(
        300,
        random -> {
          List<List<StoredRow>> segments = RandomRows.batches(random, 0);
          if (random.nextBoolean()) {
            segments.add(segments.getFirst()); // sent again
          }
          List<StoredRow> all = segments.stream().flatMap(List::stream).toList();
          Set<StoredRow> gone = new HashSet<>();
          int goneOneIn = 1 + random.nextInt(4);
          for (StoredRow row : all) {
            if (goneOneIn == 1 ? random.nextInt(20) == 0 : random.nextInt(goneOneIn) == 0) {
              gone.add(row);
            }
          }
          SegmentLimits limits = RandomRows.limits(random);
          List<SegmentReader> old = write(segments, limits);
          SegmentMerge.Merged merged =
              merge(random, RandomRows.limits(random), source -> source)
                  .merge(NEW, old, removal(gone), ZstdEffort.QUICK);

          List<StoredRow> expected =
              StoredRow.asStored(all).stream().filter(row -> !gone.contains(row)).toList();
          long rowsIn = old.stream().mapToLong(each -> each.summary().rowCount()).sum();
          assertEquals(rowsIn, merged.rowsIn());
          assertEquals(rowsIn, expected.size() + merged.rowsRemoved() + merged.copiesDropped());
          if (expected.isEmpty()) {
            assertTrue(merged.reader().isEmpty());
          } else {
            SegmentReader reader = merged.reader().orElseThrow();
            assertEquals(expected, rows(reader));
            assertEquals(List.of(), problems(reader));
            reader.close();
            objects.delete(NEW.objectName());
          }
          for (SegmentReader each : old) {
            each.close();
            objects.delete(each.summary().id().objectName());
          }
        });
  }

  @Test
  void manyRowsOfOneTimeAreMergedPageByPage() throws IOException {
    Random random = new Random(5);
    SegmentLimits small = new SegmentLimits(200, 10);
    List<StoredRow> first = new ArrayList<>();
    List<StoredRow> second = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      first.add(StoredRow.of(Labels.of("app", "a"), 7, "line " + i));
      second.add(StoredRow.of(Labels.of("app", "a"), 7, "line " + i * 2));
    }
    List<SegmentReader> old = write(List.of(first, second), small);
    SegmentMerge.Merged merged =
        merge(random, small, source -> source).merge(NEW, old, RowRemoval.NONE, ZstdEffort.QUICK);
    assertEquals(50, merged.copiesDropped());
    SegmentReader reader = merged.reader().orElseThrow();
    assertEquals(150, rows(reader).size());
    assertTrue(reader.summary().pageCount() >= 15);
  }

  /** A merge that is wrong in one way. */
  private record Bug(String name, Planted planted) {
    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  private interface Planted {
    PageSource in(PageSource source);
  }

  /** As the source, with rows and pages seen through other eyes. */
  private static class Bugged implements PageSource, OrderedRows {
    final PageSource source;

    Bugged(PageSource source) {
      this.source = source;
    }

    @Override
    public OrderedRows rows() {
      return this;
    }

    @Override
    public @Nullable Next next() throws IOException {
      return source.next();
    }

    @Override
    public List<Labels> streams() {
      return source.streams();
    }

    @Override
    public long duplicateCount() {
      return source.duplicateCount();
    }

    @Override
    public int start(int stream) {
      return source.rows().start(stream);
    }

    @Override
    public long time(int row) {
      return source.rows().time(row);
    }

    @Override
    public int lineLength(int row) {
      return source.rows().lineLength(row);
    }

    @Override
    public int copyLine(int row, byte[] target, int at) {
      return source.rows().copyLine(row, target, at);
    }

    @Override
    public boolean hasMetadata(int row) {
      return source.rows().hasMetadata(row);
    }

    @Override
    public Labels metadata(int row) {
      return source.rows().metadata(row);
    }
  }

  static Stream<Bug> bugs() {
    return Stream.of(
        new Bug("loses the last row of a page", LastRowLost::new),
        new Bug("loses a page", PageLost::new),
        new Bug(
            "alters a byte",
            source ->
                new Bugged(source) {
                  @Override
                  public int copyLine(int row, byte[] target, int at) {
                    int length = super.copyLine(row, target, at);
                    if (row == 3) {
                      target[at] ^= 1;
                    }
                    return length;
                  }
                }),
        new Bug(
            "alters a time",
            source ->
                new Bugged(source) {
                  @Override
                  public long time(int row) {
                    return super.time(row) + (row == start(1) - 1 ? 1 : 0);
                  }
                }),
        new Bug(
            "forgets metadata",
            source ->
                new Bugged(source) {
                  @Override
                  public boolean hasMetadata(int row) {
                    return row != 2 && super.hasMetadata(row);
                  }
                }),
        new Bug(
            "serves one row for another",
            source ->
                new Bugged(source) {
                  @Override
                  public int copyLine(int row, byte[] target, int at) {
                    return super.copyLine(row == 1 ? 0 : row, target, at);
                  }
                }),
        new Bug(
            "moves a row to the next stream",
            source ->
                new Bugged(source) {
                  @Override
                  public int start(int stream) {
                    return super.start(stream) - (stream == 1 ? 1 : 0);
                  }
                }),
        new Bug(
            "gives a stream another name",
            source ->
                new Bugged(source) {
                  @Override
                  public List<Labels> streams() {
                    List<Labels> streams = new ArrayList<>(super.streams());
                    streams.set(0, Labels.of("app", "A"));
                    return streams;
                  }
                }));
  }

  private static final class LastRowLost extends Bugged {
    LastRowLost(PageSource source) {
      super(source);
    }

    @Override
    public @Nullable Next next() throws IOException {
      Next next = super.next();
      return next == null
          ? null
          : new Next(
              next.from(),
              next.to() - 1,
              next.lineBytes() - lineLength(next.to() - 1),
              next.streamFirst());
    }
  }

  private static final class PageLost extends Bugged {
    PageLost(PageSource source) {
      super(source);
    }

    @Override
    public @Nullable Next next() throws IOException {
      Next lost = super.next();
      return lost == null ? null : super.next();
    }
  }

  /** Two streams, two rows of each time, fixed lengths, so that no bug is told by a length. */
  private List<SegmentReader> regular() throws IOException {
    List<StoredRow> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(
          new StoredRow(
              Labels.of("app", "a" + i / 20),
              i * 10L,
              "line number " + (10 + i),
              Labels.of("trace", "t" + i)));
    }
    return write(List.of(rows.subList(0, 25), rows.subList(15, 40)), SegmentLimits.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void aPlantedBugIsRefused(Bug bug) throws IOException {
    List<SegmentReader> old = regular();
    SegmentLimits limits = new SegmentLimits(300, 12);
    SegmentMerge merge = merge(new Random(3), limits, source -> bug.planted().in(source));
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> merge.merge(NEW, old, RowRemoval.NONE, ZstdEffort.QUICK));
    assertTrue(e.toString().contains("refused"), e.toString());
    assertEquals(2, objects.list(SegmentId.FOLDER).size(), "what was written is deleted");
  }

  @Test
  void withoutABugTheSameIsMerged() throws IOException {
    SegmentMerge.Merged merged =
        merge(new Random(3), new SegmentLimits(300, 12), source -> source)
            .merge(NEW, regular(), RowRemoval.NONE, ZstdEffort.THOROUGH);
    assertEquals(10, merged.copiesDropped());
    assertEquals(40, rows(merged.reader().orElseThrow()).size());
  }

  @Test
  void aCopyThatIsNoneIsRefused() throws IOException {
    List<SegmentReader> old = regular();
    Random random = new Random(4);
    Conservation conservation = new Conservation(random::nextLong, Pace.UNBOUNDED);
    old.forEach(reader -> conservation.addIn(reader, RowRemoval.NONE));
    byte[] line = "line number 10".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    conservation.copyDropped(
        Labels.of("app", "a0"), 0, line, 0, line.length, Labels.of("trace", "t0"));
    // The row is counted as a copy, and no segment has it: the numbers alone would add up.
    List<StoredRow> all = new ArrayList<>(rows(old.get(0)));
    all.addAll(rows(old.get(1)));
    all.removeFirst();
    List<List<StoredRow>> parts = List.of(all.subList(0, 24), all.subList(24, all.size()));
    MemoryObjectStore others = new MemoryObjectStore();
    List<SegmentReader> written = new ArrayList<>();
    for (List<StoredRow> part : parts) {
      SegmentId id = new SegmentId(100 + written.size());
      new SegmentWriter(others, ZSTD, SegmentLimits.DEFAULT)
          .write(id, TENANT, 0, List.of(StoredRow.batch(part)));
      written.add(SegmentReader.open(others, id, ZSTD, SegmentListener.NONE));
    }
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> conservation.check(written));
    assertEquals("merge refused, a dropped copy has no twin that stays", e.getMessage());
  }
}
