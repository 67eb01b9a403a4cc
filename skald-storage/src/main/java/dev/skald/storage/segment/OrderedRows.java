package dev.skald.storage.segment;

import dev.skald.model.Labels;

/**
 * Rows in the order of a segment: by stream, time and arrival, equal rows once. The head's rows
 * ({@link SortedRows}) and rows merged from segments are such. Row numbers have a meaning until the
 * next page is asked for, see {@link PageSource}. For one thread.
 */
public interface OrderedRows {
  /**
   * First row of a stream, by the segment's ordinal; that of the stream after the last is one more
   * than the last row. Streams before the first row's begin at row 0 or before the page.
   */
  int start(int stream);

  /** Nanoseconds since the epoch. */
  long time(int row);

  int lineLength(int row);

  /** Copies the line to {@code target[at ..]}; returns its length. */
  int copyLine(int row, byte[] target, int at);

  boolean hasMetadata(int row);

  Labels metadata(int row);
}
