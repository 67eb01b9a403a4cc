package dev.skald.logql.engine;

/**
 * Finds cells of times that come one after the other, as the rows of a page do: most lie in the cell of the time before.
 * One thread.
 */
final class NearCell {
  private final WindowCells windows;
  private int cell = WindowCells.NO_CELL;

  /** Inclusive bounds of {@link #cell}; none at first. */
  private long firstEpochNanos = Long.MAX_VALUE;

  private long lastEpochNanos = Long.MIN_VALUE;

  NearCell(WindowCells windows) {
    this.windows = windows;
  }

  /** As {@link WindowCells#cellOf}. */
  int of(long epochNanos) {
    if (epochNanos >= firstEpochNanos && epochNanos <= lastEpochNanos) {
      return cell;
    }
    int found = windows.cellOf(epochNanos);
    if (found != WindowCells.NO_CELL) {
      cell = found;
      firstEpochNanos = windows.cellFirstEpochNanos(found);
      lastEpochNanos = windows.cellLastEpochNanos(found);
    }
    return found;
  }
}
