package dev.skald.logql.engine;

import dev.skald.logql.pipeline.LineSplitter;
import dev.skald.logql.pipeline.ShapedPage;
import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.MatcherTest;
import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.model.Selection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** A source of entries in memory, cut into pages in any way. */
final class MemoryPages implements LogSource {
  private final List<EntryBatch> batches;
  private final List<Page> pages;
  private final AtomicInteger reads = new AtomicInteger();

  /** An entry as pushed. */
  record Row(Labels stream, long epochNanos, String line, Labels metadata) {
    Row(Labels stream, long epochNanos, String line) {
      this(stream, epochNanos, line, Labels.EMPTY);
    }
  }

  private MemoryPages(List<EntryBatch> batches, List<Page> pages) {
    this.batches = batches;
    this.pages = pages;
  }

  /** The same pages, with lines that are taken apart, each in a way of its own. */
  MemoryPages shaped(Random random) {
    return new MemoryPages(
        batches,
        batches.stream()
            .<Page>map(batch -> new ShapedPage(batch, new LineSplitter(random)))
            .toList());
  }

  /** Pages as they are. */
  static MemoryPages ofBatches(List<EntryBatch> batches) {
    return new MemoryPages(batches, List.copyOf(batches));
  }

  /** Pages in order of arrival, each as it is given. */
  static MemoryPages of(List<List<Row>> pages) {
    return ofBatches(pages.stream().map(MemoryPages::page).toList());
  }

  /** One page, in order of arrival. */
  static MemoryPages single(List<Row> rows) {
    return of(List.of(distinct(rows)));
  }

  /**
   * Up to eight pages; which row lies where is random, but of rows with the same stream and time
   * the earlier lies before the later. Some pages are sorted by stream and time, as segments are,
   * others are in order of arrival.
   */
  static MemoryPages split(List<Row> rows, Random random) {
    List<List<Row>> pages = new ArrayList<>();
    int pageCount = 1 + random.nextInt(8);
    for (int i = 0; i < pageCount; i++) {
      pages.add(new ArrayList<>());
    }
    record Tie(Labels stream, long epochNanos) {}
    java.util.Map<Tie, Integer> least = new java.util.HashMap<>();
    for (Row row : distinct(rows)) {
      Tie tie = new Tie(row.stream, row.epochNanos);
      int from = least.getOrDefault(tie, 0);
      int page = from + random.nextInt(pageCount - from);
      least.put(tie, page);
      pages.get(page).add(row);
    }
    for (List<Row> page : pages) {
      if (random.nextBoolean()) {
        page.sort(Comparator.comparing(Row::stream).thenComparingLong(Row::epochNanos));
      }
    }
    return of(pages);
  }

  private static List<Row> distinct(List<Row> rows) {
    return new ArrayList<>(new LinkedHashSet<>(rows));
  }

  private static EntryBatch page(List<Row> rows) {
    EntryBatch page = new EntryBatch();
    for (Row row : rows) {
      byte[] line = row.line.getBytes(StandardCharsets.UTF_8);
      page.add(
          page.stream(row.stream),
          row.epochNanos,
          line,
          0,
          line.length,
          page.metadataSet(row.metadata));
    }
    return page;
  }

  /** Pages read so far. */
  int reads() {
    return reads.get();
  }

  @Override
  public PageScan scan(List<Matcher> matchers, QuerySpan span) {
    List<MatcherTest> tests = matchers.stream().map(MatcherTest::of).toList();
    List<PageRef> refs = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      Page page = pages.get(i);
      Selection rows = Selection.all(page.rowCount());
      rows.keep(row -> span.contains(page.timestampsEpochNanos()[row]));
      rows.keep(
          row -> {
            Labels stream = page.stream(page.streamOrdinals()[row]);
            return tests.stream().allMatch(test -> test.test(stream.get(test.matcher().name())));
          });
      if (!rows.isEmpty()) {
        refs.add(new Ref(page, rows, i, batches.get(i).lineBytes()));
      }
    }
    return new PageScan() {
      @Override
      public List<PageRef> pages() {
        return refs;
      }

      @Override
      public void close() {
        // Nothing is pinned in memory.
      }
    };
  }

  private final class Ref implements PageRef {
    private final Page page;
    private final Selection rows;
    private final long order;
    private final long lineBytes;

    Ref(Page page, Selection rows, long order, long lineBytes) {
      this.lineBytes = lineBytes;
      this.page = page;
      this.rows = rows;
      this.order = order;
    }

    @Override
    public long minEpochNanos() {
      long min = Long.MAX_VALUE;
      for (int i = 0; i < rows.count(); i++) {
        min = Math.min(min, page.timestampsEpochNanos()[rows.row(i)]);
      }
      return min;
    }

    @Override
    public long maxEpochNanos() {
      long max = Long.MIN_VALUE;
      for (int i = 0; i < rows.count(); i++) {
        max = Math.max(max, page.timestampsEpochNanos()[rows.row(i)]);
      }
      return max;
    }

    @Override
    public int rowCount() {
      return page.rowCount();
    }

    @Override
    public long lineBytes() {
      return lineBytes;
    }

    @Override
    public long order() {
      return order;
    }

    @Override
    public PageRows read() {
      reads.incrementAndGet();
      return new PageRows(page, rows.slice(0, rows.count()));
    }
  }
}
