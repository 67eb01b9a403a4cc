package dev.skald.storage.shape;

import dev.skald.bytes.ByteReader;
import dev.skald.compress.ZstdContexts;
import dev.skald.model.Shape;
import dev.skald.model.Shape.SlotKind;
import java.util.ArrayList;
import java.util.List;

/** The shapes of a segment, as stored. Immutable. */
public final class SegmentShapes {
  private static final SlotKind[] KINDS = SlotKind.values();

  private final List<Shape> shapes;
  private final List<int[]> columns;

  private SegmentShapes(List<Shape> shapes, List<int[]> columns) {
    this.shapes = List.copyOf(shapes);
    this.columns = List.copyOf(columns);
  }

  /**
   * @param in the payload of the shapes' block
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  public static SegmentShapes read(ByteReader in, ZstdContexts zstd) {
    ByteReader content = Packed.read(in, zstd);
    SegmentShapes shapes = read(content);
    content.requireEnd("shapes");
    return shapes;
  }

  /** Reads them and no further. */
  static SegmentShapes read(ByteReader content) {
    int count =
        content.readCount("shapes", Math.min(ShapeTable.SHAPES_MAX + 1, content.remaining()));
    List<Shape> shapes = new ArrayList<>(count);
    List<int[]> columns = new ArrayList<>(count);
    if (count == ShapeTexts.LAYOUT) {
      for (ShapeTexts.Entry entry : ShapeTexts.read(content)) {
        shapes.add(entry.shape());
        columns.add(entry.columns());
      }
    } else {
      readVersion2(content, count, shapes, columns);
    }
    return new SegmentShapes(shapes, columns);
  }

  private static void readVersion2(
      ByteReader content, int count, List<Shape> shapes, List<int[]> columns) {
    for (int i = 0; i < count; i++) {
      int slots = content.readCount("slots of shape", SplitLine.SLOTS_MAX);
      List<SlotKind> kinds = new ArrayList<>(slots);
      for (int slot = 0; slot < slots; slot++) {
        kinds.add(kind(content, content.readByte()));
      }
      int[] columnOf = new int[slots];
      for (int slot = 0; slot < slots; slot++) {
        columnOf[slot] = content.readCount("column of slot", Integer.MAX_VALUE);
      }
      int[] lengths = new int[slots + 1];
      for (int text = 0; text <= slots; text++) {
        lengths[text] = content.readCount("bytes of text", content.remaining());
      }
      byte[][] texts = new byte[slots + 1][];
      for (int text = 0; text <= slots; text++) {
        texts[text] = content.readBytes(lengths[text]);
      }
      shapes.add(new Shape(texts, kinds));
      columns.add(columnOf);
    }
  }

  /**
   * @param in to name damage
   */
  static SlotKind kind(ByteReader in, int code) {
    for (SlotKind kind : KINDS) {
      if (kind.code() == code) {
        return kind;
      }
    }
    throw in.corrupt("kind of slot", "0 to 3", code);
  }

  int count() {
    return shapes.size();
  }

  Shape shape(int ordinal) {
    return shapes.get(ordinal);
  }

  /** Per slot, the segment's number of its column. */
  int[] columns(int ordinal) {
    return columns.get(ordinal);
  }
}
