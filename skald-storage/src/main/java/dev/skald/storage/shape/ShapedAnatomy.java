package dev.skald.storage.shape;

import dev.skald.model.Shape;
import dev.skald.storage.column.HeadText;
import dev.skald.storage.shape.ShapedDirectory.PageColumn;
import dev.skald.storage.shape.ShapedDirectory.PageFrame;
import dev.skald.storage.shape.ShapedDirectory.PageShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the lines of a page were taken apart into, for people: what its directory says, no value is read.
 *
 * @param shapes in the page's order
 * @param columns in the page's order
 * @param frames in order
 */
public record ShapedAnatomy(
    List<ShapePart> shapes, List<ColumnPart> columns, List<FramePart> frames) {
  /** Stands for the value of a slot. */
  public static final char HOLE = '▢';

  public ShapedAnatomy {
    shapes = List.copyOf(shapes);
    columns = List.copyOf(columns);
    frames = List.copyOf(frames);
  }

  /**
   * A shape that rows of the page have.
   *
   * @param text with a {@link #HOLE} for each slot
   */
  public record ShapePart(String text, int rowCount, int slotCount) {}

  /**
   * A column.
   *
   * @param shape the first of the page's shapes that has it
   * @param slot of that shape
   * @param shapeCount shapes that have it
   * @param sameAs an earlier column with the same bytes, or -1
   * @param bodyBytes in its frame, before that is packed
   */
  public record ColumnPart(
      int shape,
      int slot,
      int shapeCount,
      String encoding,
      int valueCount,
      int sameAs,
      int frame,
      int bodyBytes) {}

  /**
   * A frame.
   *
   * @param contentBytes before it is packed
   * @param isPacked by zstd
   * @param holdsRowShapes which row has which shape, not columns
   */
  public record FramePart(int contentBytes, boolean isPacked, boolean holdsRowShapes) {}

  /** Of a page that was opened. */
  public static ShapedAnatomy of(ShapedPage page) {
    ShapedDirectory directory = page.directory();
    List<ShapePart> shapes = new ArrayList<>();
    int[] firstShape = new int[directory.columns().size()];
    int[] firstSlot = new int[firstShape.length];
    int[] shapeCounts = new int[firstShape.length];
    for (int i = 0; i < directory.shapes().size(); i++) {
      PageShape shape = directory.shapes().get(i);
      shapes.add(new ShapePart(text(shape.shape()), shape.rowCount(), shape.columns().length));
      for (int slot = 0; slot < shape.columns().length; slot++) {
        int column = shape.columns()[slot];
        if (shapeCounts[column]++ == 0) {
          firstShape[column] = i;
          firstSlot[column] = slot;
        }
      }
    }
    List<ColumnPart> columns = new ArrayList<>();
    for (int i = 0; i < firstShape.length; i++) {
      PageColumn column = directory.columns().get(i);
      columns.add(
          new ColumnPart(
              firstShape[i],
              firstSlot[i],
              shapeCounts[i],
              HeadText.of(column.head()),
              column.valueCount(),
              sameAs(directory.columns(), i),
              column.frame(),
              column.head().bodyBytes()));
    }
    List<FramePart> frames = new ArrayList<>();
    for (int i = 0; i < directory.frames().size(); i++) {
      PageFrame frame = directory.frames().get(i);
      frames.add(
          new FramePart(
              frame.contentBytes(),
              frame.packing() == FramePacking.ZSTD,
              i == directory.ordinalsFrame()));
    }
    return new ShapedAnatomy(shapes, columns, frames);
  }

  /** A column that is kept once is read once: what is the same is the same object. */
  @SuppressWarnings("ReferenceEquality")
  private static int sameAs(List<PageColumn> columns, int column) {
    for (int i = 0; i < column; i++) {
      if (columns.get(i) == columns.get(column)) {
        return i;
      }
    }
    return -1;
  }

  private static String text(Shape shape) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= shape.slotCount(); i++) {
      text.append(HeadText.printable(new String(shape.text(i), StandardCharsets.UTF_8)));
      if (i < shape.slotCount()) {
        text.append(HOLE);
      }
    }
    return text.toString();
  }
}
