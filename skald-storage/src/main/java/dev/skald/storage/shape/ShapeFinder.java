package dev.skald.storage.shape;

import dev.skald.model.Lines;
import dev.skald.model.Shape;
import dev.skald.storage.column.ValueSlices;
import java.util.ArrayList;
import java.util.List;

/** Splits lines without storing them. */
public final class ShapeFinder {
  private ShapeFinder() {}

  /** The shape of each of {@code rows[0 .. count)}. */
  public static List<Shape> find(Lines lines, int[] rows, int count, long seed) {
    ValueSlices slices = new ValueSlices();
    slices.reset(lines.bytes());
    for (int i = 0; i < count; i++) {
      slices.add(lines.start(rows[i]), lines.end(rows[i]));
    }
    PageSplit split = new PageSplit(new ShapeTable(seed));
    split.split(slices);
    List<Shape> shapes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      shapes.add(split.shape(i).shape());
    }
    return shapes;
  }
}
