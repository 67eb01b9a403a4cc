package dev.skald.storage.head;

import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.Page;
import dev.skald.model.StreamSpace;

/**
 * The rows of a head page that were visible at one moment. Valid as long as the page's generation
 * is pinned.
 */
public final class HeadPageView implements Page {
  private final PageBuffers buffers;
  private final int rowCount;
  private final int streamCount;
  private final int[] streamIds;
  private final int metadataCount;
  private final Labels[] metadata;
  private final TimeRange times;
  private final TimeRange doubtful;
  private final TenantHead head;

  HeadPageView(
      TenantHead head,
      PageBuffers buffers,
      int rowCount,
      int streamCount,
      int[] streamIds,
      int metadataCount,
      Labels[] metadata,
      TimeRange times,
      TimeRange doubtful) {
    this.head = head;
    this.buffers = buffers;
    this.rowCount = rowCount;
    this.streamCount = streamCount;
    this.streamIds = streamIds;
    this.metadataCount = metadataCount;
    this.metadata = metadata;
    this.times = times;
    this.doubtful = doubtful;
  }

  /** Of all rows; may be wider by rows that became visible since. */
  public TimeRange times() {
    return times;
  }

  /**
   * Times between which a row may be equal to one of an older generation or of a segment; rows
   * outside cannot be.
   */
  public TimeRange doubtful() {
    return doubtful;
  }

  /** Which of {@link TenantHead}'s streams a stream of this page is. */
  public int streamId(int ordinal) {
    return streamIds[ordinal];
  }

  @Override
  public StreamSpace streamSpace() {
    return head;
  }

  @Override
  public int streamNumber(int ordinal) {
    return streamIds[ordinal];
  }

  @Override
  public int streamNumbersEnd() {
    return head.streamCount();
  }

  /** Bytes of the visible lines. */
  public long lineBytes() {
    return buffers.offsets[rowCount];
  }

  @Override
  public int rowCount() {
    return rowCount;
  }

  @Override
  public long[] timestampsEpochNanos() {
    return buffers.timestamps;
  }

  @Override
  public int[] streamOrdinals() {
    return buffers.streams;
  }

  @Override
  public int streamCount() {
    return streamCount;
  }

  @Override
  public Labels stream(int ordinal) {
    return head.stream(streamIds[ordinal]);
  }

  @Override
  public int[] metadataOrdinals() {
    return buffers.metadata;
  }

  @Override
  public int metadataCount() {
    return metadataCount;
  }

  @Override
  public Labels metadata(int ordinal) {
    return metadata[ordinal];
  }

  @Override
  public Lines lines() {
    return new Lines(buffers.lineBytes, buffers.offsets);
  }
}
