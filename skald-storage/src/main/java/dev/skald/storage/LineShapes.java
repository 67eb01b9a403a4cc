package dev.skald.storage;

import dev.skald.model.Lines;
import dev.skald.model.Shape;
import dev.skald.storage.shape.ShapeFinder;
import java.util.List;

/** The shapes of lines that are not stored taken apart, such as those of the head: found as for a segment. */
public final class LineShapes {
  private LineShapes() {}

  /**
   * The shape of each of {@code rows[0 .. count)}; a line that fits nothing has a shape of one slot and no text.
   *
   * @param seed of hashes, unknown to who sends lines
   */
  public static List<Shape> of(Lines lines, int[] rows, int count, long seed) {
    return ShapeFinder.find(lines, rows, count, seed);
  }
}
