package dev.skald.logql.engine;

import dev.skald.logql.pipeline.ColumnRows;
import dev.skald.logql.pipeline.Pipeline;
import dev.skald.logql.pipeline.PipelineRun;
import dev.skald.logql.pipeline.RowBatch;
import dev.skald.logql.pipeline.RowLabels;
import dev.skald.model.Lines;
import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.Selection;
import dev.skald.model.ShapedLines;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts the rows of pages into the cells of their series. One thread at a time. */
final class RangeWorker implements Crew.Worker<PageRef> {
  private static final int[] NO_ROWS = {};

  /** Rows that are run before the next try to read them off columns; twice as many after each that failed. */
  private static final int BATCH_ROWS_MIN = 32;

  private final RangePlan plan;
  private final WindowCells windows;
  private final QueryMeter meter;
  private final Pipeline pipeline;
  private final PipelineRun run;
  private final SeriesTable series;
  private final RangeTable table;
  private final PageTally tally;
  private final AlikeRows alike;
  private final NearCell nearCell;
  private final Observation observation = new Observation();

  /** Null: rows are run. */
  private final @Nullable ColumnRows columnRows;

  private int groupGeneration;
  private int groupCount;

  /** Per group of {@link #columnRows}, its series. */
  private int[] groupSeries = new int[64];

  /** Per class of alike rows, its series. */
  private int[] classSeries = new int[0];

  RangeWorker(
      RangePlan plan, WindowCells windows, Pipeline pipeline, int seriesMax, QueryMeter meter) {
    this.plan = plan;
    this.windows = windows;
    this.meter = meter;
    this.pipeline = pipeline;
    run = pipeline.newRun(meter);
    series = new SeriesTable(plan.key(), seriesMax, meter);
    table =
        RangeTable.of(
            plan.aggregation().function(),
            plan.aggregation().parameter(),
            plan.aggregation().range().unwrap() != null,
            windows,
            plan.divisor(),
            meter);
    nearCell = new NearCell(windows);
    tally = new PageTally(meter);
    alike = new AlikeRows(plan.demand());
    columnRows =
        plan.rowValue() != RangePlan.RowValue.LINE_BYTES && plan.key() instanceof SeriesKey.By by
            ? run.columnRows(by.names())
            : null;
  }

  SeriesTable series() {
    return series;
  }

  RangeTable table() {
    return table;
  }

  PageTally tally() {
    return tally;
  }

  @Override
  public Crew.Wanted work(PageRef ref, int index) {
    PageRows read = ref.read();
    Page page = read.page();
    Selection rows = read.rows();
    if (windows.hasGaps()) {
      long[] times = page.timestampsEpochNanos();
      rows.keep(row -> windows.cellOf(times[row]) != WindowCells.NO_CELL);
    }
    tally.count(ref, page, rows);
    if (pipeline.isFilterOnly()) {
      run.filter(page, rows);
      meter.check();
      meter.countPassed(rows.count());
      addAlike(page, index, rows);
    } else {
      boolean isSearched = run.prepare(page, rows) == PipelineRun.Searched.WHOLLY;
      addRows(page, index, rows, isSearched ? columnRows : null);
    }
    return Crew.Wanted.MORE;
  }

  /**
   * @param columns null: rows are to be run
   */
  private void addRows(Page page, int index, Selection rows, @Nullable ColumnRows columns) {
    int tried = BATCH_ROWS_MIN;
    for (int from = 0; from < rows.count(); ) {
      meter.check();
      int most = rows.count();
      if (columns != null && columns.mayRead(page)) {
        int end = Math.min(rows.count(), from + PipelineRun.BATCH_ROWS);
        int read = columns.read(page, rows, from, end);
        if (read > from) {
          addRead(page, index, rows, from, read, columns);
          from = read;
          tried = BATCH_ROWS_MIN;
          continue;
        }
        most = Math.min(most, from + tried);
        tried = Math.min(PipelineRun.BATCH_ROWS, 2 * tried);
      }
      int to = run.batchEnd(page, rows.rows(), from, most);
      addBatch(page, index, run.run(page, rows, from, to));
      from = to;
    }
  }

  private void addBatch(Page page, int index, RowBatch batch) {
    int[] streams = page.streamOrdinals();
    int stream = -1;
    meter.countPassed(batch.count());
    for (int i = 0; i < batch.count(); i++) {
      RowLabels labels = batch.labels(i);
      PipelineErrors.check(labels);
      int row = batch.pageRow(i);
      observation.epochNanos = batch.timestampEpochNanos(i);
      observation.arrival = Observation.arrival(index, row);
      if (streams[row] != stream) {
        stream = streams[row];
        observation.stream = page.stream(stream);
      }
      observation.value =
          switch (plan.rowValue()) {
            case ONE -> 1;
            case LINE_BYTES -> batch.lineLength(i);
            case UNWRAPPED -> batch.value(i);
          };
      int cell = nearCell.of(observation.epochNanos);
      table.add(series.series(batch, i), cell, observation);
    }
  }

  /** Adds rows that were read off columns; the first of each group is run, and has the labels. */
  private void addRead(Page page, int index, Selection rows, int from, int to, ColumnRows columns) {
    long[] times = page.timestampsEpochNanos();
    int[] streams = page.streamOrdinals();
    int stream = -1;
    int passed = 0;
    if (groupGeneration != columns.generation()) {
      groupGeneration = columns.generation();
      groupCount = 0;
    }
    for (int i = from; i < to; i++) {
      int group = columns.group(i - from);
      if (group == ColumnRows.DROPPED) {
        continue;
      }
      if (group == groupCount) {
        nameGroup(page, rows, i);
      }
      int row = rows.row(i);
      if (streams[row] != stream) {
        stream = streams[row];
        observation.stream = page.stream(stream);
      }
      observation.epochNanos = times[row];
      observation.arrival = Observation.arrival(index, row);
      observation.value = columns.value(i - from);
      table.add(groupSeries[group], nearCell.of(times[row]), observation);
      passed++;
    }
    meter.countPassed(passed);
  }

