package dev.skald.model;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Rows in columns. Each is read and decoded when it is first asked for, so that each method here may
 * throw {@link dev.skald.error.SkaldException} CORRUPT; after {@link #readColumns} only those do that
 * are about lines. The arrays are borrowed: they belong to the page, are valid as long as the {@link PageRows} they came
 * with is in use, may be longer than {@link #rowCount}, and must not be changed.
 *
 * <p>Rows of one stream that have the same timestamp stand in order of arrival. A page of a segment is sorted by
 * (stream, time); a page of the head is in order of arrival.
 */
public interface Page {
  int rowCount();

  /** Per row: nanoseconds since the epoch. */
  long[] timestampsEpochNanos();

  /** Per row: which of this page's streams, 0 to {@link #streamCount} - 1. */
  int[] streamOrdinals();

  int streamCount();

  /** Whether rows are sorted by (stream, time). */
  default boolean isSorted() {
    return false;
  }

  /** Where the rows end, exclusive, that follow a row and are of its stream; of a sorted page. */
  default int streamEnd(int row) {
    int[] ordinals = streamOrdinals();
    int end = row + 1;
    while (end < rowCount() && ordinals[end] == ordinals[row]) {
      end++;
    }
    return end;
  }

  /** The labels of a stream of this page. Equal streams of different pages give equal labels. */
  Labels stream(int ordinal);

  /** Streams that this page's are some of. */
  default StreamSpace streamSpace() {
    return StreamSpace.of(this);
  }

  /** The number of a stream of this page in {@link #streamSpace}. */
  default int streamNumber(int ordinal) {
    return ordinal;
  }

  /** Numbers of this page's streams are below this. */
  default int streamNumbersEnd() {
    return streamCount();
  }

  /** Per row: which of this page's sets of structured metadata; 0 is always the empty set. */
  int[] metadataOrdinals();

  int metadataCount();

  Labels metadata(int ordinal);

  /**
   * Reads times, streams and metadata now.
   *
   * @throws dev.skald.error.SkaldException CORRUPT if their bytes do not check
   */
  default void readColumns() {
    timestampsEpochNanos();
    streamOrdinals();
    metadataOrdinals();
  }

  /** Which streams of this page have a row among {@code rows}. */
  default BitSet streamsOf(Selection rows) {
    BitSet streams = new BitSet(streamCount());
    int[] counts = rows.tally(streamOrdinals(), streamCount());
    for (int stream = 0; stream < counts.length; stream++) {
      if (counts[stream] > 0) {
        streams.set(stream);
      }
    }
    return streams;
  }

  /** Characters of names and values of the structured metadata of {@code rows}. */
  default long metadataChars(Selection rows) {
    return PageVolume.metadataChars(this, rows);
  }

  /**
   * The lines; read and decoded at the first call.
   *
   * @throws dev.skald.error.SkaldException CORRUPT if their bytes do not check
   */
  Lines lines();

  /**
   * As {@link #lines}, for reading these rows only: {@code rows[0 .. count)}, ascending. What it says of other rows is
   * meaningless. Cheaper than all lines where they have to be rebuilt.
   */
  default Lines lines(int[] rows, int count) {
    return lines();
  }

  /** The lines taken apart, if they are stored so; null if not. Read at the first call. */
  default @Nullable ShapedLines shaped() {
    return null;
  }

  /**
   * Per stream of this page, bytes of the lines and of the structured metadata of all its rows on this page,
   * {@code detected_level} left out. An estimate where counting would mean decoding many lines.
   */
  default long[] streamBytes() {
    return PageVolume.countedOnLines(this);
  }

  /** The part of {@link #streamBytes} that is structured metadata, counted. */
  static long[] metadataBytes(Page page) {
    return PageVolume.metadataBytes(page);
  }
}
