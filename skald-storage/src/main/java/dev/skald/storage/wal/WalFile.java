package dev.skald.storage.wal;

import dev.skald.disk.Disk;
import dev.skald.disk.DiskFullException;
import dev.skald.disk.WritableFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of the log while it is written. After an exception from any method it must only be closed.
 */
final class WalFile implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(WalFile.class);

  /** Bytes gathered before they are given to the file; reused from file to file. */
  static final int STAGING_BYTES = 256 << 10;

  private final WritableFile file;
  private final WalFileHeader header;
  private final ByteBuffer staging;
  private final ByteBuffer recordHeader =
      ByteBuffer.allocate(WalLayout.RECORD_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long writtenBytes;
  private long syncedBytes;

  private WalFile(WritableFile file, WalFileHeader header, ByteBuffer staging) {
    this.file = file;
    this.header = header;
    this.staging = staging;
    this.writtenBytes = WalLayout.FILE_HEADER_BYTES;
    this.syncedBytes = WalLayout.FILE_HEADER_BYTES;
  }

  /** Makes the file; its header and its name are durable when this returns. */
  static WalFile create(Disk disk, String folder, WalFileHeader header, ByteBuffer staging)
      throws IOException {
    String path = WalFiles.path(folder, header.number());
    WritableFile file = disk.create(path);
    try {
      file.write(header.encode());
      file.sync();
      disk.syncDirectory(folder);
      staging.clear();
      return new WalFile(file, header, staging);
    } catch (IOException e) {
      abandon(disk, path, file);
      throw e;
    }
  }

  /** An unfinished file holds nothing; if it cannot be deleted, replay does it. */
  private static void abandon(Disk disk, String path, WritableFile file) {
    try (file) {
      disk.delete(path);
    } catch (IOException e) {
      LOG.debug("{}: left behind", path, e);
    }
  }

  /** Where a failure is a full disk, nothing is wrong with it. */
  static boolean isDiskFull(IOException e) {
    return e instanceof DiskFullException;
  }

  long number() {
    return header.number();
  }

  /** Bytes appended; those still staged included. */
  long writtenBytes() {
    return writtenBytes;
  }

  boolean hasUnsyncedBytes() {
    return syncedBytes < writtenBytes;
  }

  /** Appends a record. The payload's buffers are read from copies: their positions stay. */
  void append(WalAppend append) throws IOException {
    recordHeader.clear();
    recordHeader.putInt(WalLayout.MARKER_OFFSET, WalLayout.marker(header.salt()));
    recordHeader.putInt(WalLayout.LENGTH_OFFSET, append.payloadBytes());
    recordHeader.putInt(WalLayout.SYNCED_OFFSET, Math.toIntExact(syncedBytes));
    recordHeader.put(WalLayout.TYPE_OFFSET, WalLayout.TYPE_PAYLOAD);
    recordHeader.putInt(WalLayout.PAYLOAD_CRC_OFFSET, append.payloadCrc());
    recordHeader.putInt(
        WalLayout.HEADER_CRC_OFFSET,
        WalLayout.headerCrc(header.salt(), writtenBytes, recordHeader, 0));
    stage(recordHeader);
    for (ByteBuffer part : append.payload()) {
      stage(part.duplicate());
    }
    writtenBytes += WalLayout.RECORD_HEADER_BYTES + append.payloadBytes();
  }

  private void stage(ByteBuffer part) throws IOException {
    while (part.hasRemaining()) {
      if (!staging.hasRemaining()) {
        write();
      }
      int length = Math.min(part.remaining(), staging.remaining());
      staging.put(staging.position(), part, part.position(), length);
      staging.position(staging.position() + length);
      part.position(part.position() + length);
    }
  }

  /** Gives everything appended to the operating system. */
  void write() throws IOException {
    staging.flip();
    try {
      if (staging.hasRemaining()) {
        file.write(staging);
      }
    } finally {
      staging.clear();
    }
  }

  /** Everything written is on disk when this returns. */
  void sync() throws IOException {
    file.sync();
    syncedBytes = writtenBytes;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
