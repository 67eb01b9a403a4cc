package dev.skald.logql.engine;

import dev.skald.logql.pipeline.Pipeline;
import dev.skald.logql.pipeline.PipelineRun;
import dev.skald.logql.pipeline.RowBatch;
import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.Selection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Finds the first entries of an {@link EntryOrder} in pages that come in any order; all of them are
 * read. Only entries that may be among the first become objects. One thread at a time.
 */
final class SortedScan implements Crew.Worker<PageRef> {
  /** Memory of a rank and its values. */
  private static final int OVERHEAD_BYTES = 160;

  private final PipelineRun run;
  private final EntryOrder order;
  private final int limit;
  private final QueryMeter meter;
  private final PageTally tally;
  private final PriorityQueue<Entry> lastFirst;

  /** An entry and what decides its place. */
  record Entry(EntryOrder.Rank rank, FoundEntry found) {
    long bytes() {
      long bytes = OVERHEAD_BYTES + found.bytes();
      for (SortValue value : rank.values()) {
        bytes += 2L * value.text().length();
      }
      return bytes;
    }
  }

  /**
   * @param limit positive
   */
  SortedScan(Pipeline pipeline, EntryOrder order, int limit, QueryMeter meter) {
    run = pipeline.newRun(meter);
    this.order = order;
    this.limit = limit;
    this.meter = meter;
    tally = new PageTally(meter);
    lastFirst = new PriorityQueue<>((a, b) -> order.compare(b.rank, a.rank));
  }

  PageTally tally() {
    return tally;
  }

  /** The first entries of all pages seen, in no particular order. */
  Collection<Entry> best() {
    return lastFirst;
  }

  @Override
  public Crew.Wanted work(PageRef ref, int index) {
    PageRows read = ref.read();
    Page page = read.page();
    Selection rows = read.rows();
    tally.count(ref, page, rows);
    run.prepare(page, rows);
    for (int from = 0, to; from < rows.count(); from = to) {
      meter.check();
      to = run.batchEnd(page, rows.rows(), from, rows.count());
      RowBatch batch = run.run(page, rows, from, to);
      meter.countPassed(batch.count());
      take(ref, page, batch);
    }
    return Crew.Wanted.MORE;
  }

  private void take(PageRef ref, Page page, RowBatch batch) {
    List<EntryOrder.Rank> ranks = new ArrayList<>();
    int[] indices = new int[batch.count()];
    for (int i = 0; i < batch.count(); i++) {
      EntryOrder.Rank rank = rank(ref, page, batch, i);
      if (mayBelong(rank)) {
        indices[ranks.size()] = i;
        ranks.add(rank);
      }
    }
    batch.readLines(indices, ranks.size());
    for (int i = 0; i < ranks.size(); i++) {
      take(ref, page, batch, indices[i], ranks.get(i));
    }
  }

  private EntryOrder.Rank rank(PageRef ref, Page page, RowBatch batch, int i) {
    int row = batch.pageRow(i);
    return new EntryOrder.Rank(
        order.values(batch.labels(i)),
        batch.timestampEpochNanos(i),
        page.stream(page.streamOrdinals()[row]),
        ref.order(),
        row);
  }

  private boolean mayBelong(EntryOrder.Rank rank) {
    return lastFirst.size() < limit || order.compare(rank, lastFirst.element().rank) < 0;
  }

  private void take(PageRef ref, Page page, RowBatch batch, int i, EntryOrder.Rank rank) {
    if (!mayBelong(rank)) {
      return;
    }
    if (lastFirst.size() == limit) {
      meter.release(lastFirst.remove().bytes());
    }
    Entry entry = new Entry(rank, FoundEntry.of(page, ref.order(), batch, i));
    meter.reserve(entry.bytes());
    lastFirst.add(entry);
  }
}
