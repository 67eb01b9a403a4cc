package dev.skald.logql.engine;

/**
 * The cells of one series. Only the run of cells from the first to the last touched one is kept:
 * many series live for a small part of a query's time.
 */
final class CellSeries {
  private static final int CELLS_MIN = 4;

  private final WindowCells windows;
  private final QueryMeter meter;
  private Cells cells;

  /** The cell that stands at index 0 of {@link #cells}. */
  private int first;

  CellSeries(WindowCells windows, Cells kind, QueryMeter meter) {
    this.windows = windows;
    this.meter = meter;
    cells = kind.empty(0);
  }

  /** Where {@link #cells} has room for a cell; made if need be. */
  int index(int cell) {
    int index = cell - first;
    if (index < 0 || index >= cells.size()) {
      cover(cell);
      index = cell - first;
    }
    return index;
  }

  /** Until {@link #index} is called again. */
  Cells cells() {
    return cells;
  }

  private void cover(int cell) {
    int size = cells.size();
    int from = size == 0 ? cell : Math.min(first, cell);
    int end = size == 0 ? cell + 1 : Math.max(first + size, cell + 1);
    int roomy = Math.min(windows.cellCount(), Math.max(CELLS_MIN, Math.max(end - from, 2 * size)));
    // Grows to the side where the cell is: time in a page ascends, pages come in any order.
    if (cell < first && size > 0) {
      from = Math.max(0, end - roomy);
    } else {
      from = Math.min(from, windows.cellCount() - roomy);
    }
    meter.reserve((long) (roomy - size) * cells.bytesPerCell());
    Cells grown = cells.empty(roomy);
    for (int i = 0; i < size; i++) {
      if (cells.touched(i)) {
        grown.merge(first - from + i, cells, i);
      }
    }
    cells = grown;
    first = from;
  }

  /** Adds another worker's cells of the same series. */
  void absorb(CellSeries other) {
    for (int i = 0; i < other.cells.size(); i++) {
      if (other.cells.touched(i)) {
        int index = index(other.first + i);
        cells.merge(index, other.cells, i);
      }
    }
  }

  /** Frees the cells. */
  void release() {
    meter.release((long) cells.size() * cells.bytesPerCell());
    cells = cells.empty(0);
  }

  /**
   * Writes the function's value of each window into {@code series}, divided by {@code divisor}.
   *
   * <p>Each window is the end of one block of cells and the start of the next, blocks being as long
   * as windows; running aggregates from both ends of every block make a window cost one merge (van
   * Herk 1992, Gil and Werman 1993).
   */
  void windows(StepSeries series, double divisor) {
    int width = windows.cellsPerWindow();
    if (cells.size() == 0 || width == 0) {
      return;
    }
    Cells toBlockEnd = width == 1 ? cells : suffixes(width);
    Cells fromBlockStart = width == 1 ? cells : prefixes(width);
    Cells window = cells.empty(1);
    int end = first + cells.size();
    for (int step = 0; step < series.steps(); step++) {
      int from = windows.firstCell(step);
      int last = from + width - 1;
      if (last < first || from >= end) {
        continue;
      }
      window.clear(0);
      int left = Math.max(from, first);
      if (left / width == from / width) {
        window.merge(0, toBlockEnd, left - first);
      }
      int right = Math.min(last, end - 1);
      if (last / width != from / width && right / width == last / width) {
        window.merge(0, fromBlockStart, right - first);
      }
      if (window.touched(0)) {
        double value =
            window.result(
                0, windows.windowStartEpochNanos(step), windows.windowEndEpochNanos(step));
        series.set(step, value / divisor);
      }
    }
  }

  private Cells suffixes(int width) {
    int size = cells.size();
    Cells suffixes = cells.empty(size);
    for (int i = size - 1; i >= 0; i--) {
      suffixes.merge(i, cells, i);
      if (i + 1 < size && (first + i + 1) % width != 0) {
        suffixes.merge(i, suffixes, i + 1);
      }
    }
    return suffixes;
  }

  private Cells prefixes(int width) {
    int size = cells.size();
    Cells prefixes = cells.empty(size);
    for (int i = 0; i < size; i++) {
      if (i > 0 && (first + i) % width != 0) {
        prefixes.merge(i, prefixes, i - 1);
      }
      prefixes.merge(i, cells, i);
    }
    return prefixes;
  }
}
