package dev.skald.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Entries of one tenant in columns, as a push decoder fills it and as the WAL and the head share it: no object per
 * entry. Grows while it is filled by one thread; once handed to the store it must not be changed.
 *
 * <p>A batch is a {@link Page} too: rows in order of arrival, {@code streamOrdinals} in order of first appearance.
 */
public final class EntryBatch implements Page {
  private final List<Labels> streams = new ArrayList<>();
  private final Map<Labels, Integer> streamIndex = new HashMap<>();
  private final List<Labels> metadata = new ArrayList<>(List.of(Labels.EMPTY));
  private final Map<Labels, Integer> metadataIndex = new HashMap<>();
  private int[] metadataChars = new int[4];
  private int rowCount;
  private long[] timestamps;
  private int[] streamOrdinals;
  private int[] metadataOrdinals;
  private int[] offsets;
  private byte[] bytes;
  private long metadataBytes;

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
  }

  /** The ordinal of a stream of this batch, added if it is new. */
  public int stream(Labels labels) {
    Integer known = streamIndex.putIfAbsent(labels, streams.size());
    if (known != null) {
      return known;
    }
    streams.add(labels);
    return streams.size() - 1;
  }

  /** The ordinal of a metadata set of this batch, added if it is new; 0 for the empty set. */
  public int metadataSet(Labels labels) {
    if (labels.isEmpty()) {
      return 0;
    }
    Integer known = metadataIndex.putIfAbsent(labels, metadata.size());
    if (known != null) {
      return known;
    }
    int ordinal = metadata.size();
    metadata.add(labels);
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
      growRows();
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

  private void growRows() {
    int capacity = rowCount * 2;
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
    return streams.size();
  }

  @Override
  public Labels stream(int ordinal) {
    return streams.get(ordinal);
  }

  @Override
  public int[] metadataOrdinals() {
    return metadataOrdinals;
  }

  @Override
  public int metadataCount() {
    return metadata.size();
  }

  @Override
  public Labels metadata(int ordinal) {
    return metadata.get(ordinal);
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
