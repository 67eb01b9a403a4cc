package dev.skald.storage.shape;

import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdEffort;
import dev.skald.storage.column.ColumnEncoder;
import dev.skald.storage.column.ColumnHead;
import dev.skald.storage.column.ValueSlices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the lines of a page apart and writes them as a directory and frames of columns;
 * docs/format/shapes.md. Small columns that stand next to each other share a frame, since alone they
 * would lose what they have in common; large ones have a frame of their own, so that a query opens
 * no more than it needs. Reused from page to page; what it returns is valid until the next. One
 * thread.
 */
public final class ShapedPageWriter {
  /** A column with fewer bytes shares a frame. */
  static final int OWN_FRAME_BYTES_MIN = 32 << 10;

  /** A shared frame ends when it has so many bytes. */
  static final int SHARED_FRAME_BYTES = 256 << 10;

  /** A column with fewer bytes is not worth saying that it is the same as another. */
  private static final int SAME_BYTES_MIN = 32;

  /** zstd must save one part in so many, or the bytes stay as they are. */
  private static final int SAVED_PART_MIN = 32;

  private final long hashSeed;
  private ShapeTable table;
  private final ColumnEncoder encoder;
  private final @Nullable ZstdContexts zstd;
  private ZstdEffort effort;
  private final ValueSlices rows = new ValueSlices();
  private final PageSplit split;
  private final ByteWriter body = new ByteWriter(1 << 16);
  private final ByteWriter shared = new ByteWriter(1 << 16);
  private final ByteWriter content = new ByteWriter(1 << 12);
  private final ByteWriter directory = new ByteWriter(1 << 12);
  private final ByteWriter frameBytes = new ByteWriter(1 << 16);
  private final List<Frame> frames = new ArrayList<>();
  private final List<Placed> columns = new ArrayList<>();
  private int publishedBefore;

  /** Per column a hash of some of its values. */
  private long[] samples = new long[64];

  /** Bytes {@code start} to {@code end} - 1 of the writer's frame bytes, and what they unpack to. */
  private record Frame(FramePacking packing, int start, int end, int contentBytes) {}

  /**
   * @param frame or, negative, minus one minus the earlier column that is the same
   */
  private record Placed(ColumnHead head, int frame) {}

  /**
   * For the pages of one segment, whose shapes it collects.
   *
   * @param hashSeed unknown to who sends the lines
   */
  public ShapedPageWriter(long hashSeed, ZstdContexts zstd, ZstdEffort effort) {
    this(hashSeed, new ColumnEncoder(zstd, NestedShapes.writer(hashSeed, zstd)), zstd, effort);
  }

  /**
   * @param zstd null to leave frames as they are, all columns in one
   */
  ShapedPageWriter(
      long hashSeed, ColumnEncoder encoder, @Nullable ZstdContexts zstd, ZstdEffort effort) {
    this.hashSeed = hashSeed;
    this.encoder = encoder;
    this.zstd = zstd;
    this.effort = effort;
    this.table = new ShapeTable(hashSeed);
    this.split = new PageSplit(table);
  }

  /** Goes on with the pages of another segment: shapes are forgotten, buffers kept. */
  public void restart(ZstdEffort next) {
    effort = next;
    table = new ShapeTable(hashSeed);
    split.restart(table);
  }

  /** Forgets the shapes that the last page was the first to have: it is kept otherwise. */
  public void discard() {
    table.unpublish(publishedBefore);
  }

  /** Appends the shapes of all pages. */
  public void writeTable(ByteWriter out) {
    if (zstd == null) {
      ShapeTexts.write(table.published(), out, body);
    } else {
      content.clear();
      ShapeTexts.write(table.published(), content, body);
      Packed.write(content, out, zstd, effort.tables());
    }
  }

  /**
   * @param lines borrowed during the call
   * @param offsets row {@code r} is {@code lines[offsets[r] .. offsets[r + 1])}
   */
  public void encode(byte[] lines, int[] offsets, int rowCount) {
    rows.reset(lines);
    for (int row = 0; row < rowCount; row++) {
      rows.add(offsets[row], offsets[row + 1]);
    }
    encode(rows);
  }

