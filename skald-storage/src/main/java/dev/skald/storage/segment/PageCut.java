package dev.skald.storage.segment;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which rows share a page. Small streams are put together until the page is full; a stream
 * of half a page or more has pages of its own, of about equal size.
 */
final class PageCut {
  private final SortedRows rows;
  private final SegmentLimits limits;
  private final List<Range> pages = new ArrayList<>();
  private int from;
  private long lineBytes;

  /** Rows {@code from} to {@code to} - 1, with this many bytes of lines. */
  record Range(int from, int to, int lineBytes) {}

  private PageCut(SortedRows rows, SegmentLimits limits) {
    this.rows = rows;
    this.limits = limits;
  }

  static List<Range> cut(SortedRows rows, SegmentLimits limits) {
    PageCut cut = new PageCut(rows, limits);
    for (int stream = 0; stream < rows.streams().size(); stream++) {
      cut.addStream(rows.start(stream), rows.start(stream + 1));
    }
    cut.endPage(rows.rowCount());
    if (cut.pages.size() > SegmentLayout.PAGES_MAX) {
      throw new SkaldException(
          ErrorKind.LIMIT,
          "too many pages for a segment: %d, max %d",
          cut.pages.size(),
          SegmentLayout.PAGES_MAX);
    }
    return cut.pages;
  }

  private void addStream(int start, int end) {
    long streamBytes = 0;
    for (int row = start; row < end; row++) {
      streamBytes += rows.lineLength(row);
    }
    long target = limits.pageLineBytesTarget((long) end - start, streamBytes);
    boolean busy = streamBytes >= target / 2;
    if (busy || lineBytes + streamBytes > target) {
      endPage(start);
    }
    long pageCount = Math.max(1, (streamBytes + target - 1) / target);
    addRows(start, end, busy ? (streamBytes + pageCount - 1) / pageCount : Long.MAX_VALUE);
    if (busy) {
      endPage(end);
    }
  }

  /**
   * @param goal pages end when they reach this many bytes
   */
  private void addRows(int start, int end, long goal) {
    for (int row = start; row < end; row++) {
      int length = rows.lineLength(row);
      if (length > SegmentLayout.PAGE_LINE_BYTES_MAX) {
        throw new SkaldException(
            ErrorKind.LIMIT,
            "line too long to store: bytes=%d max=%d",
            length,
            SegmentLayout.PAGE_LINE_BYTES_MAX);
      }
      if (lineBytes >= goal
          || lineBytes + length > SegmentLayout.PAGE_LINE_BYTES_MAX
          || row - from >= limits.pageRowsMax()) {
        endPage(row);
      }
      lineBytes += length;
    }
  }

  private void endPage(int to) {
    if (to > from) {
      pages.add(new Range(from, to, (int) lineBytes));
    }
    from = to;
    lineBytes = 0;
  }
}
