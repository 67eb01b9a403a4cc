package dev.skald.logql.pipeline;

import dev.skald.model.Lines;
import dev.skald.model.Page;
import dev.skald.model.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A pipeline at work on pages. One thread; buffers are reused. */
public final class PipelineRun {
  /** Most rows of one {@link #run}. */
  public static final int BATCH_ROWS = RowBatch.ROWS_MAX;

  private final List<LineFilterStep> leadingFilters;
  private final List<Step> steps;
  private final NameTable names = new NameTable();
  private final RowBatch batch = new RowBatch(names);
  private final int[] batchRows = new int[BATCH_ROWS];

  PipelineRun(List<LineFilterStep> leadingFilters, List<Step.Source> sources) {
    this.leadingFilters = leadingFilters;
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
    int[] left = Arrays.copyOf(rows.rows(), rows.count());
    int leftCount = narrow(page.lines(), left, left.length);
    int[] at = {0};
    rows.keep(
        row -> {
          boolean stays = at[0] < leftCount && left[at[0]] == row;
          at[0] += stays ? 1 : 0;
          return stays;
        });
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
      step.apply(batch);
    }
    return batch;
  }

  private int narrow(Lines lines, int[] rows, int count) {
    int left = count;
    for (LineFilterStep filter : leadingFilters) {
      left = filter.narrow(lines, rows, 0, left);
    }
    return left;
  }
}
