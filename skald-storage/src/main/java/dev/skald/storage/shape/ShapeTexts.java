package dev.skald.storage.shape;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.Shape;
import dev.skald.model.Shape.SlotKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of shapes as bytes: what {@link SegmentShapes} reads. The texts of all shapes with a mark for each slot, so
 * that they repeat each other as lines do; then the columns of all slots.
 */
final class ShapeTexts {
  /** Begins a table that is written so; version 2 began with the number of shapes. */
  static final int LAYOUT = 0;

  /** Marks below are slots, by the codes of their kinds. */
  private static final int END = 4;

  /** The next byte is no mark. */
  private static final int ESCAPE = 5;

  private ShapeTexts() {}

  /** A shape and the columns of its slots. */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(Shape shape, int[] columns) {}

  /**
   * Appends shapes.
   *
   * @param scratch cleared, to be used
   */
  static void write(List<KnownShape> shapes, ByteWriter out, ByteWriter scratch) {
    scratch.clear();
    for (KnownShape known : shapes) {
      writeTexts(known.shape(), scratch);
    }
    out.putVarint(LAYOUT);
    out.putVarint(shapes.size());
    out.putVarint(scratch.size());
    out.putBytes(scratch.array(), 0, scratch.size());
    ColumnGuess guess = new ColumnGuess();
    DenseNumbers numbers = new DenseNumbers();
    for (KnownShape known : shapes) {
      guess.beginShape();
      for (int slot = 0; slot < known.shape().slotCount(); slot++) {
        int column = numbers.of(known.column(slot));
        out.putVarint(guess.encode(known.shape().text(slot), column));
      }
    }
  }

  private static void writeTexts(Shape shape, ByteWriter out) {
    for (int i = 0; i <= shape.slotCount(); i++) {
      for (byte b : shape.text(i)) {
        if (b >= 0 && b <= ESCAPE) {
          out.putByte(ESCAPE);
        }
        out.putByte(b);
      }
      out.putByte(i < shape.slotCount() ? shape.kind(i).code() : END);
    }
  }

  /**
   * Reads shapes and no further; {@link #LAYOUT} has been read.
   *
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  static List<Entry> read(ByteReader in) {
    int count = in.readCount("shapes", Math.min(ShapeTable.SHAPES_MAX + 1, in.remaining()));
    int textBytes = in.readCount("bytes of texts", in.remaining());
    int at = in.skip(textBytes);
    ByteReader texts = new ByteReader("texts of shapes", at, in.array(), at, at + textBytes);
    List<Shape> shapes = new ArrayList<>(count);
    ByteWriter text = new ByteWriter(256);
    for (int i = 0; i < count; i++) {
      shapes.add(readShape(texts, text));
    }
    texts.requireEnd("texts of shapes");
    List<Entry> entries = new ArrayList<>(count);
    ColumnGuess guess = new ColumnGuess();
    for (Shape shape : shapes) {
      int[] columns = new int[shape.slotCount()];
      guess.beginShape();
      for (int slot = 0; slot < columns.length; slot++) {
        int code = in.readCount("column of slot", guess.count() + 1);
        columns[slot] = guess.decode(shape.text(slot), code);
      }
      entries.add(new Entry(shape, columns));
    }
    return entries;
  }

  private static Shape readShape(ByteReader in, ByteWriter text) {
    List<byte[]> texts = new ArrayList<>();
    List<SlotKind> kinds = new ArrayList<>();
    text.clear();
    while (true) {
      int b = in.readByte();
      if (b > ESCAPE) {
        text.putByte(b);
      } else if (b == ESCAPE) {
        text.putByte(in.readByte());
      } else {
        texts.add(text.toByteArray());
        text.clear();
        if (b == END) {
          return new Shape(texts.toArray(byte[][]::new), kinds);
        }
        if (kinds.size() == SplitLine.SLOTS_MAX) {
          throw in.corrupt("slots of shape", "at most " + SplitLine.SLOTS_MAX, "more");
        }
        kinds.add(SegmentShapes.kind(in, b));
      }
    }
  }
}
