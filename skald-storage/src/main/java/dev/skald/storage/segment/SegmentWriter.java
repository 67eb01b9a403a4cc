package dev.skald.storage.segment;

import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdEffort;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.PageRows;
import dev.skald.model.TenantId;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.ObjectWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows of the head into a segment. Safe for concurrent use; while writing it holds eight
 * bytes for each row and some three pages of lines, in buffers that it keeps for the next segment.
 */
public final class SegmentWriter {
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  private final ObjectStore store;
  private final ZstdContexts zstd;
  private final SegmentLimits limits;
  private final AtomicReference<@Nullable PageEncoder> idle = new AtomicReference<>();

  public SegmentWriter(ObjectStore store, ZstdContexts zstd, SegmentLimits limits) {
    this.store = store;
    this.zstd = zstd;
    this.limits = limits;
  }

  /** The UTC day of a timestamp, in days since 1970-01-01. */
  public static long utcDay(long epochNanos) {
    return Math.floorDiv(epochNanos, NANOS_PER_DAY);
  }

  /**
   * Writes one segment of the selected rows: sorted by (stream, time, arrival), equal rows once.
   *
   * @param utcDay the UTC day of every selected row, see {@link #utcDay(long)}
   * @param rows in order of arrival, pages as well as rows of a page; at least one row is selected
   * @return the durable segment
   * @throws IOException if the store fails; nothing is visible then, or the whole object under this
   *     id, so the next try takes a fresh id
   */
  public WrittenSegment write(SegmentId id, TenantId tenant, long utcDay, List<PageRows> rows)
      throws IOException {
    return write(id, tenant, utcDay, rows, StreamNumbers.byLabels(), ZstdEffort.QUICK);
  }

  /**
   * The same, where numbers of the streams are known.
   *
   * @param numbers of all streams of all pages
   * @param effort how hard to compress
   */
  public WrittenSegment write(
      SegmentId id,
      TenantId tenant,
      long utcDay,
      List<PageRows> rows,
      StreamNumbers numbers,
      ZstdEffort effort)
      throws IOException {
    SortedRows sorted = SortedRows.of(rows, numbers, id.value());
    if (sorted.rowCount() == 0) {
      throw new IllegalArgumentException("a segment without rows");
    }
    WrittenSegment written = write(id, tenant, utcDay, new SortedPages(sorted, limits), effort);
    requireSame("rows", sorted.rowCount(), written.summary().rowCount());
    return written;
  }

  /**
   * Writes one segment, holding one page of the source at a time.
   *
   * @param pages at least one
   * @param effort how hard to compress
   * @return the durable segment
   * @throws IOException if the store or the source fails; see above for what is visible then
   */
  public WrittenSegment write(
      SegmentId id, TenantId tenant, long utcDay, PageSource pages, ZstdEffort effort)
      throws IOException {
    try (ObjectWriter object = store.create(id.objectName())) {
      ByteWriter out = new ByteWriter(1 << 16);
      SegmentDirectory.writeHeader(id, out);
      PageEncoder encoder = encoder(id, effort);
      List<PageEntry> entries = writePages(pages, utcDay, encoder, object, out);
      int start = BlockRef.begin(out);
      pages.writeStreams(out, zstd);
      BlockRef streamTable =
          BlockRef.seal(BlockKind.STREAM_TABLE, out, start, object.positionBytes());
      BlockRef shapeTable = null;
      if (entries.stream().anyMatch(PageEntry::isShaped)) {
        start = BlockRef.begin(out);
        encoder.writeShapes(out);
        shapeTable = BlockRef.seal(BlockKind.SHAPE_TABLE, out, start, object.positionBytes());
      }
      SegmentDirectory directory =
          SegmentDirectory.write(
              id,
              tenant,
              utcDay,
              entries,
              streamTable,
              pages.streams().size(),
              shapeTable,
              out,
              object.positionBytes());
      SegmentSummary summary = directory.summary(SegmentDirectory.footerCrc(out));
      drain(out, object);
      requireSame("bytes", object.positionBytes(), summary.sizeBytes());
      object.complete();
      idle.set(encoder);
      return new WrittenSegment(summary, pages.duplicateCount());
    }
  }

  /**
   * One that is idle, or a new one. Buffers made anew for each segment would fill the heap with
   * large arrays that a full collection has to clear.
   */
  private PageEncoder encoder(SegmentId id, ZstdEffort effort) {
    PageEncoder known = idle.getAndSet(null);
    if (known == null) {
      return new PageEncoder(zstd, effort, id.value());
    }
    known.restart(effort);
    return known;
  }

  private List<PageEntry> writePages(
      PageSource source, long utcDay, PageEncoder encoder, ObjectWriter object, ByteWriter out)
      throws IOException {
    List<PageEntry> pages = new ArrayList<>();
    for (PageSource.Next next = source.next(); next != null; next = source.next()) {
      if (pages.size() == SegmentLayout.PAGES_MAX) {
        throw new SkaldException(
            ErrorKind.LIMIT, "too many pages for a segment, max %d", SegmentLayout.PAGES_MAX);
      }
      PageCut.Range range = new PageCut.Range(next.from(), next.to(), next.lineBytes());
      PageEntry page =
          encoder.encode(source.rows(), range, next.streamFirst(), out, object.positionBytes());
      requireSame("day", utcDay, utcDay(page.minEpochNanos()));
      requireSame("day", utcDay, utcDay(page.maxEpochNanos()));
      pages.add(page);
      drain(out, object);
    }
    if (pages.isEmpty()) {
      throw new IllegalArgumentException("a segment without rows");
    }
    return pages;
  }

  private static void drain(ByteWriter out, ObjectWriter object) throws IOException {
    object.write(out.view());
    out.clear();
  }

  /** An invariant of ours: nothing is made visible that breaks it. */
  private static void requireSame(String what, long expected, long actual) {
    if (expected != actual) {
      throw new IllegalStateException(
          "segment refused, %s: expected %d, was %d".formatted(what, expected, actual));
    }
  }
}
