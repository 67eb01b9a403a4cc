package dev.skald.storage.shape;

import dev.skald.bytes.ByteReader;
import dev.skald.compress.ZstdContexts;
import dev.skald.model.Needle;
import dev.skald.model.Selection;
import dev.skald.model.Shape;
import dev.skald.model.ShapedLines;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import dev.skald.storage.column.MappedBody;
import dev.skald.storage.column.PickedColumn;
import dev.skald.storage.shape.ShapedDirectory.PageColumn;
import dev.skald.storage.shape.ShapedDirectory.PageFrame;
import dev.skald.storage.shape.ShapedDirectory.PageShape;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a page as they are stored: shapes and columns. Frames are read when one of their
 * columns is first asked for, and let go when all of them are decoded. One thread.
 */
public final class ShapedPage implements ShapedLines {
  private final ShapedDirectory directory;
  private final Frames frames;
  private final @Nullable ZstdContexts zstd;
  private final int rowCount;
  private final Packed.@Nullable Content[] contents;
  private final @Nullable SlotColumn[] columns;
  private final int[] @Nullable [] positions;

  /** Columns that the same shapes have share their positions. */
  private final Map<BitSet, int[]> positionsOfShapes = new HashMap<>();

  private final @Nullable LineParts[] parts;
  private int @Nullable [] identity;
  private int @Nullable [] shapeOrdinals;

  /** A page none of whose frames is packed. */
  ShapedPage(ShapedDirectory directory, int rowCount, Frames frames) {
    this(directory, rowCount, frames, null);
  }

  private ShapedPage(
      ShapedDirectory directory, int rowCount, Frames frames, @Nullable ZstdContexts zstd) {
    this.directory = directory;
    this.rowCount = rowCount;
    this.frames = frames;
    this.zstd = zstd;
    contents = new Packed.Content[directory.frames().size()];
    columns = new SlotColumn[directory.columns().size()];
    positions = new int[directory.columns().size()][];
    parts = new LineParts[directory.shapes().size()];
  }

  /**
   * A page nothing of which has been read but its directory.
   *
   * @param rowCount that the directory was read for
   */
  public static ShapedPage of(
      ShapedDirectory directory, int rowCount, Frames frames, ZstdContexts zstd) {
    return new ShapedPage(directory, rowCount, frames, zstd);
  }

  /**
   * The same, with the directory read.
   *
   * @param in the payload of the directory's block
   * @param frameCount of the page
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  public static ShapedPage read(
      ByteReader in,
      SegmentShapes shapes,
      int rowCount,
      int frameCount,
      Frames frames,
      ZstdContexts zstd) {
    return of(ShapedDirectory.read(in, shapes, rowCount, frameCount, zstd), rowCount, frames, zstd);
  }

  int rowCount() {
    return rowCount;
  }

  ShapedDirectory directory() {
    return directory;
  }

  @Override
  public int shapeCount() {
    return directory.shapes().size();
  }

  @Override
  public Shape shape(int ordinal) {
    return directory.shapes().get(ordinal).shape();
  }

  @Override
  public int column(int shapeOrdinal, int slot) {
    return directory.shapes().get(shapeOrdinal).columns()[slot];
  }

  @Override
  public int rowCount(int shapeOrdinal) {
    return directory.shapes().get(shapeOrdinal).rowCount();
  }

  @Override
  public int columnCount() {
    return columns.length;
  }

  @Override
  public Stamp stamp(int column) {
    return directory.columns().get(column).stamp();
  }

  @Override
  public int[] shapeOrdinals() {
    if (shapeOrdinals == null) {
      shapeOrdinals = readOrdinals();
    }
    return shapeOrdinals;
  }

  private int[] readOrdinals() {
    int[] ordinals = new int[rowCount];
    int shapes = shapeCount();
    if (shapes == 1) {
      return ordinals;
    }
    int frame = directory.ordinalsFrame();
    PageFrame said = directory.frames().get(frame);
    int width = shapes > 1 << Byte.SIZE ? 2 : 1;
    ByteReader in = frames.read(frame);
    if (said.contentBytes() != rowCount * width) {
      throw in.corrupt("bytes of row shapes", rowCount * width, said.contentBytes());
    }
    Packed.Content content = Packed.content(in, said.packing(), said.contentBytes(), zstd);
    byte[] bytes = content.bytes();
    int start = content.start();
    int[] counts = new int[shapes];
    for (int row = 0; row < rowCount; row++) {
      int ordinal = bytes[start + row] & 0xff;
      if (width == 2) {
        ordinal |= (bytes[start + rowCount + row] & 0xff) << Byte.SIZE;
      }
      if (ordinal >= shapes) {
        throw in.corrupt("shape of row " + row, "below " + shapes, ordinal);
      }
      counts[ordinal]++;
      ordinals[row] = ordinal;
    }
    for (int i = 0; i < shapes; i++) {
      if (counts[i] != rowCount(i)) {
        throw in.corrupt("rows of shape " + i, rowCount(i), counts[i]);
      }
    }
    return ordinals;
  }

  @Override
  public SlotColumn column(int column) {
    SlotColumn known = columns[column];
    if (known == null) {
      known = open(directory.columns().get(column));
      columns[column] = known;
    }
    return known;
  }

  /** Those values of a column at {@code of}, which ascend; all are decoded only if they are already. */
  SlotColumn pick(int column, int[] of) {
    SlotColumn known = columns[column];
    PageColumn at = directory.columns().get(column);
    if (known == null && !at.head().isReadAsStored()) {
      Packed.Content content = content(at.frame());
      int start = content.start() + at.offset();
      int end = start + at.head().bodyBytes();
      ByteReader body = new ByteReader("column", start, content.bytes(), start, end);
      return at.head().pick(at.valueCount(), of, body, at.marks());
    }
    return new PickedColumn(column(column), of);
  }

