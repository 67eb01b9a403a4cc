package dev.skald.logql.engine;

import dev.skald.model.Direction;
import dev.skald.model.Page;
import dev.skald.model.Selection;
import java.util.Arrays;

/** Puts rows of one page into the order of {@link FoundEntry#order}. */
final class RowOrder {
  /** Below this a sort is as fast as a selection. */
  private static final int SORT_MAX = 64;

  private RowOrder() {}

  /**
   * Drops rows that cannot be among the first {@code count} of the answer. More may stay: all that
   * have the time of the last.
   */
  static void keepFirst(Page page, Selection rows, Direction direction, int count) {
    if (rows.count() <= Math.max(count, SORT_MAX)) {
      return;
    }
    long[] times = page.timestampsEpochNanos();
    long[] selected = new long[rows.count()];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = times[rows.row(i)];
    }
    if (direction == Direction.FORWARD) {
      long last = nth(selected, count - 1);
      rows.keep(row -> times[row] <= last);
    } else {
      long last = nth(selected, selected.length - count);
      rows.keep(row -> times[row] >= last);
    }
  }

  /** The value of a rank among values that may be moved (Hoare's FIND, 1961). */
  private static long nth(long[] values, int rank) {
    int left = 0;
    int right = values.length - 1;
    while (right - left >= SORT_MAX) {
      long a = values[left];
      long b = values[(left + right) >>> 1];
      long c = values[right];
      long pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
      int i = left;
      int j = right;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          long swap = values[i];
          values[i++] = values[j];
          values[j--] = swap;
        }
      }
      if (rank <= j) {
        right = j;
      } else if (rank >= i) {
        left = i;
      } else {
        return values[rank];
      }
    }
    Arrays.sort(values, left, right + 1);
    return values[rank];
  }

  /** The selected rows, the first of the answer first. */
  static int[] sorted(Page page, Selection rows, Direction direction) {
    int[] sorted = Arrays.copyOf(rows.rows(), rows.count());
    long[] times = page.timestampsEpochNanos();
    int[] streams = page.streamOrdinals();
    // Backward is the reverse of times and rows that ascend, where streams descend.
    int streamSign = direction == Direction.FORWARD ? 1 : -1;
    IndexSort.sort(
        sorted,
        0,
        sorted.length,
        new int[sorted.length],
        (a, b) -> {
          int byTime = Long.compare(times[a], times[b]);
          if (byTime != 0) {
            return byTime;
          }
          int byStream =
              streams[a] == streams[b]
                  ? 0
                  : page.stream(streams[a]).compareTo(page.stream(streams[b]));
          return byStream != 0 ? streamSign * byStream : Integer.compare(a, b);
        });
    if (direction == Direction.BACKWARD) {
      for (int i = 0, j = sorted.length - 1; i < j; i++, j--) {
        int swap = sorted[i];
        sorted[i] = sorted[j];
        sorted[j] = swap;
      }
    }
    return sorted;
  }
}
