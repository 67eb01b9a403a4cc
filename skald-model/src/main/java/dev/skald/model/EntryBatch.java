package dev.skald.model;

import java.util.Arrays;

/**
 * Entries of one tenant in columns, as a push decoder fills it and as the WAL and the head share it: no object per
 * entry. Grows while it is filled by one thread; once handed to the store it must not be changed, until the store has
 * done with it: then it may be filled again, unless somebody keeps it.
 *
 * <p>A batch is a {@link Page} too: rows in order of arrival, {@code streamOrdinals} in order of first appearance.
 */
public final class EntryBatch implements Page {
  private final Ordinals<Labels> streams = new Ordinals<>();
  private final Ordinals<Labels> metadata = new Ordinals<>();
  private int[] metadataChars = new int[4];
  private int rowCount;
  private long[] timestamps;
  private int[] streamOrdinals;
  private int[] metadataOrdinals;
  private int[] offsets;
  private byte[] bytes;
  private long metadataBytes;
  private volatile boolean kept;

  public EntryBatch() {
    this(64, 8192);
  }

  /** With room for so many rows and bytes of lines before anything grows; at least one row. */
  public EntryBatch(int rows, int lineBytes) {
    timestamps = new long[rows];
    streamOrdinals = new int[rows];
    metadataOrdinals = new int[rows];
    offsets = new int[rows + 1];
    bytes = new byte[lineBytes];
    metadata.add(Labels.EMPTY);
  }

  /** Says that it will be looked at after the store has taken it; nobody may fill it again then. */
  public void keep() {
    kept = true;
  }

  public boolean isKept() {
    return kept;
  }

  /**
   * Empties it to be filled again, with so much room before anything grows. Not for one that is kept.
   */
  public void restart(int rows, int lineBytes) {
    if (kept) {
      throw new IllegalStateException("a batch that is kept cannot be filled again");
    }
    streams.clear();
    metadata.clear();
    metadata.add(Labels.EMPTY);
    Arrays.fill(metadataChars, 0);
    metadataBytes = 0;
    rowCount = 0;
    if (rows > timestamps.length) {
      roomForRows(rows);
    }
    if (lineBytes > bytes.length) {
      bytes = new byte[lineBytes];
    }
  }

  /** Room for lines that it has. */
  public int lineBytesMax() {
    return bytes.length;
  }

  /** Room for rows that it has. */
  public int rowsMax() {
    return timestamps.length;
  }

  /** The ordinal of a stream of this batch, added if it is new. */
  public int stream(Labels labels) {
    return streams.add(labels);
  }

  /** The ordinal of a metadata set of this batch, added if it is new; 0 for the empty set. */
  public int metadataSet(Labels labels) {
    int before = metadata.count();
    int ordinal = metadata.add(labels);
    if (ordinal < before) {
      return ordinal;
    }
    if (ordinal == metadataChars.length) {
      metadataChars = Arrays.copyOf(metadataChars, ordinal * 2);
    }
    for (Label label : labels.sorted()) {
      metadataChars[ordinal] += label.name().length() + label.value().length();
    }
    return ordinal;
  }

  /** Appends a row; the line's bytes {@code source[start .. end)} are copied. Ordinals are of this batch. */
  public void add(
      int streamOrdinal,
      long timestampEpochNanos,
      byte[] source,
      int start,
      int end,
      int metadataOrdinal) {
    int lineBytes = end - start;
    if (rowCount == timestamps.length) {
      roomForRows(rowCount * 2);
    }
    int at = offsets[rowCount];
    if (lineBytes > bytes.length - at) {
      bytes =
          Arrays.copyOf(
              bytes,
              (int)
                  Math.min(
                      Integer.MAX_VALUE - 16L, Math.max(bytes.length * 2L, (long) at + lineBytes)));
    }
    System.arraycopy(source, start, bytes, at, lineBytes);
    timestamps[rowCount] = timestampEpochNanos;
    streamOrdinals[rowCount] = streamOrdinal;
    metadataOrdinals[rowCount] = metadataOrdinal;
    metadataBytes += metadataChars[metadataOrdinal];
    rowCount++;
    offsets[rowCount] = at + lineBytes;
  }

  private void roomForRows(int capacity) {
    timestamps = Arrays.copyOf(timestamps, capacity);
    streamOrdinals = Arrays.copyOf(streamOrdinals, capacity);
    metadataOrdinals = Arrays.copyOf(metadataOrdinals, capacity);
    offsets = Arrays.copyOf(offsets, capacity + 1);
  }

  @Override
  public int rowCount() {
    return rowCount;
  }

  @Override
  public long[] timestampsEpochNanos() {
    return timestamps;
  }

  @Override
  public int[] streamOrdinals() {
    return streamOrdinals;
  }

  @Override
  public int streamCount() {
    return streams.count();
  }

  @Override
  public Labels stream(int ordinal) {
    return streams.key(ordinal);
  }

  @Override
  public int[] metadataOrdinals() {
    return metadataOrdinals;
  }

  @Override
  public int metadataCount() {
    return metadata.count();
  }

  @Override
  public Labels metadata(int ordinal) {
    return metadata.key(ordinal);
  }

  @Override
  public Lines lines() {
    return new Lines(bytes, offsets);
  }

  /** Bytes of all lines. */
  public long lineBytes() {
    return offsets[rowCount];
  }

  /** Characters of all rows' metadata names and values. */
  public long metadataBytes() {
    return metadataBytes;
  }
}
