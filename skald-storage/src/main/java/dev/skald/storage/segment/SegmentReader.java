package dev.skald.storage.segment;

import dev.skald.compress.ZstdContexts;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Labels;
import dev.skald.model.MatcherTest;
import dev.skald.model.PageRef;
import dev.skald.model.QuerySpan;
import dev.skald.storage.index.StreamSet;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * An open segment: its directory and stream table in memory, its pages read when asked. Safe for
 * concurrent use, but closed only when nobody reads: whoever opened it counts its readers.
 */
@SuppressWarnings("DoNotCallSuggester") // the signatures come first, their bodies next
public final class SegmentReader implements AutoCloseable {
  private SegmentReader() {}

  /**
   * Reads and checks header, footer, directory and stream table.
   *
   * @param zstd borrowed; outlives the reader
   * @param listener hears of bad pages, once each
   * @throws SkaldException CORRUPT if they are not what was written; UNSUPPORTED if the format is
   *     newer
   */
  public static SegmentReader open(
      ObjectStore store, SegmentId id, ZstdContexts zstd, SegmentListener listener)
      throws IOException {
    throw new SkaldException(
        ErrorKind.UNSUPPORTED, "segment reading: %s %s %s %s", store, id, zstd, listener);
  }

  public SegmentSummary summary() {
    throw new SkaldException(ErrorKind.UNSUPPORTED, "segment reading");
  }

  /**
   * Streams that satisfy all tests; a missing label counts as the empty string. No tests: all
   * streams.
   */
  public StreamSet streams(List<MatcherTest> tests) {
    throw new SkaldException(ErrorKind.UNSUPPORTED, "segment reading: %s", tests);
  }

  /** Those of {@code streams} that may have rows in the span, judged by the page directory. */
  public StreamSet streamsWithin(StreamSet streams, QuerySpan span) {
    throw new SkaldException(ErrorKind.UNSUPPORTED, "segment reading: %s %s", streams, span);
  }

  /**
   * The labels of a stream, 0 to {@code summary().streamCount()} - 1; streams are in the order of
   * their labels.
   */
  public Labels labels(int stream) {
    throw new SkaldException(ErrorKind.UNSUPPORTED, "segment reading: %d", stream);
  }

  /** Names of labels of these streams, added to {@code names}. */
  public void labelNames(StreamSet streams, Set<String> names) {
    throw new SkaldException(ErrorKind.UNSUPPORTED, "segment reading: %s %s", streams, names);
  }

  /** Values of one label on these streams, added to {@code values}; the empty value is left out. */
  public void labelValues(String name, StreamSet streams, Set<String> values) {
    throw new SkaldException(
        ErrorKind.UNSUPPORTED, "segment reading: %s %s %s", name, streams, values);
  }

  /**
   * The pages that may hold rows of these streams in this span, in order of streams. Reading one
   * selects exactly the rows of these streams in this span; equal rows of other segments are not
   * known here.
   *
   * @param order the place of this segment in order of arrival: page {@code i} answers {@code order
   *     + i}, so leave {@link #PAGES_MAX} between segments
   */
  public List<PageRef> pages(StreamSet streams, QuerySpan span, long order) {
    throw new SkaldException(
        ErrorKind.UNSUPPORTED, "segment reading: %s %s %d", streams, span, order);
  }

  /** Most pages of a segment. */
  public static final int PAGES_MAX = 1 << 20;

  /** Closes the object. Closing twice is harmless. */
  @Override
  public void close() {}
}
