package dev.skald.storage;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Labels;
import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.Selection;
import dev.skald.storage.head.TimeRange;
import dev.skald.storage.index.StreamSet;
import dev.skald.storage.manifest.LiveSegment;
import dev.skald.storage.segment.SegmentReader;
import dev.skald.storage.segment.SegmentSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A live segment with its reader, and what is known of its rows that older segments hold too. Safe
 * for concurrent use; closed by {@link Versions} when no version that has it is in use.
 */
final class OpenSegment implements OlderRows {
  private static final int[] NO_ROWS = {};

  private final LiveSegment live;
  private final SegmentReader reader;
  private final TimeRange times;
  private final TimeRange doubtful;

  /**
   * Per page its rows that older segments hold; found once, when first asked for: segments do not
   * change.
   */
  private final AtomicReferenceArray<int[]> duplicates;

  /** What is to happen when nobody reads it any more, besides closing it. */
  private volatile Runnable afterLastUse = () -> {};

  /**
   * @param doubtful times between which rows may be equal to older ones; all of its times if nobody
   *     knows
   */
  OpenSegment(LiveSegment live, SegmentReader reader, TimeRange doubtful) {
    this.live = live;
    this.reader = reader;
    this.times = new TimeRange(live.summary().minEpochNanos(), live.summary().maxEpochNanos());
    this.doubtful = doubtful;
    this.duplicates = new AtomicReferenceArray<>(live.summary().pageCount());
  }

  static TimeRange times(SegmentSummary summary) {
    return new TimeRange(summary.minEpochNanos(), summary.maxEpochNanos());
  }

  /** Times between which rows may be equal to rows of older segments. */
  TimeRange doubtful() {
    return doubtful;
  }

  /** It is no longer part of the store: what is to happen when the last reader has left. */
  void retire(Runnable cleanUp) {
    afterLastUse = cleanUp;
  }

  /** Called once, when no version that has it is in use. */
  void close() {
    reader.close();
    afterLastUse.run();
  }

  LiveSegment live() {
    return live;
  }

  SegmentReader reader() {
    return reader;
  }

  TimeRange times() {
    return times;
  }

  /** Those of {@code older} that may hold rows equal to rows of this one; mostly none. */
  List<OpenSegment> suspects(List<OpenSegment> older) {
    if (doubtful.isEmpty()) {
      return List.of();
    }
    List<OpenSegment> suspects = new ArrayList<>();
    for (OpenSegment segment : older) {
      if (segment.times.intersects(doubtful)) {
        suspects.add(segment);
      }
    }
    return suspects;
  }

  /**
   * Leaves out rows that older segments hold.
   *
   * @param ref one of this segment's pages
   * @param older {@link #suspects} of the segments that were there before
   */
  PageRef withoutDuplicates(PageRef ref, List<OpenSegment> older) {
    int page = (int) (ref.order() - live.order());
    TimeRange inDoubt =
        new TimeRange(ref.minEpochNanos(), ref.maxEpochNanos()).intersection(doubtful);
    if (duplicates.get(page) == null
        && older.stream().noneMatch(segment -> segment.times.intersects(inDoubt))) {
      return ref;
    }
    return new DistinctPageRef(
        ref,
        read -> {
          int[] found = duplicates.get(page);
          if (found == null) {
            found = find(read, older);
            duplicates.set(page, found);
          }
          return found;
        });
  }

  private int[] find(Page page, List<OpenSegment> older) {
    long[] timestamps = page.timestampsEpochNanos();
    Selection candidates = Selection.all(page.rowCount());
    candidates.keep(row -> isInDoubt(timestamps[row], older));
    if (candidates.isEmpty()) {
      return NO_ROWS;
    }
    DuplicateSearch search = new DuplicateSearch(page, candidates);
    older.forEach(segment -> segment.showTo(search));
    return search.duplicateRows();
  }

  private boolean isInDoubt(long time, List<OpenSegment> older) {
    if (doubtful.contains(time)) {
      for (OpenSegment segment : older) {
        if (segment.times.contains(time)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void showTo(DuplicateSearch search) {
    TimeRange common = times.intersection(search.times());
    if (common.isEmpty()) {
      return;
    }
    StreamSet streams = streams(search);
    if (streams.isEmpty()) {
      return;
    }
    for (PageRef ref : reader.pages(streams, common.asSpan(), live.order())) {
      PageRows rows;
      try {
        rows = ref.read();
        rows.page().readColumns();
      } catch (SkaldException e) {
        if (e.kind() != ErrorKind.CORRUPT) {
          throw e;
        }
        continue; // what cannot be read is not served, so the copy is
      }
      search.compareWith(rows);
    }
  }

  private StreamSet streams(DuplicateSearch search) {
    StreamSet all = StreamSet.all(live.summary().streamCount());
    StreamSet.Builder found = new StreamSet.Builder();
    for (Labels labels : search.streams()) {
      int stream = find(labels);
      if (stream >= 0) {
        found.addRange(all, stream, stream);
      }
    }
    return found.build();
  }

  /** Streams are in the order of their labels. */
  private int find(Labels labels) {
    int low = 0;
    int high = live.summary().streamCount() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = reader.labels(middle).compareTo(labels);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    return live.summary().id().toString();
  }
}
