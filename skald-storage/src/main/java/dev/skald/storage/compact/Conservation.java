package dev.skald.storage.compact;

import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.Selection;
import dev.skald.random.Randomness;
import dev.skald.storage.segment.SegmentReader;
import java.util.Arrays;
import java.util.List;

/**
 * The account of one merge. What went in is read from the old segments, and what came out from the
 * new one, by another way than the merge's own: whole pages, each row counted and hashed, hashes
 * summed, so that order does not matter. Rows in must be rows out, rows removed and copies dropped,
 * in number and in sum; and each copy dropped must have a twin among the rows out. A row lost,
 * doubled, invented or altered changes a sum, but for one chance in 2^64.
 */
final class Conservation {
  /** Copies whose twins are looked for one by one; of more only number and sum are checked. */
  private static final int TWINS_MAX = 1 << 20;

  private final RowHash hash;
  private final Pace pace;
  private final Sum in = new Sum();
  private final Sum out = new Sum();
  private final Sum removed = new Sum();
  private final Sum copies = new Sum();
  private long[] twins = new long[16];
  private int twinCount;

  /** Rows, and the sum of their hashes. */
  private static final class Sum {
    long rowCount;
    long hashes;

    void add(long hash) {
      rowCount++;
      hashes += hash;
    }
  }

  Conservation(Randomness randomness, Pace pace) {
    this.hash = new RowHash(randomness.nextLong());
    this.pace = pace;
  }

  /** Takes all rows of an old segment into account. */
  void addIn(SegmentReader reader, RowRemoval removal) {
    long before = in.rowCount;
    for (PageRef ref : MergeCursor.pages(reader)) {
      PageRows rows = ref.read();
      PageHash page = new PageHash(rows.page());
      Selection kept = Selection.all(rows.page().rowCount());
      removal.keepOthers(rows.page(), kept);
      int at = 0;
      for (int row = 0; row < rows.page().rowCount(); row++) {
        long rowHash = page.of(row);
        in.add(rowHash);
        if (at < kept.count() && kept.row(at) == row) {
          at++;
        } else {
          removed.add(rowHash);
        }
      }
      pace.step();
    }
    requireSame("rows of segment read", reader.summary().rowCount(), in.rowCount - before);
  }

  /** Told by the merge of each row that it leaves out because an equal one stays. */
  void copyDropped(
      Labels stream, long epochNanos, byte[] lines, int start, int end, Labels metadata) {
    long rowHash = hash.of(hash.of(stream), epochNanos, lines, start, end, hash.of(metadata));
    copies.add(rowHash);
    if (twinCount < TWINS_MAX) {
      if (twinCount == twins.length) {
        twins = Arrays.copyOf(twins, twinCount * 2);
      }
      twins[twinCount++] = rowHash;
    }
  }

  long rowsRemoved() {
    return removed.rowCount;
  }

  long copiesDropped() {
    return copies.rowCount;
  }

  /**
   * Reads the new segment and balances the account.
   *
   * @param written the new segment, or none if nothing was to stay
   * @throws IllegalStateException if a row was lost, doubled, invented or altered
   */
  void check(List<SegmentReader> written) {
    long[] wanted = Arrays.copyOf(twins, twinCount);
    Arrays.sort(wanted);
    boolean[] found = new boolean[wanted.length];
    for (SegmentReader reader : written) {
      for (PageRef ref : MergeCursor.pages(reader)) {
        Page page = ref.read().page();
        PageHash hashes = new PageHash(page);
        for (int row = 0; row < page.rowCount(); row++) {
          long rowHash = hashes.of(row);
          out.add(rowHash);
          int twin = wanted.length == 0 ? -1 : Arrays.binarySearch(wanted, rowHash);
          if (twin >= 0) {
            found[twin] = true;
          }
        }
        pace.step();
      }
    }
    requireSame("rows", in.rowCount, out.rowCount + removed.rowCount + copies.rowCount);
    requireSame("sum of rows", in.hashes, out.hashes + removed.hashes + copies.hashes);
    for (int i = 0; i < wanted.length; i++) {
      // the search may have met any one of equal hashes
      int equal = found[i] ? i : Arrays.binarySearch(wanted, wanted[i]);
      if (!found[equal]) {
        throw new IllegalStateException("merge refused, a dropped copy has no twin that stays");
      }
    }
  }

  private static void requireSame(String what, long expected, long actual) {
    if (expected != actual) {
      throw new IllegalStateException(
          "merge refused, %s: expected %d, was %d".formatted(what, expected, actual));
    }
  }

  /** Hashes rows of one page; those of its labels and metadata once each. */
  private final class PageHash {
    private final Lines lines;
    private final long[] times;
    private final int[] streamOf;
    private final int[] metadataOf;
    private final long[] streams;
    private final long[] metadata;

    PageHash(Page page) {
      lines = page.lines();
      times = page.timestampsEpochNanos();
      streamOf = page.streamOrdinals();
      metadataOf = page.metadataOrdinals();
      streams = new long[page.streamCount()];
      Arrays.setAll(streams, i -> hash.of(page.stream(i)));
      metadata = new long[page.metadataCount()];
      Arrays.setAll(metadata, i -> hash.of(page.metadata(i)));
    }

    long of(int row) {
      return hash.of(
          streams[streamOf[row]],
          times[row],
          lines.bytes(),
          lines.start(row),
          lines.end(row),
          metadata[metadataOf[row]]);
    }
  }
}
