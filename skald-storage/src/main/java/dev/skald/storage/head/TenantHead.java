package dev.skald.storage.head;

import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.Lines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's rows of one generation, in pages in order of arrival; no two rows are equal. One
 * thread appends; any thread may look at what is published.
 */
public final class TenantHead {
  private static final int STREAM_BYTES = 200;

  private final long generation;
  private final TenantStreams table;
  private final PagePool pool;
  private final long seed;

  // The writer thread's own.
  private long memoryBytes;
  private long lineBytes;
  private long maxEpochNanos = Long.MIN_VALUE;
  private @Nullable RowIndex index;

  // Each published by a volatile write after what it counts.
  private Labels[] streams = new Labels[4];
  private volatile int streamCount;
  private volatile HeadPage[] pages = {};
  private volatile long rowCount;
  private volatile long duplicateCount;

  TenantHead(long generation, TenantStreams table, PagePool pool, long seed) {
    this.generation = generation;
    this.table = table;
    this.pool = pool;
    this.seed = seed;
  }

  /**
   * Appends rows {@code from} (inclusive) to {@code to} (exclusive), those left out that are here
   * already.
   *
   * @return the rows that were left out; null: none
   */
  @Nullable BitSet append(EntryBatch batch, int from, int to) {
    HeadStream[] streamOf = new HeadStream[batch.streamCount()];
    Lines lines = batch.lines();
    byte[] bytes = lines.bytes();
    long[] timestamps = batch.timestampsEpochNanos();
    int[] streamOrdinals = batch.streamOrdinals();
    int[] metadataOrdinals = batch.metadataOrdinals();
    BitSet duplicates = null;
    for (int row = from; row < to; row++) {
      HeadStream stream = streamOf[streamOrdinals[row]];
      if (stream == null) {
        stream = enter(batch.stream(streamOrdinals[row]));
        streamOf[streamOrdinals[row]] = stream;
      }
      Labels metadata = batch.metadata(metadataOrdinals[row]);
      if (!add(stream, timestamps[row], bytes, lines.start(row), lines.end(row), metadata)) {
        duplicates = duplicates == null ? new BitSet() : duplicates;
        duplicates.set(row);
      }
    }
    int leftOut = duplicates == null ? 0 : duplicates.cardinality();
    publish((long) to - from - leftOut, leftOut);
    return duplicates;
  }

  private HeadStream enter(Labels labels) {
    HeadStream stream = table.get(labels);
    if (stream.generation != generation) {
      int id = streamCount;
      stream.enter(generation, id);
      if (id == streams.length) {
        streams = Arrays.copyOf(streams, id * 2);
      }
      streams[id] = stream.labels;
      streamCount = id + 1;
      memoryBytes += STREAM_BYTES + HeadPage.memoryBytes(labels);
    }
    return stream;
  }

  private boolean add(
      HeadStream stream, long timestamp, byte[] bytes, int start, int end, Labels metadata) {
    int hash = 0;
    if (timestamp <= stream.maxEpochNanos || index != null) {
      RowIndex rows = index();
      hash = rows.hash(stream.id, timestamp, bytes, start, end);
      if (timestamp <= stream.maxEpochNanos
          && rows.contains(
              hash, row -> isRow(row, stream.id, timestamp, bytes, start, end, metadata))) {
        return false;
      }
    }
    int pageNumber = pageWithRoom(end - start);
    HeadPage page = pages[pageNumber];
    if (stream.page != pageNumber) {
      stream.page = pageNumber;
      stream.pageOrdinal = page.addStream(stream.id, stream.labels);
    }
    if (index != null) {
      index.add(hash, rowNumber(pageNumber, page.rowCount()));
    }
    page.add(stream.pageOrdinal, timestamp, bytes, start, end, metadata);
    if (timestamp <= stream.storedMaxEpochNanos) {
      page.doubt(timestamp);
    }
    stream.maxEpochNanos = Math.max(stream.maxEpochNanos, timestamp);
    maxEpochNanos = Math.max(maxEpochNanos, timestamp);
    lineBytes += end - start;
    return true;
  }

  /** The last page, or a new one if that is full. */
  private int pageWithRoom(int length) {
    HeadPage[] before = pages;
    int last = before.length - 1;
    if (last >= 0) {
      if (before[last].hasRoom(length)) {
        return last;
      }
      before[last].publish();
    }
    long rows = rowCount + 1;
    PageBuffers.Size size = PageBuffers.Size.next(before.length, lineBytes / rows);
    if (size.lineBytes() < length) {
      size = PageBuffers.Size.ofOneLine(length);
    }
    HeadPage[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = new HeadPage(pool.take(size));
    memoryBytes += size.memoryBytes();
    pages = after;
    return before.length;
  }

  private void publish(long added, long duplicates) {
    if (pages.length > 0) {
      pages[pages.length - 1].publish();
    }
    long rows = rowCount + added;
    rowCount = rows;
    if (duplicates > 0) {
      long all = duplicateCount + duplicates;
      duplicateCount = all;
    }
  }

  private static int rowNumber(int page, int row) {
    return page * PageBuffers.Size.ROWS_MAX + row;
  }

  private boolean isRow(
      int rowNumber,
      int streamId,
      long timestamp,
      byte[] bytes,
      int start,
      int end,
      Labels metadata) {
    return pages[rowNumber / PageBuffers.Size.ROWS_MAX].isRow(
        rowNumber % PageBuffers.Size.ROWS_MAX, streamId, timestamp, bytes, start, end, metadata);
  }

  private RowIndex index() {
    if (index == null) {
      RowIndex made = new RowIndex(seed);
      for (int p = 0; p < pages.length; p++) {
        HeadPage page = pages[p];
        PageBuffers buffers = page.buffers();
        for (int row = 0; row < page.rowCount(); row++) {
          int hash =
              made.hash(
                  page.streamId(row),
                  buffers.timestamps[row],
                  buffers.lineBytes,
                  buffers.offsets[row],
                  buffers.offsets[row + 1]);
          made.add(hash, rowNumber(p, row));
        }
      }
      index = made;
    }
    return index;
  }

  /** The pages as they are now, in order of arrival. */
  public List<HeadPageView> pages() {
    HeadPage[] now = pages;
    List<HeadPageView> views = new ArrayList<>(now.length);
    for (HeadPage page : now) {
      views.add(page.view());
    }
    return views;
  }

  /** Streams that have rows, and perhaps one more whose first row is on its way. */
  public int streamCount() {
    return streamCount;
  }

  /**
   * Streams 0 to {@link #streamCount} - 1, in order of first appearance; only below a count that
   * was read before.
   */
  public Labels stream(int id) {
    return streams[id];
  }

  public long rowCount() {
    return rowCount;
  }

  /** Rows that were appended and left out, because they were here already. */
  public long duplicateCount() {
    return duplicateCount;
  }

  /** Newest row; for the writer thread. */
  long maxEpochNanos() {
    return maxEpochNanos;
  }

  /** Heap held; for the writer thread. */
  long memoryBytes() {
    long bytes = memoryBytes + (index == null ? 0 : index.memoryBytes());
    for (HeadPage page : pages) {
      bytes += page.metadataMemoryBytes();
    }
    return bytes;
  }

  /** Gives the buffers back; nobody looks at this any more. */
  void recycle() {
    for (HeadPage page : pages) {
      pool.give(page.buffers());
    }
    pages = new HeadPage[0];
  }
}
