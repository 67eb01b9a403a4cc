package dev.skald.storage.compact;

import dev.skald.model.Labels;
import dev.skald.storage.segment.OrderedRows;
import dev.skald.storage.segment.PageSource;
import dev.skald.storage.segment.SegmentLimits;
import dev.skald.storage.segment.SegmentReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Segments of one tenant and day as one: streams in order, within a stream by time, at one time in
 * order of arrival, equal rows once. Holds one page of each segment and one of its own.
 *
 * <p>Streams are merged first: the cursors that stand at the smallest labels take part. Among them
 * the smallest time is next, and of the cursors that have it the first to have arrived. Rows can be
 * equal only where two cursors have the same stream and time; there, and only there, contents are
 * hashed.
 */
final class MergedPages implements PageSource {
  private final SegmentLimits limits;
  private final Pace pace;
  private final MergeCursor[] cursors;
  private final MergeBuffer buffer = new MergeBuffer();
  private final SameEntries sameEntries;

  private final List<Labels> streams = new ArrayList<>();

  /** Cursors that stand at the current stream, in order of arrival; the first {@link #activeCount}. */
  private final MergeCursor[] active;

  private int activeCount;

  /** Rows of {@link #groupTime} are being added; from the cursor {@link #groupAt} on. */
  private boolean inGroup;

  private long groupTime;
  private int groupAt;

  /** More than one cursor has rows of this time, so some may be equal. */
  private boolean isDoubtful;

  private int delivered;
  private boolean started;

  /**
   * @param readers in order of arrival; one tenant and day; borrowed until the last page
   */
  MergedPages(
      List<SegmentReader> readers,
      RowRemoval removal,
      SegmentLimits limits,
      Pace pace,
      SameEntries sameEntries) {
    this.limits = limits;
    this.pace = pace;
    this.sameEntries = sameEntries;
    this.cursors =
        readers.stream()
            .map(reader -> new MergeCursor(reader, removal))
            .toArray(MergeCursor[]::new);
    this.active = new MergeCursor[cursors.length];
  }

  @Override
  public OrderedRows rows() {
    return buffer;
  }

  @Override
  public List<Labels> streams() {
    return streams;
  }

  @Override
  public long duplicateCount() {
    return sameEntries.dropped();
  }

  @Override
  public @Nullable Next next() {
    buffer.drop(delivered);
    delivered = 0;
    pace.step();
    start();
    while (true) {
      int end = pageEnd();
      if (end > 0) {
        return deliver(end);
      }
      if (activeCount == 0 && !beginStream()) {
        return buffer.rowCount() == 0 ? null : deliver(buffer.rowCount());
      }
      if (activeCount > 0) {
        addRow();
      }
    }
  }

  private void start() {
    if (!started) {
      started = true;
      for (MergeCursor cursor : cursors) {
        cursor.advance();
      }
    }
  }

  private Next deliver(int end) {
    delivered = end;
    int stream = buffer.streamFirst();
    while (buffer.start(stream + 1) <= 0) {
      stream++;
    }
    return new Next(0, end, buffer.lineBytes(0, end), stream);
  }

  /**
   * One more than the last row of a page that is complete, or 0. A stream of half a page or more
   * has pages of its own; smaller ones share.
   */
  private int pageEnd() {
    int rows = buffer.rowCount();
    if (rows == 0) {
      return 0;
    }
    int half = Math.max(1, limits.pageLineBytesTarget() / 2);
    int newest = buffer.newestStreamStart();
    if (newest > 0 && newest < rows && buffer.lineBytes(newest, rows) >= half) {
      return newest;
    }
    boolean isFull = buffer.lineBytes() >= limits.pageLineBytesTarget(rows, buffer.lineBytes());
    boolean hasEnough = activeCount == 0 && buffer.lineBytes() >= half;
    return isFull || hasEnough || rows >= limits.pageRowsMax() ? rows : 0;
  }

  /** Finds the next stream and who has it; false if all rows are taken. */
  private boolean beginStream() {
    MergeCursor first = null;
    for (MergeCursor cursor : cursors) {
      if (!cursor.isAtEnd()) {
        int order = first == null ? -1 : cursor.stream().compareTo(first.stream());
        if (order < 0) {
          first = cursor;
          activeCount = 0;
        }
        if (order <= 0) {
          active[activeCount++] = cursor;
        }
      }
    }
    if (first == null) {
      return false;
    }
    inGroup = false;
    streams.add(first.stream());
    buffer.beginStream();
    return true;
  }

  /** Adds the next row of the stream, or leaves it out; or ends the group or the stream. */
  private void addRow() {
    if (!inGroup) {
      beginGroup();
    }
    while (groupAt < activeCount && active[groupAt].time() != groupTime) {
      groupAt++;
    }
    if (groupAt == activeCount) {
      inGroup = false;
      return;
    }
    MergeCursor cursor = active[groupAt];
    if (!isDoubtful || sameEntries.isNew(cursor)) {
      buffer.add(cursor);
    }
    Labels stream = cursor.stream();
    boolean stays = cursor.advance();
    if (!stays || (cursor.isOrdinalNew() && !cursor.stream().equals(stream))) {
      activeCount--;
      System.arraycopy(active, groupAt + 1, active, groupAt, activeCount - groupAt);
    }
  }

  private void beginGroup() {
    long time = active[0].time();
    int holders = 1;
    for (int i = 1; i < activeCount; i++) {
      long other = active[i].time();
      if (other < time) {
        time = other;
        holders = 1;
      } else if (other == time) {
        holders++;
      }
    }
    inGroup = true;
    groupTime = time;
    groupAt = 0;
    isDoubtful = holders > 1;
    if (isDoubtful) {
      sameEntries.begin();
    }
  }
}
