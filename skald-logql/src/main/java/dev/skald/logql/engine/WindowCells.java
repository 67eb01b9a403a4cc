package dev.skald.logql.engine;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.QuerySpan;

/**
 * Time cut at every start and end of a range function's windows, so that a row is counted once,
 * whatever the number of windows that see it: each window is a run of whole cells.
 *
 * <p>Windows are {@code (t - offset - range, t - offset]} for each time t of a {@link StepGrid}
 * (spec logql.md 8.2). Three layouts, chosen by the numbers; in all of them every window has the
 * same count of cells, {@link #cellsPerWindow}:
 *
 * <pre>
 *   range a multiple of step     |..|..|..|..|      one cell per step
 *   range not a multiple         |.:.|.:.|.:.|      two per step, cut where windows end;
 *                                                   if range < step the second is in no window
 *   range covers all steps       |.|.|....|.|.|     starts, one wide cell in the middle, ends
 * </pre>
 *
 * Windows with a common part share its cells; there are at most four cells per step.
 */
final class WindowCells {
  /** What {@link #cellOf} says of a time that no window sees. */
  static final int NO_CELL = -1;

  private final StepGrid grid;
  private final long rangeNanos;

  /** Exclusive start of the first window. */
  private final long originEpochNanos;

  private final long lastEndEpochNanos;
  private final Layout layout;
  private final int cellsPerWindow;
  private final int cellCount;

  /** Where in a step windows end; only for {@link Layout#TWO_PER_STEP}. */
  private final long cutNanos;

  private enum Layout {
    ONE_PER_STEP,
    TWO_PER_STEP,
    WIDE
  }

  /**
   * @param rangeNanos positive
   * @param offsetNanos may be negative
   */
  WindowCells(StepGrid grid, long rangeNanos, long offsetNanos) {
    this.grid = grid;
    this.rangeNanos = rangeNanos;
    int steps = grid.count();
    try {
      long firstEnd = Math.subtractExact(grid.startEpochNanos(), offsetNanos);
      originEpochNanos = Math.subtractExact(firstEnd, rangeNanos);
      lastEndEpochNanos =
          Math.addExact(firstEnd, Math.multiplyExact(Math.max(0L, steps - 1), grid.stepNanos()));
      // All times are counted from the origin.
      Math.subtractExact(Math.addExact(lastEndEpochNanos, 1), originEpochNanos);
    } catch (ArithmeticException e) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "query reaches beyond the times that 64 bits of nanoseconds can tell",
          e);
    }
    long whole = rangeNanos / grid.stepNanos();
    cutNanos = rangeNanos % grid.stepNanos();
    if (whole >= steps) {
      layout = Layout.WIDE;
      cellsPerWindow = Math.max(1, steps);
      cellCount = Math.max(1, 2 * steps - 1);
    } else if (cutNanos == 0) {
      layout = Layout.ONE_PER_STEP;
      cellsPerWindow = (int) whole;
      cellCount = steps - 1 + cellsPerWindow;
    } else {
      layout = Layout.TWO_PER_STEP;
      cellsPerWindow = 2 * (int) whole + 1;
      cellCount = 2 * (steps - 1) + cellsPerWindow;
    }
  }

  /** All times that some window sees, and those between windows. */
  QuerySpan span() {
    if (grid.count() == 0) {
      return new QuerySpan(originEpochNanos, originEpochNanos);
    }
    return new QuerySpan(originEpochNanos + 1, Math.addExact(lastEndEpochNanos, 1));
  }

  StepGrid grid() {
    return grid;
  }

  int cellCount() {
    return cellCount;
  }

  int cellsPerWindow() {
    return cellsPerWindow;
  }

  /** True if rows of {@link #span} may be in no window. */
  boolean hasGaps() {
    return layout == Layout.TWO_PER_STEP && rangeNanos < grid.stepNanos();
  }

  /** The window of a step is this cell and the following, {@link #cellsPerWindow} in all. */
  int firstCell(int step) {
    return layout == Layout.TWO_PER_STEP ? 2 * step : step;
  }

  /** Exclusive. */
  long windowStartEpochNanos(int step) {
    return originEpochNanos + step * grid.stepNanos();
  }

  /** Inclusive. */
  long windowEndEpochNanos(int step) {
    return windowStartEpochNanos(step) + rangeNanos;
  }

  /** The cell of a time, or {@link #NO_CELL}. */
  int cellOf(long epochNanos) {
    if (epochNanos <= originEpochNanos || epochNanos > lastEndEpochNanos) {
      return NO_CELL;
    }
    long at = epochNanos - originEpochNanos - 1;
    return switch (layout) {
      case ONE_PER_STEP -> (int) (at / grid.stepNanos());
      case TWO_PER_STEP -> {
        int step = (int) (at / grid.stepNanos());
        boolean second = at - step * grid.stepNanos() >= cutNanos;
        yield second && hasGaps() ? NO_CELL : 2 * step + (second ? 1 : 0);
      }
      case WIDE -> {
        int middle = grid.count() - 1;
        if (at >= rangeNanos) {
          yield middle + 1 + (int) ((at - rangeNanos) / grid.stepNanos());
        }
        yield (int) Math.min(middle, at / grid.stepNanos());
      }
    };
  }

  /** The oldest time of a cell. */
  long cellFirstEpochNanos(int cell) {
    return originEpochNanos + 1 + cellStart(cell);
  }

  /** The newest time of a cell. */
  long cellLastEpochNanos(int cell) {
    return cell + 1 == cellCount ? lastEndEpochNanos : originEpochNanos + cellStart(cell + 1);
  }

  private long cellStart(int cell) {
    long step = grid.stepNanos();
    return switch (layout) {
      case ONE_PER_STEP -> cell * step;
      case TWO_PER_STEP -> (cell >> 1) * step + ((cell & 1) == 0 ? 0 : cutNanos);
      case WIDE ->
          cell < grid.count() ? cell * step : rangeNanos + (cell - (long) grid.count()) * step;
    };
  }
}
