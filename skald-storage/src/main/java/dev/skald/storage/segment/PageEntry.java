package dev.skald.storage.segment;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the directory knows of a page.
 *
 * @param streamCount streams that have rows in it
 * @param streamFirst the first of them, an ordinal of the segment
 * @param streamLast the last of them
 * @param metadataChars characters of names and values of all rows' metadata
 * @param blocks in order of kind, one after the other in the object
 */
record PageEntry(
    int rowCount,
    int lineBytes,
    long metadataChars,
    long minEpochNanos,
    long maxEpochNanos,
    int streamCount,
    int streamFirst,
    int streamLast,
    List<BlockRef> blocks) {
  private static final Set<BlockKind> ALLOWED = EnumSet.range(BlockKind.TIME, BlockKind.LINES);
  private static final Set<BlockKind> REQUIRED =
      EnumSet.of(BlockKind.TIME, BlockKind.STREAM, BlockKind.LENGTHS, BlockKind.LINES);

  PageEntry {
    blocks = List.copyOf(blocks);
    if (rowCount < 1
        || rowCount > SegmentLayout.PAGE_ROWS_MAX
        || lineBytes < 0
        || lineBytes > SegmentLayout.PAGE_LINE_BYTES_MAX
        || minEpochNanos > maxEpochNanos
        || streamCount < 1
        || streamCount > rowCount
        || streamFirst < 0
        || streamCount - 1 > streamLast - streamFirst) {
      throw new IllegalArgumentException(
          "page of %d rows, %d bytes, %d streams %d to %d, %d to %d ns"
              .formatted(
                  rowCount,
                  lineBytes,
                  streamCount,
                  streamFirst,
                  streamLast,
                  minEpochNanos,
                  maxEpochNanos));
    }
  }

  /** Null if the page has no such block. */
  @Nullable BlockRef block(BlockKind kind) {
    for (BlockRef block : blocks) {
      if (block.kind() == kind) {
        return block;
      }
    }
    return null;
  }

  /** Blocks read together: all before the lengths, or lengths and lines. */
  List<BlockRef> blocks(BlockKind first, BlockKind last) {
    return blocks.stream()
        .filter(b -> b.kind().compareTo(first) >= 0 && b.kind().compareTo(last) <= 0)
        .toList();
  }

  void write(ByteWriter out) {
    out.putVarint(rowCount);
    out.putVarint(lineBytes);
    out.putVarint(metadataChars);
    out.putSignedVarint(minEpochNanos);
    out.putVarint(maxEpochNanos - minEpochNanos);
    out.putVarint(streamCount);
    out.putVarint(streamFirst);
    out.putVarint(streamLast);
    int present = 0;
    for (BlockRef block : blocks) {
      present |= 1 << block.kind().code();
    }
    out.putByte(present);
    for (BlockRef block : blocks) {
      out.putVarint(block.payloadBytes());
      out.putInt(block.crc32c());
    }
  }

  /**
   * @param offsetBytes where the page's first block stands: blocks are stored without gaps
   */
  static PageEntry read(ByteReader in, long offsetBytes) {
    int rowCount = in.readCount("rows of page", SegmentLayout.PAGE_ROWS_MAX);
    int lineBytes = in.readCount("line bytes of page", SegmentLayout.PAGE_LINE_BYTES_MAX);
    long metadataChars = in.readLongCount("metadata characters of page");
    long minEpochNanos = in.readSignedVarint();
    long maxEpochNanos = minEpochNanos + in.readVarint();
    int streamCount = in.readCount("streams of page", rowCount);
    int streamFirst = in.readCount("first stream of page", Integer.MAX_VALUE);
    int streamLast = in.readCount("last stream of page", Integer.MAX_VALUE);
    int present = in.readByte();
    List<BlockRef> blocks = new ArrayList<>();
    long offset = offsetBytes;
    for (BlockKind kind : ALLOWED) {
      int bit = 1 << kind.code();
      if ((present & bit) != 0) {
        present ^= bit;
        int payloadBytes = in.readCount("bytes of " + kind + " block", Integer.MAX_VALUE);
        BlockRef block = new BlockRef(kind, offset, payloadBytes, in.readInt());
        blocks.add(block);
        offset = block.endBytes();
      } else if (REQUIRED.contains(kind)) {
        throw in.corrupt("blocks of page", kind + " block", "none");
      }
    }
    if (present != 0) {
      throw in.corrupt("blocks of page", "no other kinds", Integer.toBinaryString(present));
    }
    try {
      return new PageEntry(
          rowCount,
          lineBytes,
          metadataChars,
          minEpochNanos,
          maxEpochNanos,
          streamCount,
          streamFirst,
          streamLast,
          blocks);
    } catch (IllegalArgumentException e) {
      throw in.corrupt("page entry", "a possible page", String.valueOf(e.getMessage()));
    }
  }

  /** Where the blocks end. */
  long endBytes() {
    return blocks.getLast().endBytes();
  }
}
