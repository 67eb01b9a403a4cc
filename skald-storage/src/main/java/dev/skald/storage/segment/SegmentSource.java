package dev.skald.storage.segment;

import dev.skald.bytes.BitPacking;
import dev.skald.bytes.ByteReader;
import dev.skald.bytes.Corruption;
import dev.skald.compress.ZstdContexts;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.column.MappedBody;
import dev.skald.storage.index.StreamTable;
import dev.skald.storage.object.ObjectReader;
import dev.skald.storage.shape.SegmentShapes;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a page needs to read itself. Borrowed from the open segment; safe for concurrent use. */
final class SegmentSource implements AutoCloseable {
  private final String objectName;
  private final ObjectReader object;
  private final long sizeBytes;
  private final StreamTable streams;
  private final @Nullable BlockRef shapeTable;
  private final ZstdContexts zstd;
  private volatile @Nullable SegmentShapes shapes;

  /** Of {@link #mapped}. */
  private final Arena arena = Arena.ofShared();

  /** The whole object once it was asked for; empty if it cannot be mapped. */
  private volatile @Nullable MemorySegment mapped;

  SegmentSource(
      String objectName,
      ObjectReader object,
      long sizeBytes,
      StreamTable streams,
      @Nullable BlockRef shapeTable,
      ZstdContexts zstd) {
    this.objectName = objectName;
    this.object = object;
    this.sizeBytes = sizeBytes;
    this.streams = streams;
    this.shapeTable = shapeTable;
    this.zstd = zstd;
  }

  String objectName() {
    return objectName;
  }

  ObjectReader object() {
    return object;
  }

  StreamTable streams() {
    return streams;
  }

  ZstdContexts zstd() {
    return zstd;
  }

  /**
   * The segment's shapes; read at the first call.
   *
   * @throws SkaldException CORRUPT, or UNAVAILABLE if the object cannot be read
   */
  SegmentShapes shapes() {
    SegmentShapes known = shapes;
    if (known == null) {
      if (shapeTable == null) {
        throw new IllegalStateException(objectName + " has no shapes");
      }
      known = SegmentShapes.read(read(shapeTable), zstd);
      shapes = known;
    }
    return known;
  }

  /**
   * Reads a block and checks it.
   *
   * @return a reader of its payload; {@link BitPacking#SLACK_BYTES} follow
   * @throws SkaldException CORRUPT, or UNAVAILABLE if the object cannot be read
   */
  ByteReader read(BlockRef block) {
    return read(List.of(block)).getFirst();
  }

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

  /** Whether the object's bytes can be looked at where they lie. */
  boolean isMapped() {
    return mapped().byteSize() > 0;
  }

  /** The payload of a block where it lies, not checked; legal if the object {@link #isMapped}. */
  MappedBody map(BlockRef block) {
    long start = block.offsetBytes() + SegmentLayout.BLOCK_HEADER_BYTES;
    return new MappedBody(objectName, start, mapped().asSlice(start, block.payloadBytes()));
  }

  private MemorySegment mapped() {
    MemorySegment known = mapped;
    if (known == null) {
      synchronized (arena) {
        known = mapped;
        if (known == null) {
          known = readMapped();
          mapped = known;
        }
      }
    }
    return known;
  }

  /** Bytes beyond the end of a mapped file must never be touched; so all of them must be there. */
  private MemorySegment readMapped() {
    try {
      MemorySegment all = object.map(arena);
      return all != null && all.byteSize() >= sizeBytes ? all : MemorySegment.NULL;
    } catch (IOException e) {
      return MemorySegment.NULL; // reading says what is wrong, if anything is
    }
  }

  /** Unmaps and closes the object. */
  @Override
  public void close() throws IOException {
    if (arena.scope().isAlive()) {
      arena.close();
    }
    object.close();
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
