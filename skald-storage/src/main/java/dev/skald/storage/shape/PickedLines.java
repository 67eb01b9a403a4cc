package dev.skald.storage.shape;

import dev.skald.model.Shape;
import dev.skald.model.SlotColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Some lines of a page, put together from the values of their rows alone. One thread. */
public final class PickedLines {
  private final ShapedPage page;
  private final int[] shapes;

  /** By column of the page, those that the lines need. */
  private final @Nullable SlotColumn[] columns;

  /** Per line and slot, which of the picked values. */
  private final int[][] picked;

  /**
   * @param rows the first {@code count}, ascending
   */
  PickedLines(ShapedPage page, int[] rows, int count) {
    this.page = page;
    shapes = new int[count];
    columns = new SlotColumn[page.columnCount()];
    picked = new int[count][];
    int[] ordinals = page.shapeOrdinals();
    int[] sizes = new int[columns.length];
    int[][] positions = new int[columns.length][];
    for (int i = 0; i < count; i++) {
      shapes[i] = ordinals[rows[i]];
      picked[i] = new int[page.shape(shapes[i]).slotCount()];
      for (int slot = 0; slot < picked[i].length; slot++) {
        int column = page.column(shapes[i], slot);
        int[] of = positions[column];
        if (of == null) {
          of = new int[count];
          positions[column] = of;
        }
        picked[i][slot] = sizes[column];
        of[sizes[column]++] = page.positions(column)[rows[i]];
      }
    }
    for (int column = 0; column < columns.length; column++) {
      int[] of = positions[column];
      if (of != null) {
        columns[column] = page.pick(column, Arrays.copyOf(of, sizes[column]));
      }
    }
  }

  private SlotColumn column(int line, int slot) {
    SlotColumn column = columns[page.column(shapes[line], slot)];
    if (column == null) {
      throw new IllegalStateException("column that was not picked");
    }
    return column;
  }

  /** Bytes of the {@code line}-th of the rows. */
  public int length(int line) {
    int length = page.shape(shapes[line]).textBytes();
    for (int slot = 0; slot < picked[line].length; slot++) {
      length += column(line, slot).length(picked[line][slot]);
    }
    return length;
  }

  /** Writes it to {@code target[from ..]}; returns where it ends. */
  public int copy(int line, byte[] target, int from) {
    Shape shape = page.shape(shapes[line]);
    int at = from;
    for (int slot = 0; slot < picked[line].length; slot++) {
      byte[] text = shape.text(slot);
      System.arraycopy(text, 0, target, at, text.length);
      at = column(line, slot).copy(picked[line][slot], target, at + text.length);
    }
    byte[] text = shape.text(picked[line].length);
    System.arraycopy(text, 0, target, at, text.length);
    return at + text.length;
  }
}
