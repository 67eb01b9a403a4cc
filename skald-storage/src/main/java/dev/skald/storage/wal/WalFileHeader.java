package dev.skald.storage.wal;

import dev.skald.bytes.Crc32c;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a file of the log says about itself and about the one before it.
 *
 * @param number of this file
 * @param salt random; checksums of the records depend on it, so that no payload can look like a
 *     record
 * @param previous how far the file before was acknowledged; its number is 0 if there was none
 */
record WalFileHeader(long number, long salt, WalEnd previous) {
  ByteBuffer encode() {
    ByteBuffer bytes =
        ByteBuffer.allocate(WalLayout.FILE_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(WalLayout.MAGIC_OFFSET, WalLayout.MAGIC);
    bytes.putInt(WalLayout.VERSION_OFFSET, WalLayout.VERSION);
    bytes.putLong(WalLayout.FILE_NUMBER_OFFSET, number);
    bytes.putLong(WalLayout.SALT_OFFSET, salt);
    bytes.putLong(WalLayout.PREVIOUS_FILE_OFFSET, previous.fileNumber());
    bytes.putLong(WalLayout.PREVIOUS_BYTES_OFFSET, previous.bytes());
    bytes.putInt(WalLayout.FILE_CRC_OFFSET, Crc32c.of(bytes.array(), 0, WalLayout.FILE_CRC_OFFSET));
    return bytes;
  }

  /**
   * @param bytes at least {@link WalLayout#FILE_HEADER_BYTES}
   * @param path of the file, for the error
   * @param number that the file's name says
   * @throws SkaldException CORRUPT, or UNSUPPORTED if a newer version wrote the file
   */
  static WalFileHeader decode(byte[] bytes, String path, long number) {
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long magic = header.getLong(WalLayout.MAGIC_OFFSET);
    if (magic != WalLayout.MAGIC) {
      throw new SkaldException(
          ErrorKind.CORRUPT, "%s: offset=0 not a wal file, magic=%x", path, magic);
    }
    int version = header.getInt(WalLayout.VERSION_OFFSET);
    int crc = Crc32c.of(bytes, 0, WalLayout.FILE_CRC_OFFSET);
    int crcStored = header.getInt(WalLayout.FILE_CRC_OFFSET);
    if (crc != crcStored) { // first of all, so that damage does not look like a version
      throw new SkaldException(
          ErrorKind.CORRUPT,
          "%s: offset=0 file header crc expected=%08x actual=%08x",
          path,
          crcStored,
          crc);
    }
    if (version != WalLayout.VERSION) {
      throw new SkaldException(
          version > WalLayout.VERSION ? ErrorKind.UNSUPPORTED : ErrorKind.CORRUPT,
          "%s: wal version=%d, this program reads %d",
          path,
          version,
          WalLayout.VERSION);
    }
    long numberStored = header.getLong(WalLayout.FILE_NUMBER_OFFSET);
    if (numberStored != number) {
      throw new SkaldException(
          ErrorKind.CORRUPT, "%s: offset=0 holds the wal file number=%d", path, numberStored);
    }
    return new WalFileHeader(
        number,
        header.getLong(WalLayout.SALT_OFFSET),
        new WalEnd(
            header.getLong(WalLayout.PREVIOUS_FILE_OFFSET),
            header.getLong(WalLayout.PREVIOUS_BYTES_OFFSET)));
  }
}
