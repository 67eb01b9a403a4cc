package dev.skald.logql.engine;

import dev.skald.model.Direction;
import dev.skald.model.Page;
import dev.skald.model.Selection;
import java.util.Arrays;

/** Puts rows of one page into the order of {@link FoundEntry#order}. */
final class RowOrder {
  private RowOrder() {}

  /** The selected rows, the first of the answer first. */
  static int[] sorted(Page page, Selection rows, Direction direction) {
    int[] sorted = Arrays.copyOf(rows.rows(), rows.count());
    long[] times = page.timestampsEpochNanos();
    int[] streams = page.streamOrdinals();
    // Backward is the reverse of times and rows that ascend, where streams descend.
    int streamSign = direction == Direction.FORWARD ? 1 : -1;
    IndexSort.sort(
        sorted,
        sorted.length,
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
