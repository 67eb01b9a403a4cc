package dev.skald.logql.pipeline;

import dev.skald.model.Lines;
import dev.skald.model.Page;
import dev.skald.model.Selection;
import java.util.ArrayList;
import java.util.List;

/** A pipeline at work on pages. One thread; buffers are reused. */
public final class PipelineRun {
  /** Most rows of one {@link #run}. */
  public static final int BATCH_ROWS = RowBatch.ROWS_MAX;

  /**
   * Line bytes of a batch: bounds what parsers and templates make of it, and the time between two
   * looks at the budget.
   */
  private static final int BATCH_BYTES = 1 << 20;

  private final List<LineFilterStep> leadingFilters;
  private final List<Step> steps;
  private final boolean readsLines;
  private final StageBudget budget;
  private final NameTable names = new NameTable();
  private final RowBatch batch;
  private final int[] batchRows = new int[BATCH_ROWS];

  PipelineRun(
      List<LineFilterStep> leadingFilters,
      List<Step.Source> sources,
      boolean readsLines,
      StageBudget budget) {
    this.leadingFilters = leadingFilters;
    this.readsLines = readsLines;
    this.budget = budget;
    batch = new RowBatch(names, budget);
    List<Step> opened = new ArrayList<>();
    for (Step.Source source : sources) {
      opened.add(source.open(batch));
    }
    steps = List.copyOf(opened);
    names.pin();
  }

  /** Narrows {@code rows} in place to those that pass; legal when {@link Pipeline#isFilterOnly}. */
  public void filter(Page page, Selection rows) {
    if (!steps.isEmpty()) {
      throw new IllegalStateException("pipeline has stages besides line filters");
    }
    if (leadingFilters.isEmpty() || rows.isEmpty()) {
      return;
    }
    Lines lines = page.lines();
    rows.narrow((some, count) -> narrowPiecewise(lines, some, count));
  }

  /**
   * Runs all stages over the selected rows {@code from} (inclusive) to {@code to} (exclusive) of
   * {@code rows}, at most {@link #BATCH_ROWS}. {@code rows} stays as it is.
   *
   * @return valid until the next call
   */
  public RowBatch run(Page page, Selection rows, int from, int to) {
    int count = to - from;
    if (count > BATCH_ROWS) {
      throw new IllegalArgumentException("rows=" + count + " max=" + BATCH_ROWS);
    }
    System.arraycopy(rows.rows(), from, batchRows, 0, count);
    if (!leadingFilters.isEmpty() && count > 0) {
      count = narrow(page.lines(), batchRows, count);
    }
    names.trim();
    batch.load(page, batchRows, count);
    for (Step step : steps) {
      if (batch.count() == 0) {
        break;
      }
      budget.check();
      step.apply(batch);
    }
    return batch;
  }

  private int narrow(Lines lines, int[] rows, int count) {
    int left = count;
    for (LineFilterStep filter : leadingFilters) {
      budget.check();
      left = filter.narrow(lines, rows, 0, left);
    }
    return left;
  }

  /** As {@link #narrow}, of any number of rows, with looks at the budget in between. */
  private int narrowPiecewise(Lines lines, int[] rows, int count) {
    int left = count;
    for (LineFilterStep filter : leadingFilters) {
      int kept = 0;
      for (int from = 0; from < left; ) {
        budget.check();
        int to = bytesEnd(lines, rows, from, left);
        int end = filter.narrow(lines, rows, from, to);
        if (kept != from) {
          System.arraycopy(rows, from, rows, kept, end - from);
        }
        kept += end - from;
        from = to;
      }
      left = kept;
    }
    return left;
  }

  /**
   * Where a batch that begins at {@code from} ends: rows that {@link #run} takes at once, fewer of
   * long lines.
   *
   * @return the end, exclusive, more than {@code from}; at most {@code to}
   */
  public int batchEnd(Page page, int[] rows, int from, int to) {
    int most = Math.min(to, from + BATCH_ROWS);
    return readsLines && !steps.isEmpty() ? bytesEnd(page.lines(), rows, from, most) : most;
  }

  /** The end of the rows from {@code from} on that have {@link #BATCH_BYTES} between them. */
  private static int bytesEnd(Lines lines, int[] rows, int from, int to) {
    int bytes = 0;
    int end = from;
    do {
      bytes += lines.end(rows[end]) - lines.start(rows[end]);
      end++;
    } while (end < to && bytes < BATCH_BYTES);
    return end;
  }
}
