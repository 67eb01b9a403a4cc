package dev.skald.storage.shape;

import dev.skald.bytes.ByteReader;
import dev.skald.compress.ZstdContexts;
import dev.skald.model.Shape;
import dev.skald.model.Stamp;
import dev.skald.storage.column.ColumnHead;
import dev.skald.storage.column.ColumnMarks;
import dev.skald.storage.column.NestedStrings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a page says of its shapes and columns before any of them is read. Immutable.
 *
 * @param ordinalsFrame where the shapes of rows stand; -1 if all rows have the same
 */
public record ShapedDirectory(
    List<PageShape> shapes, List<PageColumn> columns, List<PageFrame> frames, int ordinalsFrame) {
  /** A page has no more rows than that; what says so is damage. */
  private static final int ROWS_MAX = 1 << 22;

  /** Bytes of a frame, unpacked. */
  private static final int FRAME_BYTES_MAX = 1 << 30;

  /**
   * @param columns per slot, the page's ordinal of its column
   */
  @SuppressWarnings("ArrayRecordComponent")
  record PageShape(Shape shape, int rowCount, int[] columns) {}

  /** A column before it is read. */
  static final class PageColumn {
    private final ColumnHead head;
    private final int valueCount;
    private final int frame;
    private final int offset;
    private final ColumnMarks marks = new ColumnMarks();
    private volatile @Nullable Stamp stamp;

    /**
     * @param offset where in its frame the column stands
     */
    PageColumn(ColumnHead head, int valueCount, int frame, int offset) {
      this.head = head;
      this.valueCount = valueCount;
      this.frame = frame;
      this.offset = offset;
    }

    ColumnHead head() {
      return head;
    }

    int valueCount() {
      return valueCount;
    }

    int frame() {
      return frame;
    }

    int offset() {
      return offset;
    }

    ColumnMarks marks() {
      return marks;
    }

    /** The head's; put together once. */
    Stamp stamp() {
      Stamp known = stamp;
      if (known == null) {
        known = head.stamp();
        stamp = known;
      }
      return known;
    }
  }

  record PageFrame(FramePacking packing, int contentBytes) {}

  /**
   * Reads a page's.
   *
   * @param in the payload of its block
   * @param frameCount of the page
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  public static ShapedDirectory read(
      ByteReader in, SegmentShapes shapes, int rowCount, int frameCount, ZstdContexts zstd) {
    ByteReader content = Packed.read(in, zstd);
    ShapedDirectory directory = read(content, shapes, rowCount, NestedShapes.reader(zstd));
    content.requireEnd("directory of page");
    if (directory.frames().size() != frameCount) {
      throw in.corrupt("frames of page", frameCount, directory.frames().size());
    }
    return directory;
  }

  /**
   * Reads it and no further.
   *
   * @param nested for columns whose strings are taken apart once more
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  static ShapedDirectory read(
      ByteReader content, SegmentShapes known, int rowCount, NestedStrings nested) {
    int shapeCount = content.readCount("shapes of page", content.remaining());
    List<PageShape> shapes = new ArrayList<>(shapeCount);
    Map<Integer, Integer> ordinals = new HashMap<>();
    List<Integer> valueCounts = new ArrayList<>();
    int rows = 0;
    for (int i = 0; i < shapeCount; i++) {
      int ordinal = content.readCount("shape of page", known.count() - 1);
      int shapeRows = content.readCount("rows of shape", ROWS_MAX);
      rows += shapeRows;
      int[] columns = known.columns(ordinal).clone();
      for (int slot = 0; slot < columns.length; slot++) {
        Integer first = ordinals.putIfAbsent(columns[slot], ordinals.size());
        columns[slot] = first == null ? ordinals.size() - 1 : first;
        if (first == null) {
          valueCounts.add(shapeRows);
        } else {
          valueCounts.set(first, valueCounts.get(first) + shapeRows);
        }
      }
      shapes.add(new PageShape(known.shape(ordinal), shapeRows, columns));
    }
    if (rows != rowCount) {
      throw content.corrupt("rows of shapes", rowCount, rows);
    }
    int frameCount = content.readCount("frames of page", content.remaining());
    List<PageFrame> frames = new ArrayList<>(frameCount);
    for (int i = 0; i < frameCount; i++) {
      frames.add(
          new PageFrame(
              FramePacking.read(content), content.readCount("bytes of frame", FRAME_BYTES_MAX)));
    }
    int ordinalsFrame = content.readCount("frame of row shapes", frameCount) - 1;
    int columnCount = content.readCount("columns of page", content.remaining());
    if (columnCount != valueCounts.size()) {
      throw content.corrupt("columns of page", valueCounts.size(), columnCount);
    }
    int[] frameAt = new int[frameCount];
    List<PageColumn> columns = new ArrayList<>(columnCount);
    for (int i = 0; i < columnCount; i++) {
      int frame = content.readCount("frame of column", frameCount) - 1;
      if (frame < 0) {
        int same = content.readCount("column that is the same", i - 1);
        if (columns.get(same).valueCount() != valueCounts.get(i)) {
          throw content.corrupt(
              "values of column that is the same",
              valueCounts.get(i),
              columns.get(same).valueCount());
        }
        columns.add(columns.get(same));
        continue;
      }
      ColumnHead head = ColumnHead.read(content, nested);
      columns.add(new PageColumn(head, valueCounts.get(i), frame, frameAt[frame]));
      frameAt[frame] += head.bodyBytes();
      if (frameAt[frame] > frames.get(frame).contentBytes()) {
        throw content.corrupt(
            "end of column in frame", frames.get(frame).contentBytes(), frameAt[frame]);
      }
    }
    if (ordinalsFrame < 0 && shapeCount != 1) {
      throw content.corrupt("shapes of page without row shapes", 1, shapeCount);
    }
    return new ShapedDirectory(shapes, columns, frames, ordinalsFrame);
  }
}
