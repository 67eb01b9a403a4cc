package dev.skald.storage.head;

import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A page being filled. The writer thread adds rows and publishes them; readers take a {@link
 * HeadPageView} of what was published, without a lock: a row never changes once it is published,
 * and everything it needs was written before.
 */
final class HeadPage {
  /** Counts fit 21 bits each, so that one volatile write publishes all three. */
  private static final int COUNT_BITS = 21;

  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
  private static final int STREAM_BYTES = 4;
  private static final int METADATA_BYTES = 120;
  private static final int LABEL_BYTES = 80;

  private final PageBuffers buffers;

  // Written by the writer thread; readers see them through `published`.
  private int rowCount;
  private int streamCount;
  private int[] streamIds = new int[4];
  private int metadataCount = 1;
  private Labels[] metadata = {Labels.EMPTY};

  // The writer thread's own.
  private final Map<Labels, Integer> metadataOrdinals = new HashMap<>();
  private long metadataMemoryBytes;
  private long minEpochNanos = Long.MAX_VALUE;
  private long maxEpochNanos = Long.MIN_VALUE;
  private long doubtMinEpochNanos = Long.MAX_VALUE;
  private long doubtMaxEpochNanos = Long.MIN_VALUE;

  private volatile TimeRange times = TimeRange.EMPTY;
  private volatile TimeRange doubtful = TimeRange.EMPTY;
  private volatile long published = 1; // no row, no stream, the empty set of metadata

  HeadPage(PageBuffers buffers) {
    this.buffers = buffers;
  }

  PageBuffers buffers() {
    return buffers;
  }

  boolean hasRoom(int lineBytes) {
    return rowCount < buffers.size.rows()
        && lineBytes <= buffers.size.lineBytes() - buffers.offsets[rowCount];
  }

  /** The ordinal of a stream that this page does not know yet. */
  int addStream(int streamId) {
    if (streamCount == streamIds.length) {
      streamIds = Arrays.copyOf(streamIds, streamCount * 2);
    }
    streamIds[streamCount] = streamId;
    return streamCount++;
  }

  /** The ordinal of a set of metadata on this page; added if it is new. */
  int metadataOrdinal(Labels labels) {
    if (labels.isEmpty()) {
      return 0;
    }
    Integer known = metadataOrdinals.putIfAbsent(labels, metadataCount);
    if (known != null) {
      return known;
    }
    if (metadataCount == metadata.length) {
      metadata = Arrays.copyOf(metadata, metadataCount * 2);
    }
    metadata[metadataCount] = labels;
    metadataMemoryBytes += METADATA_BYTES + memoryBytes(labels);
    return metadataCount++;
  }

  /** What a set of metadata holds on the heap, roughly. */
  private static long memoryBytes(Labels labels) {
    long bytes = 0;
    for (Label label : labels.sorted()) {
      bytes += LABEL_BYTES + label.name().length() + label.value().length();
    }
    return bytes;
  }

  /** Heap that this page's streams and metadata hold besides the buffers. */
  long memoryBytes() {
    return metadataMemoryBytes + (long) streamIds.length * STREAM_BYTES;
  }

  /** Adds a row; it must fit. Not visible before {@link #publish}. */
  void add(
      int streamOrdinal, long timestamp, byte[] source, int start, int end, int metadataOrdinal) {
    int at = buffers.offsets[rowCount];
    System.arraycopy(source, start, buffers.lineBytes, at, end - start);
    buffers.offsets[rowCount + 1] = at + end - start;
    buffers.timestamps[rowCount] = timestamp;
    buffers.streams[rowCount] = streamOrdinal;
    buffers.metadata[rowCount] = metadataOrdinal;
    minEpochNanos = Math.min(minEpochNanos, timestamp);
    maxEpochNanos = Math.max(maxEpochNanos, timestamp);
    rowCount++;
  }

  /** Says that the entry just added may be stored already, in an older generation or a segment. */
  void doubt(long timestamp) {
    doubtMinEpochNanos = Math.min(doubtMinEpochNanos, timestamp);
    doubtMaxEpochNanos = Math.max(doubtMaxEpochNanos, timestamp);
  }

  /** Makes all rows visible. */
  void publish() {
    times = times.updated(minEpochNanos, maxEpochNanos);
    doubtful = doubtful.updated(doubtMinEpochNanos, doubtMaxEpochNanos);
    published =
        ((long) rowCount << (2 * COUNT_BITS)) | ((long) streamCount << COUNT_BITS) | metadataCount;
  }

  int rowCount() {
    return rowCount;
  }

  /** Whether a row, published or not, is this entry. For the writer thread. */
  boolean isRow(
      int row,
      int streamId,
      long timestamp,
      byte[] source,
      int start,
      int end,
      Labels metadataSet) {
    return buffers.timestamps[row] == timestamp
        && streamIds[buffers.streams[row]] == streamId
        && Arrays.equals(
            buffers.lineBytes, buffers.offsets[row], buffers.offsets[row + 1], source, start, end)
        && metadata[buffers.metadata[row]].equals(metadataSet);
  }

  int streamId(int row) {
    return streamIds[buffers.streams[row]];
  }

  /** What is visible now, of a page of {@code head}. */
  HeadPageView view(TenantHead head) {
    long counts = published; // first: what it counts was written before
    return new HeadPageView(
        head,
        buffers,
        (int) (counts >>> (2 * COUNT_BITS)),
        (int) ((counts >>> COUNT_BITS) & COUNT_MASK),
        streamIds,
        (int) (counts & COUNT_MASK),
        metadata,
        times,
        doubtful);
  }
}
