package dev.skald.storage.shape;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdEffort;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Pages taken apart and read back, without a segment around them. */
final class ShapedPages implements AutoCloseable {
  private final ZstdContexts zstd = new ZstdContexts();

  /** What a page was written as. */
  record Written(ShapedPage page, int pageBytes, int tableBytes) {}

  Written write(List<byte[]> lines) {
    return write(new ShapedPageWriter(7, zstd, ZstdEffort.QUICK), lines);
  }

  Written write(ShapedPageWriter writer, List<byte[]> lines) {
    int[] offsets = new int[lines.size() + 1];
    ByteWriter all = new ByteWriter(1 << 10);
    for (int row = 0; row < lines.size(); row++) {
      all.putBytes(lines.get(row));
      offsets[row + 1] = all.size();
    }
    writer.encode(all.array(), offsets, lines.size());
    ByteWriter table = new ByteWriter(1 << 10);
    writer.writeTable(table);
    SegmentShapes shapes = SegmentShapes.read(new ByteReader("table", table.toByteArray()), zstd);
    byte[][] frames = new byte[writer.frameCount()][];
    for (int frame = 0; frame < frames.length; frame++) {
      ByteWriter out = new ByteWriter(1 << 10);
      writer.writeFrame(frame, out);
      frames[frame] = out.toByteArray();
    }
    ShapedPage page =
        ShapedPage.read(
            new ByteReader("directory", writer.directory().toByteArray()),
            shapes,
            lines.size(),
            frames.length,
            frame -> new ByteReader("frame " + frame, frames[frame]),
            zstd);
    return new Written(page, writer.sizeBytes(), table.size());
  }

  static byte[] line(ShapedPage page, int row) {
    byte[] line = new byte[page.lineLength(row)];
    int end = page.copyLine(row, line, 0);
    if (end != line.length) {
      throw new AssertionError("row " + row + " ends at " + end + " of " + line.length);
    }
    return line;
  }

  static String text(byte[] line) {
    return new String(line, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    zstd.close();
  }
}
