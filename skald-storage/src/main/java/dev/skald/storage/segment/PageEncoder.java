package dev.skald.storage.segment;

import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdEffort;
import dev.skald.compress.ZstdLevel;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.storage.shape.ShapedPageWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes ranges of sorted rows as the blocks of pages; docs/format/segment.md#page. Keeps its
 * buffers, some three pages of lines, from page to page and segment to segment; for one thread.
 */
final class PageEncoder {
  /** Lines that shapes make no smaller than this part of what they were are tried plain as well. */
  private static final double TRY_PLAIN_RATIO = 0.25;

  private final ZstdContexts zstd;
  private final ShapedPageWriter shaped;
  private ZstdEffort effort;
  private byte[] lines = new byte[0];
  private int[] offsets = new int[1];

  /**
   * @param hashSeed unknown to who sends the lines
   */
  PageEncoder(ZstdContexts zstd, ZstdEffort effort, long hashSeed) {
    this.zstd = zstd;
    this.effort = effort;
    this.shaped = new ShapedPageWriter(hashSeed, zstd, effort);
  }

  /** Goes on with the pages of another segment; buffers are kept. */
  void restart(ZstdEffort next) {
    effort = next;
    shaped.restart(next);
  }

  /** Appends the shapes of all pages. */
  void writeShapes(ByteWriter out) {
    shaped.writeTable(out);
  }

  /**
   * Appends the page's blocks.
   *
   * @param outOffsetBytes where in the object the first byte of {@code out} will stand
   * @param rows borrowed during the call
   * @param streamFirst the stream of the range's first row
   */
  PageEntry encode(
      OrderedRows rows, PageCut.Range range, int streamFirst, ByteWriter out, long outOffsetBytes) {
    int rowCount = range.to() - range.from();
    List<BlockRef> blocks = new ArrayList<>();
    StreamRuns runs = StreamRuns.of(rows, range, streamFirst);
    TimeColumn times = new TimeColumn(rows, range, runs);

    int start = BlockRef.begin(out);
    times.encode(out, zstd, effort.numbers());
    blocks.add(BlockRef.seal(BlockKind.TIME, out, start, outOffsetBytes));

    start = BlockRef.begin(out);
    runs.encode(out, zstd, effort.numbers());
    blocks.add(BlockRef.seal(BlockKind.STREAM, out, start, outOffsetBytes));

    Metadata metadata = metadata(rows, range);
    if (!metadata.sets().isEmpty()) {
      start = BlockRef.begin(out);
      encodeOrdinals(metadata.ordinals(), out);
      blocks.add(BlockRef.seal(BlockKind.METADATA_ORDINALS, out, start, outOffsetBytes));

      start = BlockRef.begin(out);
      encodeSets(metadata.sets(), out);
      blocks.add(BlockRef.seal(BlockKind.METADATA_SETS, out, start, outOffsetBytes));
    }

    copyLines(rows, range);
    encodeLines(range, out, outOffsetBytes, blocks);

    return new PageEntry(
        rowCount,
        range.lineBytes(),
        metadata.chars(),
        times.min(),
        times.max(),
        runs.count(),
        runs.first(),
        runs.last(),
        blocks);
  }

