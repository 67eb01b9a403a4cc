package dev.skald.objectstore.cache;

import dev.skald.bytes.Crc32c;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A part as it is kept; docs/format/cache.md. Little-endian. */
final class CacheLayout {
  /** "SKALDCA1" as it stands in the file. */
  static final long MAGIC = 0x3141_4344_4c41_4b53L;

  static final int MAGIC_OFFSET = 0;
  static final int CRC_OFFSET = MAGIC_OFFSET + Long.BYTES;
  static final int CONTENT_OFFSET = CRC_OFFSET + Integer.BYTES;

  private CacheLayout() {}

  /**
   * @param key under which it is kept: bytes that stand under another are not taken for these
   */
  static byte[] seal(String key, byte[] content) {
    byte[] sealed = new byte[CONTENT_OFFSET + content.length];
    ByteBuffer out = ByteBuffer.wrap(sealed).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(MAGIC_OFFSET, MAGIC);
    out.putInt(CRC_OFFSET, checksum(key, content, 0));
    out.put(CONTENT_OFFSET, content);
    return sealed;
  }

  /** The content; null if it is not what was sealed under this key. */
  static byte @Nullable [] unseal(String key, byte[] sealed) {
    if (sealed.length < CONTENT_OFFSET) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(sealed).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getLong(MAGIC_OFFSET) != MAGIC
        || in.getInt(CRC_OFFSET) != checksum(key, sealed, CONTENT_OFFSET)) {
      return null;
    }
    return Arrays.copyOfRange(sealed, CONTENT_OFFSET, sealed.length);
  }

  private static int checksum(String key, byte[] bytes, int from) {
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    return Crc32c.of(name, 0, name.length) ^ Crc32c.of(bytes, from, bytes.length - from);
  }
}
