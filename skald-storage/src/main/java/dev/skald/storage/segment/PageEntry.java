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
  private static final Set<BlockKind> ALLOWED = EnumSet.range(BlockKind.TIME, BlockKind.SHAPES);
  private static final Set<BlockKind> WITHOUT_SHAPES =
      EnumSet.range(BlockKind.TIME, BlockKind.LINES);

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

  /** Whether the lines are taken apart. */
  boolean isShaped() {
    return block(BlockKind.SHAPES) != null;
  }

  /** The frames, in order. */
  List<BlockRef> frames() {
    return blocks.stream().filter(b -> b.kind() == BlockKind.FRAME).toList();
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
      if (block.kind() != BlockKind.FRAME) {
        present |= 1 << block.kind().code();
      }
    }
    out.putVarint(present);
    if (isShaped()) {
      out.putVarint(frames().size());
    }
    for (BlockRef block : blocks) {
      out.putVarint(block.payloadBytes());
      out.putInt(block.crc32c());
    }
  }

  /**
   * @param offsetBytes where the page's first block stands: blocks are stored without gaps
   * @param version of the segment's format
   */
  static PageEntry read(ByteReader in, long offsetBytes, int version) {
    int rowCount = in.readCount("rows of page", SegmentLayout.PAGE_ROWS_MAX);
    int lineBytes = in.readCount("line bytes of page", SegmentLayout.PAGE_LINE_BYTES_MAX);
    long metadataChars = in.readLongCount("metadata characters of page");
    long minEpochNanos = in.readSignedVarint();
    long maxEpochNanos = minEpochNanos + in.readVarint();
    int streamCount = in.readCount("streams of page", rowCount);
    int streamFirst = in.readCount("first stream of page", Integer.MAX_VALUE);
    int streamLast = in.readCount("last stream of page", Integer.MAX_VALUE);
    List<BlockRef> blocks = readBlocks(in, offsetBytes, version);
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

  private static List<BlockRef> readBlocks(ByteReader in, long offsetBytes, int version) {
    boolean mayBeShaped = version > SegmentLayout.VERSION_WITHOUT_SHAPES;
    int present = mayBeShaped ? in.readCount("kinds of blocks", 1 << 16) : in.readByte();
    int left = present;
    boolean shaped = mayBeShaped && (present & bit(BlockKind.SHAPES)) != 0;
    int frameCount = shaped ? in.readCount("frames of page", SegmentLayout.PAGE_FRAMES_MAX) : 0;
    List<BlockRef> blocks = new ArrayList<>();
    long offset = offsetBytes;
    for (BlockKind kind : mayBeShaped ? ALLOWED : WITHOUT_SHAPES) {
      if ((present & bit(kind)) != 0) {
        left ^= bit(kind);
        offset = readBlock(in, kind, offset, blocks);
      } else if (isRequired(kind, shaped)) {
        throw in.corrupt("blocks of page", kind + " block", "none");
      }
    }
    if (left != 0) {
      throw in.corrupt("blocks of page", "no other kinds", Integer.toBinaryString(left));
    }
    for (int frame = 0; frame < frameCount; frame++) {
      offset = readBlock(in, BlockKind.FRAME, offset, blocks);
    }
    return blocks;
  }

  private static int bit(BlockKind kind) {
    return 1 << kind.code();
  }

  private static boolean isRequired(BlockKind kind, boolean shaped) {
    return switch (kind) {
      case TIME, STREAM -> true;
      case LENGTHS, LINES -> !shaped;
      case METADATA_ORDINALS, METADATA_SETS, SHAPES, FRAME, STREAM_TABLE, SHAPE_TABLE, DIRECTORY ->
          false;
    };
  }

  private static long readBlock(
      ByteReader in, BlockKind kind, long offsetBytes, List<BlockRef> blocks) {
    int payloadBytes = in.readCount("bytes of " + kind + " block", Integer.MAX_VALUE);
    BlockRef block = new BlockRef(kind, offsetBytes, payloadBytes, in.readInt());
    blocks.add(block);
    return block.endBytes();
  }

  /** Where the blocks end. */
  long endBytes() {
    return blocks.getLast().endBytes();
  }
}
