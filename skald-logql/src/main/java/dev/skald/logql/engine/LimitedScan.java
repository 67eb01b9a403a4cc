package dev.skald.logql.engine;

import dev.skald.logql.pipeline.Pipeline;
import dev.skald.logql.pipeline.PipelineRun;
import dev.skald.logql.pipeline.RowBatch;
import dev.skald.model.Direction;
import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for the first entries of an answer in pages that come in the order of the query's
 * direction. Of a page, rows are run through the pipeline in that order too, and only until there
 * are enough. One thread at a time.
 */
final class LimitedScan implements Crew.Worker<PageRef> {
  /** Entries are counted when they are offered, so that few wait for that. */
  private static final long OFFERED_BYTES = 1 << 20;

  /** Rows of the first batch of a page: parsing lines is dear, and few may be needed. */
  private static final int FIRST_ROWS_MIN = 128;

  private final Pipeline pipeline;
  private final PipelineRun run;
  private final int limit;
  private final Direction direction;
  private final BestEntries best;
  private final QueryMeter meter;
  private final PageTally tally;

  /** Whether rows of the page at hand count as examined only when they are run. */
  private boolean countsBatches;

  LimitedScan(
      Pipeline pipeline, int limit, Direction direction, BestEntries best, QueryMeter meter) {
    this.pipeline = pipeline;
    run = pipeline.newRun(meter);
    this.limit = limit;
    this.direction = direction;
    this.best = best;
    this.meter = meter;
    tally = new PageTally(meter);
  }

  PageTally tally() {
    return tally;
  }

  @Override
  public Crew.Wanted work(PageRef ref, int index) {
    long firstEpochNanos =
        direction == Direction.FORWARD ? ref.minEpochNanos() : ref.maxEpochNanos();
    if (!best.mayTake(firstEpochNanos)) {
      return Crew.Wanted.ENOUGH;
    }
    PageRows read = ref.read();
    Page page = read.page();
    Selection rows = read.rows();
    long lastEpochNanos =
        direction == Direction.FORWARD ? ref.maxEpochNanos() : ref.minEpochNanos();
    if (!best.mayTake(lastEpochNanos)) {
      long[] times = page.timestampsEpochNanos();
      rows.keep(row -> best.mayTake(times[row]));
    }
    Selection asked = rows.slice(0, rows.count());
    PipelineRun.Searched searched = run.prepare(page, rows);
    countsBatches = searched == PipelineRun.Searched.NOT && !pipeline.isFilterOnly();
    if (!countsBatches) {
      tally.count(ref, page, asked);
    }
    if (pipeline.isFilterOnly()) {
      if (searched == PipelineRun.Searched.NOT) {
        run.filter(page, rows);
      }
      if (searched != PipelineRun.Searched.IN_PART) {
        RowOrder.keepFirst(page, rows, direction, limit);
      }
    }
    if (rows.isEmpty()) {
      return Crew.Wanted.MORE;
    }
    long[] times = page.timestampsEpochNanos();
    int[] ordered = RowOrder.sorted(page, rows, direction);
    int passed = 0;
    int size = Math.clamp(limit, FIRST_ROWS_MIN, PipelineRun.BATCH_ROWS);
    for (int from = 0; from < ordered.length && passed < limit; ) {
      meter.check();
      if (!best.mayTake(times[ordered[from]])) {
        break;
      }
      int to = run.batchEnd(page, ordered, from, Math.min(ordered.length, from + size));
      passed += take(ref, page, Arrays.copyOfRange(ordered, from, to));
      from = to;
      size = PipelineRun.BATCH_ROWS;
    }
    return Crew.Wanted.MORE;
  }

  /** Runs rows that stand next to each other in the answer's order; tells how many passed. */
  private int take(PageRef ref, Page page, int[] rows) {
    Arrays.sort(rows);
    Selection selection = Selection.taking(rows, rows.length);
    if (countsBatches) {
      tally.count(ref, page, selection);
    }
    RowBatch batch = run.run(page, selection, 0, rows.length);
    meter.countPassed(batch.count());
    int[] taken = new int[batch.count()];
    int takenCount = 0;
    for (int i = 0; i < batch.count(); i++) {
      if (best.mayTake(batch.timestampEpochNanos(i))) {
        taken[takenCount++] = i;
      }
    }
    batch.readLines(taken, takenCount);
    List<FoundEntry> found = new ArrayList<>(takenCount);
    long foundBytes = 0;
    for (int i = 0; i < takenCount; i++) {
      FoundEntry entry = FoundEntry.of(page, ref.order(), batch, taken[i]);
      found.add(entry);
      foundBytes += entry.bytes();
      if (foundBytes > OFFERED_BYTES) {
        best.offer(found);
        found.clear();
        foundBytes = 0;
      }
    }
    best.offer(found);
    return batch.count();
  }
}
