package dev.skald.storage.segment;

import dev.skald.bytes.BitPacking;
import dev.skald.bytes.ByteReader;
import dev.skald.bytes.Corruption;
import dev.skald.compress.ZstdContexts;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.index.StreamTable;
import dev.skald.storage.object.ObjectReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a page needs to read itself. Borrowed from the open segment; safe for concurrent use. */
record SegmentSource(
    String objectName, ObjectReader object, StreamTable streams, ZstdContexts zstd) {

  /**
   * Reads blocks that stand one after the other, in one go, and checks each.
   *
   * @return a reader of each block's payload; {@link BitPacking#SLACK_BYTES} follow the last
   * @throws SkaldException CORRUPT, or UNAVAILABLE if the object cannot be read
   */
  List<ByteReader> read(List<BlockRef> blocks) {
    long offset = blocks.getFirst().offsetBytes();
    long length = blocks.getLast().endBytes() - offset;
    byte[] bytes = readBytes(objectName, object, offset, length, BitPacking.SLACK_BYTES);
    List<ByteReader> payloads = new ArrayList<>(blocks.size());
    for (BlockRef block : blocks) {
      payloads.add(block.open(objectName, bytes, (int) (block.offsetBytes() - offset)));
    }
    return payloads;
  }

  /** The bytes, and {@code slackBytes} zeros after them. */
  static byte[] readBytes(
      String objectName, ObjectReader object, long offset, long length, int slackBytes) {
    if (length > Integer.MAX_VALUE - 16 - slackBytes) {
      throw Corruption.at(objectName, offset, "bytes read at once", "an array", length);
    }
    byte[] bytes = new byte[(int) length + slackBytes];
    try {
      object.read(offset, ByteBuffer.wrap(bytes, 0, (int) length));
    } catch (EOFException e) {
      throw Corruption.at(objectName, offset, "object", length + " bytes more", String.valueOf(e));
    } catch (IOException e) {
      throw SkaldException.of(
          ErrorKind.UNAVAILABLE, "cannot read " + objectName + ": " + e.getMessage(), e);
    }
    return bytes;
  }
}
