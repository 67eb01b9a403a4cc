package dev.skald.storage.compact;

import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.QuerySpan;
import dev.skald.model.Selection;
import dev.skald.storage.index.StreamSet;
import dev.skald.storage.segment.SegmentReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one segment that stay, in its order, one page in memory at a time. Stands before the
 * first row until {@link #advance} is called.
 */
final class MergeCursor {
  static final QuerySpan ALWAYS = new QuerySpan(Long.MIN_VALUE, Long.MAX_VALUE);

  private final RowRemoval removal;
  private final Deque<PageRef> pages;

  // Of the page in memory.
  private @Nullable Page page;
  private Selection rows = Selection.empty();
  private int at;
  private long[] times = new long[0];
  private int[] streamOrdinals = new int[0];
  private int[] metadataOrdinals = new int[0];
  private @Nullable Lines lines;

  /** The labels of {@link #streamOrdinal}. */
  private Labels stream = Labels.EMPTY;

  private int streamOrdinal = -1;
  private boolean isOrdinalNew;

  MergeCursor(SegmentReader reader, RowRemoval removal) {
    this.removal = removal;
    this.pages = new ArrayDeque<>(pages(reader));
  }

  /** All pages of a segment in its order. */
  static List<PageRef> pages(SegmentReader reader) {
    return reader.pages(StreamSet.all(reader.summary().streamCount()), ALWAYS, 0);
  }

  /** Goes to the next row; false if there is none. */
  boolean advance() {
    at++;
    while (at >= rows.count()) {
      PageRef next = pages.poll();
      if (next == null) {
        page = null;
        lines = null;
        return false;
      }
      open(next);
    }
    int ordinal = streamOrdinals[row()];
    isOrdinalNew = ordinal != streamOrdinal;
    if (isOrdinalNew) {
      streamOrdinal = ordinal;
      stream = page().stream(ordinal);
    }
    return true;
  }

  private void open(PageRef ref) {
    page = null; // one page at a time, also while the next one is read
    lines = null;
    PageRows read = ref.read();
    removal.keepOthers(read.page(), read.rows());
    page = read.page();
    rows = read.rows();
    at = 0;
    times = read.page().timestampsEpochNanos();
    streamOrdinals = read.page().streamOrdinals();
    metadataOrdinals = read.page().metadataOrdinals();
    streamOrdinal = -1;
  }

  private int row() {
    return rows.row(at);
  }

  private Page page() {
    if (page == null) {
      throw new IllegalStateException("beyond the last row");
    }
    return page;
  }

  boolean isAtEnd() {
    return page == null;
  }

  /** Whether the last step may have led to another stream; if not, it is the same. */
  boolean isOrdinalNew() {
    return isOrdinalNew;
  }

  Labels stream() {
    return stream;
  }

  long time() {
    return times[row()];
  }

  Labels metadata() {
    return page().metadata(metadataOrdinals[row()]);
  }

  byte[] lineBytes() {
    return lines().bytes();
  }

  int lineStart() {
    return lines().start(row());
  }

  int lineEnd() {
    return lines().end(row());
  }

  private Lines lines() {
    if (lines == null) {
      lines = page().lines();
    }
    return lines;
  }
}
