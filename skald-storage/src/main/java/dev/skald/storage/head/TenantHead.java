package dev.skald.storage.head;

import dev.skald.model.EntryBatch;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.StreamSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's rows of one generation, in pages in order of arrival; no two rows are equal. One
 * thread appends; any thread may look at what is published.
 */
public final class TenantHead implements StreamSpace {
  /** Heap of a stream that is in the generation before too: {@link #streams}. */
  private static final int KNOWN_STREAM_BYTES = 8;

  /** And of one that is not, besides its labels. */
  private static final int NEW_STREAM_BYTES = 120;

  /** Of a label of a stream besides its value; names, and most labels, are those of others too. */
  private static final int LABEL_BYTES = 32;

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
    BatchMetadata metadata = new BatchMetadata(batch);
    Lines lines = batch.lines();
    byte[] bytes = lines.bytes();
    long[] timestamps = batch.timestampsEpochNanos();
    int[] streamOrdinals = batch.streamOrdinals();
    BitSet duplicates = null;
    for (int row = from; row < to; row++) {
      HeadStream stream = streamOf[streamOrdinals[row]];
      if (stream == null) {
        stream = enter(batch.stream(streamOrdinals[row]));
        streamOf[streamOrdinals[row]] = stream;
      }
      if (!add(stream, timestamps[row], bytes, lines.start(row), lines.end(row), metadata, row)) {
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
      memoryBytes += stream.isNew() ? newStreamBytes(labels) : KNOWN_STREAM_BYTES;
    }
    return stream;
  }

  /** Counted in the generation that the stream comes with, though it may outlive that. */
  private static long newStreamBytes(Labels labels) {
    long bytes = NEW_STREAM_BYTES;
    for (Label label : labels.sorted()) {
      bytes += LABEL_BYTES + label.value().length();
    }
    return bytes;
  }

  /** What a batch's sets of metadata are on the page that is being filled. */
  private static final class BatchMetadata {
    private final EntryBatch batch;
    private final int[] ordinals;
    private @Nullable HeadPage page;

    BatchMetadata(EntryBatch batch) {
      this.batch = batch;
      this.ordinals = new int[batch.metadataCount()];
    }

    Labels of(int row) {
      return batch.metadata(batch.metadataOrdinals()[row]);
    }

    @SuppressWarnings("ReferenceEquality") // a page is itself alone
    int ordinal(int row, HeadPage onPage) {
      if (page != onPage) {
        page = onPage;
        Arrays.fill(ordinals, -1);
      }
      int set = batch.metadataOrdinals()[row];
      if (ordinals[set] < 0) {
        ordinals[set] = onPage.metadataOrdinal(batch.metadata(set));
      }
      return ordinals[set];
    }
  }

  private boolean add(
      HeadStream stream,
      long timestamp,
      byte[] bytes,
      int start,
      int end,
      BatchMetadata metadata,
      int batchRow) {
    int hash = 0;
    if (timestamp <= stream.maxEpochNanos || index != null) {
      RowIndex rows = index();
      hash = rows.hash(stream.id, timestamp, bytes, start, end);
      if (timestamp <= stream.maxEpochNanos
          && rows.contains(
              hash,
              row -> isRow(row, stream.id, timestamp, bytes, start, end, metadata.of(batchRow)))) {
        return false;
      }
    }
    int pageNumber = pageWithRoom(end - start);
    HeadPage page = pages[pageNumber];
    if (stream.page != pageNumber) {
      stream.page = pageNumber;
      stream.pageOrdinal = page.addStream(stream.id);
    }
    if (index != null) {
      index.add(hash, rowNumber(pageNumber, page.rowCount()));
    }
    int metadataOrdinal = metadata.ordinal(batchRow, page);
    page.add(stream.pageOrdinal, timestamp, bytes, start, end, metadataOrdinal);
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
      views.add(page.view(this));
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
  @Override
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
      bytes += page.memoryBytes();
    }
    return bytes;
  }

  /** No row comes any more: what was needed to find equal ones goes before the flush needs memory. */
  void end() {
    index = null;
  }

  /** Gives the buffers back; nobody looks at this any more. */
  void recycle() {
    for (HeadPage page : pages) {
      pool.give(page.buffers());
    }
    pages = new HeadPage[0];
  }
}
