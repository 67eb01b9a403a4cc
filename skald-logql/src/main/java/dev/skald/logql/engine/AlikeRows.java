package dev.skald.logql.engine;

import dev.skald.logql.pipeline.LabelDemand;
import dev.skald.model.Label;
import dev.skald.model.Page;
import dev.skald.model.Selection;
import java.util.Arrays;

/**
 * Sorts the rows of a page into classes of rows that have, as far as anyone looks at them, the same
 * labels of the stream and the same structured metadata. Where stages only filter, rows of a class belong to
 * one series: its labels are made once, for the class's first row, and not for each row. One
 * thread; arrays are reused.
 */
final class AlikeRows {
  private static final int UNKNOWN = -1;

  private static final int[] NO_STREAMS = {};

  private static final int SLOTS_MIN = 256;

  /** Sets of metadata that are all asked about before any row is looked at. */
  private static final int METADATA_ASKED_MAX = 1024;

  private final LabelDemand demand;
  private final AlikeStreams alikeStreams;

  /** Per metadata set, itself if anyone looks at it, else 0, the empty one. */
  private int[] lookedAt = new int[16];

  /** Open addressing: stream and metadata → class plus one. */
  private long[] slotPairs = new long[SLOTS_MIN];

  private int[] slotClasses = new int[SLOTS_MIN];
  private int classCount;
  private boolean isMetadataLookedAt;
  private int[] firstRows = new int[SLOTS_MIN / 2];

  /** Runs of neighbours of one class: where among the selected rows each begins, and the end. */
  private int runCount;

  private int[] runStarts = new int[SLOTS_MIN];
  private int[] runClasses = new int[SLOTS_MIN];

  AlikeRows(LabelDemand demand) {
    this.demand = demand;
    this.alikeStreams = new AlikeStreams(demand);
  }

  /** Classes are numbered by their first rows, which ascend. */
  void sort(Page page, Selection rows) {
    if (lookedAt.length < page.metadataCount()) {
      lookedAt = new int[page.metadataCount() * 2];
    }
    Arrays.fill(lookedAt, 0, page.metadataCount(), UNKNOWN);
    Arrays.fill(slotClasses, 0);
    classCount = 0;
    runCount = 0;
    isMetadataLookedAt = isMetadataLookedAt(page);
    if (isMetadataLookedAt) {
      sortByBoth(page, rows);
    } else {
      sortByStream(page, rows);
    }
    runStarts[runCount] = rows.count();
  }

  /** True if it may be. */
  private boolean isMetadataLookedAt(Page page) {
    if (page.metadataCount() > METADATA_ASKED_MAX) {
      return true;
    }
    boolean any = false;
    for (int ordinal = 0; ordinal < page.metadataCount(); ordinal++) {
      lookedAt[ordinal] = looksAt(page, ordinal) ? ordinal : 0;
      any |= lookedAt[ordinal] != 0;
    }
    return any;
  }

  private void sortByStream(Page page, Selection rows) {
    int count = rows.count();
    int[] firstLike = alikeStreams.firstLike(page);
    if (page.isSorted()) {
      int[] streamOf = firstLike == null ? NO_STREAMS : page.streamOrdinals();
      for (int from = 0; from < count; ) {
        int row = rows.row(from);
        int end = page.streamEnd(row);
        long first = firstLike == null ? row : firstLike[streamOf[row]];
        addRun(from, classOf(first << 32, row));
        from = rows.lowerBound(from, end);
      }
      return;
    }
    int[] selected = rows.rows();
    int[] streams = page.streamOrdinals();
    int i = 0;
    while (i < count) {
      int from = i;
      int stream = streams[selected[i]];
      while (i < count && streams[selected[i]] == stream) {
        i++;
      }
      long first = firstLike == null ? stream : firstLike[stream];
      addRun(from, classOf(first << 32, selected[from]));
    }
  }

  private void sortByBoth(Page page, Selection rows) {
    int count = rows.count();
    int[] selected = rows.rows();
    int[] streams = page.streamOrdinals();
    int[] metadata = page.metadataOrdinals();
    int lastStream = -1;
    int lastMetadata = -1;
    for (int i = 0; i < count; i++) {
      int row = selected[i];
      int ordinal = metadata[row];
      if (lookedAt[ordinal] == UNKNOWN) {
        lookedAt[ordinal] = looksAt(page, ordinal) ? ordinal : 0;
      }
      if (streams[row] != lastStream || lookedAt[ordinal] != lastMetadata) {
        lastStream = streams[row];
        lastMetadata = lookedAt[ordinal];
        addRun(i, classOf((long) lastStream << 32 | lastMetadata, row));
      }
    }
  }

  private void addRun(int start, int runClass) {
    if (runCount + 1 == runStarts.length) {
      runStarts = Arrays.copyOf(runStarts, runCount * 2 + 2);
      runClasses = Arrays.copyOf(runClasses, runCount * 2 + 2);
    }
    runStarts[runCount] = start;
    runClasses[runCount++] = runClass;
  }

  int count() {
    return classCount;
  }

  /** Whether somebody looks at metadata of the page's rows. */
  boolean isMetadataLookedAt() {
    return isMetadataLookedAt;
  }

  /** Per class, its first row. Borrowed, until the next {@link #sort}. */
  int[] firstRows() {
    return firstRows;
  }

  /** How many runs of neighbours of one class there are. */
  int runCount() {
    return runCount;
  }

  /**
   * Where among the selected rows each run begins, and behind the last the count of rows. Borrowed,
   * until the next {@link #sort}.
   */
  int[] runStarts() {
    return runStarts;
  }

  /** Per run, its class. Borrowed, until the next {@link #sort}. */
  int[] runClasses() {
    return runClasses;
  }

  private boolean looksAt(Page page, int ordinal) {
    if (ordinal == 0 || demand.isAll()) {
      return ordinal != 0;
    }
    for (Label label : page.metadata(ordinal).sorted()) {
      String name = label.name();
      // Metadata that has the name of a stream label is called name_extracted; an error shows in
      // every query.
      if (demand.needs(name) || demand.needs(name + "_extracted") || name.startsWith("__error")) {
        return true;
      }
    }
    return false;
  }

  private int classOf(long pair, int row) {
    int mask = slotPairs.length - 1;
    int slot = slot(pair, mask);
    while (slotClasses[slot] != 0) {
      if (slotPairs[slot] == pair) {
        return slotClasses[slot] - 1;
      }
      slot = slot + 1 & mask;
    }
    slotPairs[slot] = pair;
    slotClasses[slot] = classCount + 1;
    firstRows[classCount] = row;
    classCount++;
    if (classCount == firstRows.length) {
      grow();
    }
    return classCount - 1;
  }

  private static int slot(long pair, int mask) {
    long mixed = pair * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32 ^ mixed) & mask;
  }

  private void grow() {
    long[] oldPairs = slotPairs;
    int[] oldClasses = slotClasses;
    int capacity = oldPairs.length * 2;
    slotPairs = new long[capacity];
    slotClasses = new int[capacity];
    firstRows = Arrays.copyOf(firstRows, capacity / 2);
    for (int i = 0; i < oldPairs.length; i++) {
      if (oldClasses[i] != 0) {
        int slot = slot(oldPairs[i], capacity - 1);
        while (slotClasses[slot] != 0) {
          slot = slot + 1 & capacity - 1;
        }
        slotPairs[slot] = oldPairs[i];
        slotClasses[slot] = oldClasses[i];
      }
    }
  }
}