  void encode(ValueSlices lines) {
    frames.clear();
    columns.clear();
    frameBytes.clear();
    shared.clear();
    publishedBefore = table.publishedCount();
    split.split(lines);
    int ordinalsFrame = putOrdinals(lines.count());
    int sharedFrame = frames.size();
    frames.add(new Frame(FramePacking.RAW, 0, 0, 0)); // filled in when it is full
    for (int column = 0; column < split.columnCount(); column++) {
      int same = sameColumn(column);
      if (same >= 0) {
        columns.add(new Placed(columns.get(same).head(), -1 - same));
        continue;
      }
      body.clear();
      ColumnHead head = encoder.encode(split.column(column), body);
      if (zstd != null && body.size() >= OWN_FRAME_BYTES_MIN) {
        columns.add(new Placed(head, frames.size()));
        frames.add(frame(body, head.isDense()));
        continue;
      }
      if (zstd != null && shared.size() + body.size() > SHARED_FRAME_BYTES) {
        frames.set(sharedFrame, frame(shared, false));
        shared.clear();
        sharedFrame = frames.size();
        frames.add(new Frame(FramePacking.RAW, 0, 0, 0));
      }
      columns.add(new Placed(head, sharedFrame));
      shared.putBytes(body.array(), 0, body.size());
    }
    frames.set(sharedFrame, frame(shared, false));
    writeDirectory(ordinalsFrame);
  }

  /** An earlier column with the same values, or -1: lines say things twice. */
  private int sameColumn(int column) {
    ValueSlices values = split.column(column);
    if (samples.length <= column) {
      samples = Arrays.copyOf(samples, Math.max(column + 1, samples.length * 2));
    }
    samples[column] = values.sampleHash();
    for (int other = 0; other < column; other++) {
      if (samples[other] == samples[column]
          && columns.get(other).frame() >= 0
          && columns.get(other).head().bodyBytes() >= SAME_BYTES_MIN
          && split.column(other).isSame(values)) {
        return other;
      }
    }
    return -1;
  }

  /** A frame with the shape of each row, unless all have the same; returns which, or -1. */
  private int putOrdinals(int rowCount) {
    int shapes = split.shapes().size();
    if (shapes <= 1) {
      return -1;
    }
    body.clear();
    body.reserve(rowCount * 2);
    for (int row = 0; row < rowCount; row++) {
      body.putByte(split.shape(row).pageOrdinal);
    }
    if (shapes > 1 << Byte.SIZE) {
      for (int row = 0; row < rowCount; row++) {
        body.putByte(split.shape(row).pageOrdinal >>> Byte.SIZE);
      }
    }
    frames.add(frame(body, false));
    return frames.size() - 1;
  }

  private Frame frame(ByteWriter from, boolean dense) {
    int start = frameBytes.size();
    int length = from.size();
    if (zstd != null && !dense && length > 0) {
      int bound = ZstdContexts.boundBytes(length);
      int at = frameBytes.skip(bound);
      byte[] target = frameBytes.array();
      int written = zstd.compress(effort.framesFirst(), from.array(), 0, length, target, at);
      if (written <= length / 2 && !effort.frames().equals(effort.framesFirst())) {
        written = zstd.compress(effort.frames(), from.array(), 0, length, target, at);
      }
      frameBytes.truncate(start + written);
      if (written < length - length / SAVED_PART_MIN) {
        return new Frame(FramePacking.ZSTD, start, start + written, length);
      }
      frameBytes.truncate(start);
    }
    frameBytes.putBytes(from.array(), 0, length);
    return new Frame(FramePacking.RAW, start, start + length, length);
  }

  private void writeDirectory(int ordinalsFrame) {
    content.clear();
    content.putVarint(split.shapes().size());
    for (KnownShape shape : split.shapes()) {
      table.publish(shape);
      content.putVarint(shape.publishedOrdinal);
      content.putVarint(shape.keptRows);
    }
    content.putVarint(frames.size());
    for (Frame frame : frames) {
      content.putByte(frame.packing().code());
      content.putVarint(frame.contentBytes());
    }
    content.putVarint(ordinalsFrame + 1);
    content.putVarint(columns.size());
    for (Placed column : columns) {
      if (column.frame() < 0) {
        content.putVarint(0);
        content.putVarint(-1 - column.frame());
      } else {
        content.putVarint(1 + column.frame());
        column.head().write(content);
      }
    }
    directory.clear();
    if (zstd == null) {
      directory.putBytes(content.array(), 0, content.size());
    } else {
      Packed.write(content, directory, zstd, effort.tables());
    }
  }

  /** What stands in the page's directory block. Borrowed. */
  public ByteWriter directory() {
    return directory;
  }

  public int frameCount() {
    return frames.size();
  }

  /** Appends a frame. */
  public void writeFrame(int frame, ByteWriter out) {
    Frame at = frames.get(frame);
    out.putBytes(frameBytes.array(), at.start(), at.end() - at.start());
  }

  /** Bytes of directory and frames. */
  public int sizeBytes() {
    return directory.size() + frameBytes.size();
  }
}
