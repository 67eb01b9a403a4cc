package dev.skald.storage.wal;

import dev.skald.bytes.Crc32c;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where the fields of file and record headers are; see docs/format/wal.md. All numbers
 * little-endian.
 */
final class WalLayout {
  /** "SKALDWAL" read as a little-endian number. */
  static final long MAGIC = 0x4c41_5744_4c41_4b53L;

  static final int VERSION = 1;

  static final int MAGIC_OFFSET = 0;
  static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
  static final int FILE_NUMBER_OFFSET = VERSION_OFFSET + Integer.BYTES;
  static final int SALT_OFFSET = FILE_NUMBER_OFFSET + Long.BYTES;
  static final int PREVIOUS_FILE_OFFSET = SALT_OFFSET + Long.BYTES;
  static final int PREVIOUS_BYTES_OFFSET = PREVIOUS_FILE_OFFSET + Long.BYTES;
  static final int FILE_CRC_OFFSET = PREVIOUS_BYTES_OFFSET + Long.BYTES;
  static final int FILE_HEADER_BYTES = FILE_CRC_OFFSET + Integer.BYTES;

  static final int MARKER_OFFSET = 0;
  static final int LENGTH_OFFSET = MARKER_OFFSET + Integer.BYTES;
  static final int SYNCED_OFFSET = LENGTH_OFFSET + Integer.BYTES;
  static final int TYPE_OFFSET = SYNCED_OFFSET + Integer.BYTES;
  static final int PAYLOAD_CRC_OFFSET = TYPE_OFFSET + Byte.BYTES;
  static final int HEADER_CRC_OFFSET = PAYLOAD_CRC_OFFSET + Integer.BYTES;
  static final int RECORD_HEADER_BYTES = HEADER_CRC_OFFSET + Integer.BYTES;

  /** The one type of record that there is: bytes of the log's owner. */
  static final byte TYPE_PAYLOAD = 1;

  private WalLayout() {}

  /** The first bytes of each record of a file, to find records behind a damaged one. */
  static int marker(long salt) {
    return (int) salt;
  }

  /** Over salt, offset of the record in its file, and the header's fields before the checksum. */
  static int headerCrc(long salt, long offsetBytes, ByteBuffer header, int headerStart) {
    ByteBuffer checked =
        ByteBuffer.allocate(2 * Long.BYTES + HEADER_CRC_OFFSET).order(ByteOrder.LITTLE_ENDIAN);
    checked.putLong(salt).putLong(offsetBytes);
    checked.put(checked.position(), header, headerStart, HEADER_CRC_OFFSET);
    return Crc32c.of(checked.array(), 0, checked.capacity());
  }
}
