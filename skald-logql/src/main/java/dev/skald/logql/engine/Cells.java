package dev.skald.logql.engine;

/**
 * What a range function keeps per cell of time, in columns. A cell is untouched until it has seen a
 * sample. Merging is associative, and the earlier operand comes first; that is all
 * {@link CellSeries} needs to make windows of cells.
 */
abstract sealed class Cells
    permits CountCells, ByteCells, SumCells, ExtremeCells, EdgeCells, DeviationCells, CounterCells {
  /** Cells of the same kind, untouched. */
  abstract Cells empty(int size);

  abstract int size();

  /** Memory per cell. */
  abstract int bytesPerCell();

  abstract boolean touched(int cell);

  abstract void add(int cell, Observation observation);

  /** Makes {@code cell} what it would be had it seen {@code other}'s samples too, after its own. */
  abstract void merge(int cell, Cells other, int otherCell);

  /** Makes {@code cell} untouched. */
  abstract void clear(int cell);

  /** The function's value for the samples of a touched cell. */
  abstract double result(int cell);

  /**
   * As {@link #result(int)}, for those to whom the window matters.
   *
   * @param startEpochNanos exclusive
   * @param endEpochNanos inclusive
   */
  double result(int cell, long startEpochNanos, long endEpochNanos) {
    return result(cell);
  }
}
