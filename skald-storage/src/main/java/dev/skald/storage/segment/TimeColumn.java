package dev.skald.storage.segment;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdLevel;

/**
 * The time column of a page: the first time of each stream as the difference to that of the stream
 * before (of the first stream: to the page's oldest), and each further time as the difference to
 * the one before, which is never negative.
 */
final class TimeColumn {
  private final long[] firsts;
  private final long[] steps;
  private final int stepCount;
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;

  TimeColumn(OrderedRows rows, PageCut.Range range, StreamRuns runs) {
    firsts = new long[runs.count()];
    steps = new long[range.to() - range.from()];
    int at = 0;
    for (int run = 0; run < runs.count(); run++) {
      long first = rows.time(range.from() + runs.start(run));
      firsts[run] = first;
      long before = first;
      for (int row = runs.start(run) + 1; row < runs.end(run); row++) {
        long time = rows.time(range.from() + row);
        steps[at++] = time - before;
        before = time;
      }
      min = Math.min(min, first);
      max = Math.max(max, before);
    }
    stepCount = at;
    for (int run = runs.count() - 1; run >= 0; run--) {
      firsts[run] -= run == 0 ? min : firsts[run - 1];
    }
  }

  long min() {
    return min;
  }

  long max() {
    return max;
  }

  void encode(ByteWriter out, ZstdContexts zstd, ZstdLevel level) {
    LongColumn.encode(firsts, firsts.length, out, zstd, level);
    LongColumn.encode(steps, stepCount, out, zstd, level);
  }

  /**
   * The times of all rows.
   *
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  static long[] decode(ByteReader in, StreamRuns runs, PageEntry page, ZstdContexts zstd) {
    long[] firsts = LongColumn.decode(in, runs.count(), zstd);
    // Steps stand at the array's end: each is read before a time is written over it.
    long[] times = new long[page.rowCount()];
    int at = runs.count();
    LongColumn.decode(in, times, at, zstd);
    in.requireEnd("time column");
    long first = page.minEpochNanos();
    for (int run = 0; run < runs.count(); run++) {
      first += firsts[run];
      long time = first;
      times[runs.start(run)] = time;
      long signs = 0;
      for (int row = runs.start(run) + 1; row < runs.end(run); row++) {
        long step = times[at++];
        signs |= step;
        time += step;
        times[row] = time;
      }
      if (first < page.minEpochNanos() || time > page.maxEpochNanos() || signs < 0) {
        throw in.corrupt(
            "times of a stream",
            page.minEpochNanos() + " to " + page.maxEpochNanos() + " ascending",
            first + " to " + time);
      }
    }
    return times;
  }
}
