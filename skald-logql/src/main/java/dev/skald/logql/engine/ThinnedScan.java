package dev.skald.logql.engine;

import dev.skald.logql.pipeline.Pipeline;
import dev.skald.logql.pipeline.PipelineRun;
import dev.skald.logql.pipeline.RowBatch;
import dev.skald.model.Direction;
import dev.skald.model.Labels;
import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A log query with an {@code interval}: after an entry, those nearer than the interval are skipped
 * (spec logql.md 9). Which entries those are shows only when all that may stand before them are
 * known. So pages are read some at a time; rows that pass and that no unread page can precede are
 * thinned, in order; and only the chosen ones become objects.
 */
final class ThinnedScan {
  /** Memory of a row that waits for its place: the object and its place in a list. */
  private static final int BYTES_PER_ROW = 48;

  private static final int PAGES_PER_WORKER = 4;

  private final Pipeline pipeline;
  private final QueryParams params;
  private final ExecutorService compute;
  private final int parallelism;
  private final QueryMeter meter;
  private final Comparator<PassedRow> order;
  private final List<PassedRow> chosen = new ArrayList<>();
  private final MatchedStreams streams = new MatchedStreams();

  /** Of the piece of time that is thinned. */
  private long piece = Long.MIN_VALUE;

  private int rowsInPiece;
  private @Nullable PassedRow lastInPiece;

  /** A row that passed the pipeline. */
  private record PassedRow(long epochNanos, Labels stream, PageRef page, int row) {}

  ThinnedScan(
      Pipeline pipeline,
      QueryParams params,
      ExecutorService compute,
      int parallelism,
      QueryMeter meter) {
    this.pipeline = pipeline;
    this.params = params;
    this.compute = compute;
    this.parallelism = parallelism;
    this.meter = meter;
    order = order(params.direction());
  }

  /** As {@link FoundEntry#order}. */
  private static Comparator<PassedRow> order(Direction direction) {
    Comparator<PassedRow> byTime = Comparator.comparingLong(PassedRow::epochNanos);
    Comparator<PassedRow> arrival =
        Comparator.<PassedRow>comparingLong(row -> row.page.order())
            .thenComparingInt(PassedRow::row);
    return switch (direction) {
      case FORWARD -> byTime.thenComparing(PassedRow::stream).thenComparing(arrival);
      case BACKWARD ->
          byTime.reversed().thenComparing(PassedRow::stream).thenComparing(arrival.reversed());
    };
  }

  /**
   * @param pages in the order of {@link LogQueryRun#firstFirst}
   * @return the chosen entries, in the order of the answer
   */
  List<FoundEntry> run(List<PageRef> pages) {
    int wave = parallelism * PAGES_PER_WORKER;
    List<PassedRow> waiting = new ArrayList<>();
    for (int from = 0; from < pages.size() && chosen.size() < params.limit(); from += wave) {
      int to = Math.min(pages.size(), from + wave);
      List<PassedRows> workers =
          Crew.work(compute, parallelism, meter, pages.subList(from, to), PassedRows::new);
      for (PassedRows worker : workers) {
        waiting.addAll(worker.rows);
        streams.addAll(worker.tally.streams());
      }
      waiting.sort(order);
      int settled = to == pages.size() ? waiting.size() : before(waiting, pages.get(to));
      waiting.subList(0, settled).forEach(this::choose);
      waiting.subList(0, settled).clear();
      meter.release((long) settled * BYTES_PER_ROW);
    }
    meter.countStreams(streams.count());
    return read();
  }

  /** How many rows no row of {@code next} and the pages after it can precede. */
  private int before(List<PassedRow> sorted, PageRef next) {
    int count = 0;
    while (count < sorted.size()
        && (params.direction() == Direction.FORWARD
            ? sorted.get(count).epochNanos < next.minEpochNanos()
            : sorted.get(count).epochNanos > next.maxEpochNanos())) {
      count++;
    }
    return count;
  }

  private void choose(PassedRow row) {
    if (chosen.size() == params.limit() || !isAmongFirst(row)) {
      return;
    }
    if (lastInPiece != null) {
      long distance = Math.abs(row.epochNanos - lastInPiece.epochNanos);
      if (distance < params.intervalNanos()) {
        return;
      }
    }
    chosen.add(row);
    lastInPiece = row;
  }

  /** Whether the row is one of the first of its piece, so many as the limit. */
  private boolean isAmongFirst(PassedRow row) {
    if (params.pieceNanos() == 0) {
      return true;
    }
    long itsPiece = Math.floorDiv(row.epochNanos, params.pieceNanos());
    if (itsPiece != piece) {
      piece = itsPiece;
      rowsInPiece = 0;
      lastInPiece = null;
    }
    return rowsInPiece++ < params.limit();
  }

  /** Makes entries of the chosen rows. */
  private List<FoundEntry> read() {
    IdentityHashMap<PageRef, List<PassedRow>> byPage = new IdentityHashMap<>();
    for (PassedRow row : chosen) {
      byPage.computeIfAbsent(row.page, page -> new ArrayList<>()).add(row);
    }
    PipelineRun run = pipeline.newRun(meter);
    List<FoundEntry> entries = new ArrayList<>(chosen.size());
    for (List<PassedRow> rows : byPage.values()) {
      meter.check();
      PageRef ref = rows.getFirst().page;
      Page page = ref.read().page();
      int[] selected = rows.stream().mapToInt(PassedRow::row).sorted().toArray();
      Selection selection = Selection.taking(selected, selected.length);
      for (int from = 0, to; from < selected.length; from = to) {
        to = run.batchEnd(page, selected, from, selected.length);
        RowBatch batch = run.run(page, selection, from, to);
        for (int i = 0; i < batch.count(); i++) {
          FoundEntry entry = FoundEntry.of(page, ref.order(), batch, i);
          meter.reserve(entry.bytes());
          entries.add(entry);
        }
      }
    }
    entries.sort(FoundEntry.order(params.direction()));
    return entries;
  }

  /** Collects the rows of pages that pass. */
  private final class PassedRows implements Crew.Worker<PageRef> {
    private final PipelineRun run = pipeline.newRun(meter);
    private final PageTally tally = new PageTally(meter);
    private final List<PassedRow> rows = new ArrayList<>();

    @Override
    public Crew.Wanted work(PageRef ref, int index) {
      PageRows read = ref.read();
      Page page = read.page();
      Selection selected = read.rows();
      tally.count(ref, page, selected);
      run.prepare(page, selected);
      for (int from = 0, to; from < selected.count(); from = to) {
        meter.check();
        to = run.batchEnd(page, selected.rows(), from, selected.count());
        RowBatch batch = run.run(page, selected, from, to);
        meter.countPassed(batch.count());
        meter.reserve((long) batch.count() * BYTES_PER_ROW);
        for (int i = 0; i < batch.count(); i++) {
          int row = batch.pageRow(i);
          Labels stream = page.stream(page.streamOrdinals()[row]);
          rows.add(new PassedRow(batch.timestampEpochNanos(i), stream, ref, row));
        }
      }
      return Crew.Wanted.MORE;
    }
  }
}
