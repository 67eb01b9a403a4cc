package dev.skald.storage;

import dev.skald.model.Labels;
import dev.skald.model.MatcherTest;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.QuerySpan;
import dev.skald.model.Selection;
import dev.skald.storage.head.HeadPageView;
import dev.skald.storage.head.TenantHead;
import dev.skald.storage.head.TimeRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A tenant's part of one generation, as it was when this was made. */
final class HeadRows implements OlderRows {
  /** Orders of head pages are above those of all segments. */
  private static final long ORDER_FIRST = 1L << 62;

  /** Pages of a generation are fewer than this. */
  private static final long ORDER_STEP = 1L << 24;

  private final long orderFirst;
  private final TenantHead head;
  private final List<HeadPageView> pages;

  HeadRows(long generation, TenantHead head) {
    this.orderFirst = ORDER_FIRST + generation * ORDER_STEP;
    this.pages = head.pages();
    this.head = head;
  }

  /** Streams that satisfy all tests; may hold streams whose first row came after this was made. */
  BitSet streams(List<MatcherTest> tests) {
    BitSet matching = new BitSet();
    int count = head.streamCount();
    for (int stream = 0; stream < count; stream++) {
      if (matches(head.stream(stream), tests)) {
        matching.set(stream);
      }
    }
    return matching;
  }

  /** The labels of one of {@link #streams}. */
  Labels stream(int stream) {
    return head.stream(stream);
  }

  private static boolean matches(Labels labels, List<MatcherTest> tests) {
    for (MatcherTest test : tests) {
      if (!test.test(labels.get(test.matcher().name()))) {
        return false;
      }
    }
    return true;
  }

  /** Those of {@code streams} that have rows in a page that may have rows in the span. */
  List<Labels> streamsWithin(BitSet streams, QuerySpan span) {
    TimeRange wanted = TimeRange.of(span);
    BitSet within = new BitSet();
    for (HeadPageView page : pages) {
      if (page.times().intersects(wanted)) {
        for (int ordinal = 0; ordinal < page.streamCount(); ordinal++) {
          within.set(page.streamId(ordinal));
        }
      }
    }
    within.and(streams);
    return within.stream().mapToObj(head::stream).toList();
  }

  /**
   * Pages that may have rows of these streams in the span.
   *
   * @param older everything that was stored before this generation
   */
  List<PageRef> pages(BitSet streams, QuerySpan span, List<OlderRows> older) {
    TimeRange wanted = TimeRange.of(span);
    List<PageRef> refs = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      HeadPageView page = pages.get(i);
      boolean[] ordinals =
          wanted.intersects(page.times()) ? ordinals(page, streams) : new boolean[0];
      if (ordinals.length > 0) {
        refs.add(new Ref(page, ordinals, wanted, orderFirst + i, older));
      }
    }
    return refs;
  }

  /** For each stream of the page whether it is one of {@code streams}; empty if none is. */
  private static boolean[] ordinals(HeadPageView page, BitSet streams) {
    boolean[] selected = new boolean[page.streamCount()];
    boolean any = false;
    for (int ordinal = 0; ordinal < selected.length; ordinal++) {
      selected[ordinal] = streams.get(page.streamId(ordinal));
      any |= selected[ordinal];
    }
    return any ? selected : new boolean[0];
  }

  private static Selection select(HeadPageView page, boolean[] ordinals, TimeRange wanted) {
    TimeRange times = page.times();
    if (wanted.contains(times.minEpochNanos()) && wanted.contains(times.maxEpochNanos())) {
      return select(page, ordinals);
    }
    int[] rows = new int[page.rowCount()];
    long[] timestamps = page.timestampsEpochNanos();
    int[] streamOf = page.streamOrdinals();
    int count = 0;
    for (int row = 0; row < rows.length; row++) {
      if (ordinals[streamOf[row]] && wanted.contains(timestamps[row])) {
        rows[count++] = row;
      }
    }
    return Selection.taking(rows, count);
  }

  /** Rows at any time. */
  private static Selection select(HeadPageView page, boolean[] ordinals) {
    int rowCount = page.rowCount();
    boolean all = true;
    for (boolean selected : ordinals) {
      all &= selected;
    }
    if (all) {
      return Selection.all(rowCount);
    }
    int[] rows = new int[rowCount];
    int[] streamOf = page.streamOrdinals();
    int count = 0;
    for (int row = 0; row < rowCount; row++) {
      rows[count] = row;
      count += ordinals[streamOf[row]] ? 1 : 0;
    }
    return Selection.taking(rows, count);
  }

  @Override
  public void showTo(DuplicateSearch search) {
    for (HeadPageView page : pages) {
      if (page.times().intersects(search.times())) {
        boolean[] ordinals = new boolean[page.streamCount()];
        for (int ordinal = 0; ordinal < ordinals.length; ordinal++) {
          ordinals[ordinal] = search.streams().contains(page.stream(ordinal));
        }
        search.compareWith(new PageRows(page, select(page, ordinals, search.times())));
      }
    }
  }

  /** A page of the head, asked for some streams and a span. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Ref(
      HeadPageView page, boolean[] ordinals, TimeRange wanted, long order, List<OlderRows> older)
      implements PageRef {
    @Override
    public long minEpochNanos() {
      return wanted.intersection(page.times()).minEpochNanos();
    }

    @Override
    public long maxEpochNanos() {
      return wanted.intersection(page.times()).maxEpochNanos();
    }

    @Override
    public int rowCount() {
      return page.rowCount();
    }

    @Override
    public long lineBytes() {
      return page.lineBytes();
    }

    @Override
    public PageRows read() {
      Selection rows = select(page, ordinals, wanted);
      if (page.doubtful().intersects(wanted)) {
        leaveOutDuplicates(rows);
      }
      return new PageRows(page, rows);
    }

    private void leaveOutDuplicates(Selection rows) {
      long[] timestamps = page.timestampsEpochNanos();
      Selection candidates = rows.slice(0, rows.count());
      candidates.keep(row -> page.doubtful().contains(timestamps[row]));
      if (candidates.isEmpty()) {
        return;
      }
      DuplicateSearch search = new DuplicateSearch(page, candidates);
      older.forEach(each -> each.showTo(search));
      int[] duplicates = search.duplicateRows();
      if (duplicates.length > 0) {
        rows.keep(row -> java.util.Arrays.binarySearch(duplicates, row) < 0);
      }
    }
  }
}
