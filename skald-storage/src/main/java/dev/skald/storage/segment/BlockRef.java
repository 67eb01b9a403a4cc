package dev.skald.storage.segment;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.bytes.Corruption;
import java.util.zip.CRC32C;

/**
 * A block of an object, as its parent knows it.
 *
 * @param offsetBytes where its header starts
 * @param payloadBytes bytes after the header
 * @param crc32c over kind, length and payload
 */
record BlockRef(BlockKind kind, long offsetBytes, int payloadBytes, int crc32c) {
  /** Header and payload. */
  int sizeBytes() {
    return SegmentLayout.BLOCK_HEADER_BYTES + payloadBytes;
  }

  long endBytes() {
    return offsetBytes + sizeBytes();
  }

  /** Leaves room for a header; the payload is written after it, then {@link #seal} is called. */
  static int begin(ByteWriter out) {
    return out.skip(SegmentLayout.BLOCK_HEADER_BYTES);
  }

  /**
   * Fills in the header of the block that began at {@code start} and ends where {@code out} ends.
   *
   * @param outOffsetBytes where in the object the first byte of {@code out} will stand
   */
  static BlockRef seal(BlockKind kind, ByteWriter out, int start, long outOffsetBytes) {
    int payloadBytes = out.size() - start - SegmentLayout.BLOCK_HEADER_BYTES;
    out.setInt(start + SegmentLayout.BLOCK_KIND_OFFSET, kind.code());
    out.setInt(start + SegmentLayout.BLOCK_LENGTH_OFFSET, payloadBytes);
    int crc = checksum(out.array(), start, payloadBytes);
    out.setInt(start + SegmentLayout.BLOCK_CRC_OFFSET, crc);
    return new BlockRef(kind, outOffsetBytes + start, payloadBytes, crc);
  }

  /**
   * Checks the block whose header stands at {@code bytes[start]} and returns a reader of its
   * payload.
   *
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  ByteReader open(String objectName, byte[] bytes, int start) {
    ByteReader header =
        new ByteReader(
            objectName, offsetBytes, bytes, start, start + SegmentLayout.BLOCK_HEADER_BYTES);
    check(objectName, SegmentLayout.BLOCK_KIND_OFFSET, "block kind", kind.code(), header.readInt());
    check(
        objectName,
        SegmentLayout.BLOCK_LENGTH_OFFSET,
        "length of " + kind + " block",
        payloadBytes,
        header.readInt());
    int stored = header.readInt();
    int actual = checksum(bytes, start, payloadBytes);
    if (stored != crc32c || actual != crc32c) {
      throw Corruption.at(
          objectName,
          offsetBytes,
          "crc32c of " + kind + " block of " + payloadBytes + " bytes",
          Corruption.crcText(crc32c),
          Corruption.crcText(actual) + ", stored " + Corruption.crcText(stored));
    }
    int payloadStart = start + SegmentLayout.BLOCK_HEADER_BYTES;
    return new ByteReader(
        objectName,
        offsetBytes + SegmentLayout.BLOCK_HEADER_BYTES,
        bytes,
        payloadStart,
        payloadStart + payloadBytes);
  }

  private void check(String objectName, int offset, String what, int expected, int actual) {
    if (expected != actual) {
      throw Corruption.at(objectName, offsetBytes + offset, what, expected, actual);
    }
  }

  private static int checksum(byte[] bytes, int start, int payloadBytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, start, SegmentLayout.BLOCK_CRC_OFFSET);
    crc.update(bytes, start + SegmentLayout.BLOCK_HEADER_BYTES, payloadBytes);
    return (int) crc.getValue();
  }
}
