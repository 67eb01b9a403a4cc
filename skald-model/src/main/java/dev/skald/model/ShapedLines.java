package dev.skald.model;

import java.util.BitSet;

/**
 * The lines of a page taken apart: each row has a shape, and each slot of a shape is filled from a column. The line
 * itself is what {@link Page#lines} says; everything here is a faster way to the same answer. Shapes, columns and their
 * ordinals are this page's. For one thread at a time.
 */
public interface ShapedLines {
  int shapeCount();

  Shape shape(int ordinal);

  /** The column that fills a slot; each column fills at most one slot of a shape, and may serve many shapes. */
  int column(int shapeOrdinal, int slot);

  /** Per row the ordinal of its shape. Borrowed. */
  int[] shapeOrdinals();

  /** Rows of a shape. */
  int rowCount(int shapeOrdinal);

  int columnCount();

  /** What is known of a column before it is read. */
  Stamp stamp(int column);

  /**
   * The values; read and decoded at the first call.
   *
   * @throws dev.skald.error.SkaldException CORRUPT if their bytes do not check
   */
  SlotColumn column(int column);

  /** Per row the position of its value in a column; meaningless for rows whose shape lacks it. Borrowed. */
  int[] positions(int column);

  /** Bytes of a row's line. */
  int lineLength(int row);

  /**
   * Writes the line to {@code target[at .. at + lineLength(row))}.
   *
   * @return where it ends
   */
  int copyLine(int row, byte[] target, int at);

  /**
   * Which of the selected rows' lines contain the literal anywhere: exactly those are set in {@code found}; bits of
   * rows that are not selected may be set or not.
   */
  void findLines(Needle needle, Selection rows, BitSet found);
}