  /** A few of the page's lines; the other rows' values need not be decoded for them. */
  public PickedLines pick(int[] rows, int count) {
    return new PickedLines(this, rows, count);
  }

  private SlotColumn open(PageColumn at) {
    boolean isPacked = directory.frames().get(at.frame()).packing() != FramePacking.RAW;
    MappedBody mapped =
        isPacked || !at.head().isReadAsStored() || contents[at.frame()] != null
            ? null
            : frames.map(at.frame());
    if (mapped != null) {
      return at.head().open(at.valueCount(), mapped.after(at.offset()));
    }
    Packed.Content content = content(at.frame());
    return at.head().open(at.valueCount(), content.bytes(), content.start() + at.offset());
  }

  private Packed.Content content(int frame) {
    Packed.Content known = contents[frame];
    if (known == null) {
      PageFrame said = directory.frames().get(frame);
      known = Packed.content(frames.read(frame), said.packing(), said.contentBytes(), zstd);
      contents[frame] = known;
    }
    return known;
  }

  @Override
  public int[] positions(int column) {
    int[] known = positions[column];
    if (known == null) {
      known =
          directory.columns().get(column).valueCount() == rowCount
              ? identity()
              : countPositions(column);
      positions[column] = known;
    }
    return known;
  }

  private int[] identity() {
    if (identity == null) {
      identity = new int[rowCount];
      Arrays.setAll(identity, row -> row);
    }
    return identity;
  }

  private int[] countPositions(int column) {
    BitSet shapes = new BitSet();
    for (int shape = 0; shape < shapeCount(); shape++) {
      for (int of : directory.shapes().get(shape).columns()) {
        if (of == column) {
          shapes.set(shape);
        }
      }
    }
    return positionsOfShapes.computeIfAbsent(shapes, this::countRows);
  }

  private int[] countRows(BitSet shapes) {
    int[] step = new int[shapeCount()];
    shapes.stream().forEach(shape -> step[shape] = 1);
    int[] ordinals = shapeOrdinals();
    int[] at = new int[rowCount];
    int next = 0;
    for (int row = 0; row < rowCount; row++) {
      at[row] = next;
      next += step[ordinals[row]];
    }
    return at;
  }

  /**
   * What the lines of a shape are put together from.
   *
   * @param fixedBytes of texts and of values that are all as long
   * @param varying slots whose values differ in length
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record LineParts(
      Shape shape, SlotColumn[] columns, int[][] positions, int fixedBytes, int[] varying) {}

  private LineParts parts(int shapeOrdinal) {
    LineParts known = parts[shapeOrdinal];
    if (known == null) {
      known = newParts(directory.shapes().get(shapeOrdinal));
      parts[shapeOrdinal] = known;
    }
    return known;
  }

  private LineParts newParts(PageShape of) {
    int slots = of.columns().length;
    SlotColumn[] columnOf = new SlotColumn[slots];
    int[][] positionsOf = new int[slots][];
    int[] varying = new int[slots];
    int varyingCount = 0;
    int fixedBytes = of.shape().textBytes();
    for (int slot = 0; slot < slots; slot++) {
      int column = of.columns()[slot];
      columnOf[slot] = column(column);
      positionsOf[slot] = positions(column);
      Stamp stamp = stamp(column);
      if (stamp.lengthMin() == stamp.lengthMax()) {
        fixedBytes += stamp.lengthMin();
      } else {
        varying[varyingCount++] = slot;
      }
    }
    return new LineParts(
        of.shape(), columnOf, positionsOf, fixedBytes, Arrays.copyOf(varying, varyingCount));
  }

  @Override
  public int lineLength(int row) {
    LineParts of = parts(shapeOrdinals()[row]);
    int length = of.fixedBytes();
    for (int slot : of.varying()) {
      length += of.columns()[slot].length(of.positions()[slot][row]);
    }
    return length;
  }

  @Override
  public int copyLine(int row, byte[] target, int from) {
    LineParts of = parts(shapeOrdinals()[row]);
    Shape shape = of.shape();
    SlotColumn[] columnOf = of.columns();
    int at = from;
    for (int slot = 0; slot < columnOf.length; slot++) {
      byte[] text = shape.text(slot);
      System.arraycopy(text, 0, target, at, text.length);
      at = columnOf[slot].copy(of.positions()[slot][row], target, at + text.length);
    }
    byte[] text = shape.text(columnOf.length);
    System.arraycopy(text, 0, target, at, text.length);
    return at + text.length;
  }

  @Override
  public void findLines(Needle needle, Selection rows, BitSet found) {
    new ShapeSearch(this, needle).find(rows, found);
  }
}