  private void nameGroup(Page page, Selection rows, int at) {
    RowBatch batch = run.run(page, rows, at, at + 1);
    if (batch.count() != 1) {
      throw new IllegalStateException("columns have a row that was dropped: " + rows.row(at));
    }
    if (groupCount == groupSeries.length) {
      groupSeries = Arrays.copyOf(groupSeries, 2 * groupCount);
    }
    groupSeries[groupCount++] = series.series(batch.labels(0));
  }

  /**
   * Where stages only filter, labels are looked at once per class of rows, and neighbours in a cell
   * are one addition.
   */
  private void addAlike(Page page, int index, Selection rows) {
    if (rows.isEmpty()) {
      return;
    }
    alike.sort(page, rows);
    nameClasses(page);
    RangeTable.OfCells cells = (RangeTable.OfCells) table;
    switch (plan.rowValue()) {
      case ONE -> addCounts(page, rows, cells);
      case LINE_BYTES -> addBytes(page, rows, cells);
      case UNWRAPPED -> throw new IllegalStateException("unwrap is not a filter, page " + index);
    }
  }

  private void nameClasses(Page page) {
    int count = alike.count();
    if (classSeries.length < count) {
      classSeries = new int[count * 2];
    }
    Selection firsts = Selection.taking(alike.firstRows(), count);
    for (int from = 0; from < count; from += PipelineRun.BATCH_ROWS) {
      meter.check();
      int to = Math.min(count, from + PipelineRun.BATCH_ROWS);
      RowBatch batch =
          alike.isMetadataLookedAt()
              ? run.run(page, firsts, from, to)
              : run.runBare(page, firsts, from, to);
      if (batch.count() != to - from) {
        throw new IllegalStateException(
            "a filter changed its mind: rows=" + (to - from) + " left=" + batch.count());
      }
      for (int i = 0; i < batch.count(); i++) {
        RowLabels labels = batch.labels(i);
        PipelineErrors.check(labels);
        classSeries[from + i] = series.series(batch.labels(i));
      }
    }
  }

  private void addCounts(Page page, Selection rows, RangeTable.OfCells cells) {
    long[] times = page.timestampsEpochNanos();
    int first = rows.row(0);
    boolean areNeighbours = rows.row(rows.count() - 1) - first == rows.count() - 1;
    int[] selected = areNeighbours ? NO_ROWS : rows.rows();
    for (int run = 0; run < alike.runCount(); run++) {
      CellSeries of = cells.cells(classSeries[alike.runClasses()[run]]);
      int i = alike.runStarts()[run];
      int end = alike.runStarts()[run + 1];
      while (i < end) {
        int from = i;
        int cell = windows.cellOf(times[areNeighbours ? first + i : selected[i]]);
        i =
            areNeighbours
                ? cellEnd(times, first + i, first + end, cell) - first
                : cellEnd(times, selected, i, end, cell);
        int at = of.index(cell);
        ((CountCells) of.cells()).add(at, i - from);
      }
    }
  }

  /** The first row behind {@code from} that is not in the cell. */
  private int cellEnd(long[] times, int from, int end, int cell) {
    long first = windows.cellFirstEpochNanos(cell);
    long length = windows.cellLastEpochNanos(cell) - first;
    int row = from + 1;
    while (row < end && Long.compareUnsigned(times[row] - first, length) <= 0) {
      row++;
    }
    return row;
  }

  private void addBytes(Page page, Selection rows, RangeTable.OfCells cells) {
    IntUnaryOperator lineBytes = lineBytes(page);
    int[] selected = rows.rows();
    long[] times = page.timestampsEpochNanos();
    for (int run = 0; run < alike.runCount(); run++) {
      CellSeries of = cells.cells(classSeries[alike.runClasses()[run]]);
      int i = alike.runStarts()[run];
      int end = alike.runStarts()[run + 1];
      while (i < end) {
        int cell = windows.cellOf(times[selected[i]]);
        int cellEnd = cellEnd(times, selected, i, end, cell);
        long bytes = 0;
        for (; i < cellEnd; i++) {
          bytes += lineBytes.applyAsInt(selected[i]);
        }
        int at = of.index(cell);
        ((ByteCells) of.cells()).add(at, bytes);
      }
    }
  }

  /** The first selected row behind {@code from} that is not in the cell. */
  private int cellEnd(long[] times, int[] selected, int from, int end, int cell) {
    long first = windows.cellFirstEpochNanos(cell);
    long length = windows.cellLastEpochNanos(cell) - first;
    int i = from + 1;
    // One comparison for both bounds: below the first, the difference is huge without its sign.
    while (i < end && Long.compareUnsigned(times[selected[i]] - first, length) <= 0) {
      i++;
    }
    return i;
  }

  /** Per row the length of its line; lines that are taken apart need not be put together for it. */
  private static IntUnaryOperator lineBytes(Page page) {
    ShapedLines shaped = page.shaped();
    if (shaped != null) {
      return shaped::lineLength;
    }
    Lines lines = page.lines();
    return row -> lines.end(row) - lines.start(row);
  }
}
