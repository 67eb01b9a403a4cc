package dev.skald.storage.shape;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdLevel;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A table in as few bytes as it takes: its length, a {@link FramePacking}, its bytes to the end. */
final class Packed {
  /** Unpacked; what is larger is damage. */
  private static final int CONTENT_BYTES_MAX = 1 << 28;

  private static final int SLACK_BYTES = 16;

  private Packed() {}

  static void write(ByteWriter content, ByteWriter out, ZstdContexts zstd, ZstdLevel level) {
    out.putVarint(content.size());
    int kind = out.size();
    out.putByte(FramePacking.ZSTD.code());
    int start = out.skip(ZstdContexts.boundBytes(content.size()));
    int written = zstd.compress(level, content.array(), 0, content.size(), out.array(), start);
    if (written < content.size()) {
      out.truncate(start + written);
    } else {
      out.truncate(kind);
      out.putByte(FramePacking.RAW.code());
      out.putBytes(content.array(), 0, content.size());
    }
  }

  /**
   * @param in to its end
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  static ByteReader read(ByteReader in, ZstdContexts zstd) {
    int contentBytes = in.readCount("bytes of table", CONTENT_BYTES_MAX);
    FramePacking packing = FramePacking.read(in);
    Content content = content(in, packing, contentBytes, zstd);
    return packing == FramePacking.RAW
        ? in.nested(
            Arrays.copyOfRange(content.bytes(), content.start(), content.start() + contentBytes),
            contentBytes)
        : in.nested(content.bytes(), contentBytes);
  }

  /** Bytes from {@code start} on; some bytes that mean nothing follow them. */
  @SuppressWarnings("ArrayRecordComponent")
  record Content(byte[] bytes, int start) {}

  /** The rest of {@code in}, unpacked; where nothing was packed, in place. */
  static Content content(
      ByteReader in, FramePacking packing, int contentBytes, @Nullable ZstdContexts zstd) {
    if (packing == FramePacking.ZSTD && zstd == null) {
      throw in.corrupt("packing of frame", FramePacking.RAW, packing);
    }
    return switch (packing) {
      case ZSTD ->
          new Content(
              Objects.requireNonNull(zstd).read(in, in.remaining(), contentBytes, SLACK_BYTES), 0);
      case RAW -> {
        if (in.remaining() != contentBytes) {
          throw in.corrupt("bytes of frame", contentBytes, in.remaining());
        }
        yield new Content(in.array(), in.skip(contentBytes));
      }
    };
  }
}