  /**
   * A page's distinct metadata sets but the empty one, and for each row 0 or one more than its
   * set's index.
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Metadata(List<Labels> sets, long[] ordinals, long chars) {}

  private static Metadata metadata(OrderedRows rows, PageCut.Range range) {
    List<Labels> sets = new ArrayList<>();
    Map<Labels, Integer> ordinalOf = new HashMap<>();
    long[] ordinals = new long[range.to() - range.from()];
    long chars = 0;
    for (int row = range.from(); row < range.to(); row++) {
      if (rows.hasMetadata(row)) {
        Labels set = rows.metadata(row);
        Integer known = ordinalOf.putIfAbsent(set, sets.size() + 1);
        if (known == null) {
          sets.add(set);
        }
        ordinals[row - range.from()] = known == null ? sets.size() : known;
        for (Label label : set.sorted()) {
          chars += label.name().length() + label.value().length();
        }
      }
    }
    return new Metadata(sets, ordinals, chars);
  }

  private void encodeOrdinals(long[] ordinals, ByteWriter out) {
    long[] values = new long[ordinals.length];
    long[] lengths = new long[ordinals.length];
    int runCount = 0;
    for (int row = 0; row < ordinals.length; row++) {
      if (row == 0 || ordinals[row] != ordinals[row - 1]) {
        values[runCount++] = ordinals[row];
      }
      lengths[runCount - 1]++;
    }
    if (runCount <= ordinals.length / 4) {
      out.putByte(SegmentLayout.ORDINALS_RUNS);
      out.putVarint(runCount);
      LongColumn.encode(values, runCount, out, zstd, effort.numbers());
      LongColumn.encode(lengths, runCount, out, zstd, effort.numbers());
    } else {
      out.putByte(SegmentLayout.ORDINALS_PLAIN);
      LongColumn.encode(ordinals, ordinals.length, out, zstd, effort.numbers());
    }
  }

  private void encodeSets(List<Labels> sets, ByteWriter out) {
    Map<String, Integer> names = new HashMap<>();
    ByteWriter nameTable = new ByteWriter(256);
    ByteWriter table = new ByteWriter(sets.size() * 32);
    for (Labels set : sets) {
      table.putVarint(set.size());
      for (Label label : set.sorted()) {
        Integer known = names.putIfAbsent(label.name(), names.size());
        if (known == null) {
          nameTable.putText(label.name());
        }
        table.putVarint(known == null ? names.size() - 1 : known);
        table.putText(label.value());
      }
    }
    ByteWriter content = new ByteWriter(nameTable.size() + table.size() + 16);
    content.putVarint(names.size());
    content.putBytes(nameTable.array(), 0, nameTable.size());
    content.putVarint(sets.size());
    content.putBytes(table.array(), 0, table.size());
    out.putVarint(content.size());
    encodeBytes(content.array(), content.size(), effort.numbers(), out);
  }

  /** Taken apart, or as they are where that takes fewer bytes. */
  private void encodeLines(
      PageCut.Range range, ByteWriter out, long outOffsetBytes, List<BlockRef> blocks) {
    int rowCount = range.to() - range.from();
    shaped.encode(lines, offsets, rowCount);
    int plainStart = out.size();
    if (shaped.sizeBytes() > range.lineBytes() * TRY_PLAIN_RATIO) {
      List<BlockRef> plain = encodePlain(range, out, outOffsetBytes);
      if (out.size() - plainStart <= shaped.sizeBytes()) {
        blocks.addAll(plain);
        shaped.discard();
        return;
      }
      out.truncate(plainStart);
    }
    int start = BlockRef.begin(out);
    out.putBytes(shaped.directory().array(), 0, shaped.directory().size());
    blocks.add(BlockRef.seal(BlockKind.SHAPES, out, start, outOffsetBytes));
    for (int frame = 0; frame < shaped.frameCount(); frame++) {
      start = BlockRef.begin(out);
      shaped.writeFrame(frame, out);
      blocks.add(BlockRef.seal(BlockKind.FRAME, out, start, outOffsetBytes));
    }
  }

  private void copyLines(OrderedRows rows, PageCut.Range range) {
    if (lines.length < range.lineBytes()) {
      lines = new byte[range.lineBytes()];
    }
    if (offsets.length <= range.to() - range.from()) {
      offsets = new int[range.to() - range.from() + 1];
    }
    int at = 0;
    for (int row = range.from(); row < range.to(); row++) {
      at += rows.copyLine(row, lines, at);
      offsets[row - range.from() + 1] = at;
    }
    if (at != range.lineBytes()) {
      throw new IllegalStateException("page of " + range.lineBytes() + " bytes took " + at);
    }
  }

  private List<BlockRef> encodePlain(PageCut.Range range, ByteWriter out, long outOffsetBytes) {
    int start = BlockRef.begin(out);
    long[] lengths = new long[range.to() - range.from()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = (long) offsets[i + 1] - offsets[i];
    }
    LongColumn.encode(lengths, lengths.length, out, zstd, effort.numbers());
    BlockRef lengthsBlock = BlockRef.seal(BlockKind.LENGTHS, out, start, outOffsetBytes);
    start = BlockRef.begin(out);
    encodeBytes(lines, range.lineBytes(), effort.lines(), out);
    return List.of(lengthsBlock, BlockRef.seal(BlockKind.LINES, out, start, outOffsetBytes));
  }

  /** How they are stored, then as much as it takes, to the end of the block. */
  private void encodeBytes(byte[] content, int length, ZstdLevel level, ByteWriter out) {
    out.putByte(SegmentLayout.ZSTD);
    int start = out.skip(ZstdContexts.boundBytes(length));
    int written = zstd.compress(level, content, 0, length, out.array(), start);
    if (written < length) {
      out.truncate(start + written);
    } else {
      out.truncate(start - 1);
      out.putByte(SegmentLayout.RAW);
      out.putBytes(content, 0, length);
    }
  }
}
