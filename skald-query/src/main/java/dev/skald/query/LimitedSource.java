package dev.skald.query;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.LogSource;
import dev.skald.model.Matcher;
import dev.skald.model.PageRef;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import java.util.List;

/**
 * What one query reads, and no more of it than its limits allow: {@code max_chunks_per_query}, of which ours are pages,
 * {@code cardinality_limit}, and {@code max_querier_bytes_read}. Safe for concurrent use.
 */
final class LimitedSource implements LogSource {
  /** Metadata is weighed too, and a page's directory does not tell of it. */
  private static final int LARGE_PART = 4;

  private final LogSource source;
  private final ReadLimits limits;
  private final Runnable whenLarge;
  private long pages;
  private long bytes;

  /**
   * @param whenLarge weighs the query and refuses it if it must; called once, if its pages are not much less than a
   *     piece may be
   */
  LimitedSource(LogSource source, ReadLimits limits, Runnable whenLarge) {
    this.source = source;
    this.limits = limits;
    this.whenLarge = whenLarge;
  }

  @Override
  public PageScan scan(List<Matcher> matchers, QuerySpan span) {
    PageScan scan = source.scan(matchers, span);
    boolean passes = false;
    try {
      streams(scan.indexedStreamsMax(), limits.streamsMax());
      if (count(scan.pages())) {
        whenLarge.run();
      }
      passes = true;
      return scan;
    } finally {
      if (!passes) {
        scan.close();
      }
    }
  }

  /** Whether there are now so many bytes, for the first time, that a piece may have too many. */
  private synchronized boolean count(List<PageRef> found) {
    pages += found.size();
    if (limits.pagesMax() > 0 && pages > limits.pagesMax()) {
      throw new SkaldException(
          ErrorKind.LIMIT,
          "the query would touch too many pages (pages: %d, limit: %d); consider adding more"
              + " specific stream selectors or reduce the time range of the query",
          pages,
          limits.pagesMax());
    }
    long before = bytes;
    for (PageRef page : found) {
      bytes += page.lineBytes();
    }
    long large = limits.pieceBytesMax() / LARGE_PART;
    return limits.pieceBytesMax() > 0 && before <= large && bytes > large;
  }

  /**
   * @param streamsMax 0: no limit
   * @throws SkaldException LIMIT beyond it
   */
  static void streams(int streams, int streamsMax) {
    if (streamsMax > 0 && streams > streamsMax) {
      throw new SkaldException(
          ErrorKind.LIMIT,
          "the selector finds too many streams (streams: %d, limit: %d); consider adding more"
              + " specific matchers",
          streams,
          streamsMax);
    }
  }
}
