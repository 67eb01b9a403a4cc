package dev.skald.storage;

import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.Page;
import dev.skald.model.PageRows;
import dev.skald.model.Selection;
import dev.skald.storage.head.TimeRange;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which rows of a page are stored in an older page already. Candidates are put into a table by
 * stream and time; older rows are looked up in it; lines and metadata are compared only where
 * stream and time are equal. For one thread.
 */
final class DuplicateSearch {
  private static final int UNKNOWN = -2;
  private static final int NONE = -1;

  private final Page page;
  private final int[] rows;
  private final int count;
  private final Map<Labels, Integer> ordinals = new HashMap<>();
  private final TimeRange times;

  /** First candidate of a slot, and for each candidate the next one; -1 ends the chain. */
  private final int[] slots;

  private final int[] next;
  private final BitSet duplicates = new BitSet();

  /** Candidates are rows of {@code page}. */
  DuplicateSearch(Page page, Selection candidates) {
    this.page = page;
    this.rows = candidates.rows();
    this.count = candidates.count();
    this.slots = new int[Integer.highestOneBit(Math.max(8, count)) * 2];
    this.next = new int[count];
    Arrays.fill(slots, NONE);
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    BitSet known = new BitSet();
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      int ordinal = page.streamOrdinals()[row];
      long time = page.timestampsEpochNanos()[row];
      int slot = slot(ordinal, time);
      next[i] = slots[slot];
      slots[slot] = i;
      min = Math.min(min, time);
      max = Math.max(max, time);
      if (!known.get(ordinal)) {
        known.set(ordinal);
        ordinals.put(page.stream(ordinal), ordinal);
      }
    }
    this.times = new TimeRange(min, max);
  }

  /** Streams of the candidates: older rows of others need not be shown. */
  Set<Labels> streams() {
    return ordinals.keySet();
  }

  /** Times of the candidates: older rows outside need not be shown. */
  TimeRange times() {
    return times;
  }

  private int slot(int ordinal, long time) {
    long mixed = (time * 31 + ordinal) * 0x9e3779b97f4a7c15L;
    return (int) (mixed >>> 40) & (slots.length - 1);
  }

  /** Compares the candidates with the selected rows of an older page. */
  void compareWith(PageRows older) {
    Page other = older.page();
    int[] mine = new int[other.streamCount()];
    Arrays.fill(mine, UNKNOWN);
    for (int i = 0; i < older.rows().count(); i++) {
      int row = older.rows().row(i);
      int stream = other.streamOrdinals()[row];
      if (mine[stream] == UNKNOWN) {
        mine[stream] = ordinals.getOrDefault(other.stream(stream), NONE);
      }
      if (mine[stream] != NONE) {
        compareWith(other, row, mine[stream]);
      }
    }
  }

  private void compareWith(Page other, int otherRow, int ordinal) {
    long time = other.timestampsEpochNanos()[otherRow];
    for (int i = slots[slot(ordinal, time)]; i != NONE; i = next[i]) {
      int row = rows[i];
      if (page.timestampsEpochNanos()[row] == time
          && page.streamOrdinals()[row] == ordinal
          && !duplicates.get(i)
          && hasEqualContent(row, other, otherRow)) {
        duplicates.set(i);
      }
    }
  }

  private boolean hasEqualContent(int row, Page other, int otherRow) {
    Labels metadata = page.metadata(page.metadataOrdinals()[row]);
    if (!metadata.equals(other.metadata(other.metadataOrdinals()[otherRow]))) {
      return false;
    }
    Lines lines = page.lines();
    Lines otherLines = other.lines();
    return Arrays.equals(
        lines.bytes(),
        lines.start(row),
        lines.end(row),
        otherLines.bytes(),
        otherLines.start(otherRow),
        otherLines.end(otherRow));
  }

  /** Candidates that an older page had, as ascending row numbers. */
  int[] duplicateRows() {
    return duplicates.stream().map(i -> rows[i]).toArray();
  }
}
