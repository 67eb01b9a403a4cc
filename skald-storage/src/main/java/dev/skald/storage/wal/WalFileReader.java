package dev.skald.storage.wal;

import dev.skald.bytes.Crc32c;
import dev.skald.disk.ReadableFile;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one file from its first to its last, and finds its way behind damaged ones.
 * A payload that looks like a record cannot mislead it: a record's checksum depends on the file's
 * random salt, which no client knows.
 */
final class WalFileReader {
  /** What comes next in the file. */
  sealed interface Found {
    /** A good record; the payload is borrowed until the next call. */
    record Payload(long offsetBytes, ByteBuffer payload) implements Found {}

    /** Bytes that were skipped. */
    record Damaged(long offsetBytes, long lengthBytes, WalDamage.Kind kind, String detail)
        implements Found {}

    /** Nothing more; the file is good, or known to be damaged, up to here. */
    record End(long offsetBytes) implements Found {}
  }

  private static final int READ_BYTES_MIN = 1 << 20;

  private final ReadableFile file;
  private final WalFileHeader header;
  private final int recordBytesMax;
  private final long sizeBytes;

  /** Where the acknowledged part ends; -1 if nobody says. */
  private final long acknowledged;

  private long at = WalLayout.FILE_HEADER_BYTES;
  private long endsAt = -1;

  /** Of the last good record: how far its file was synced when it was written. */
  private long syncedWhenWritten;

  private String fault = "";

  private ByteBuffer window =
      ByteBuffer.allocate(READ_BYTES_MIN).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private long windowStart;

  WalFileReader(ReadableFile file, WalFileHeader header, long acknowledged, int recordBytesMax)
      throws IOException {
    this.file = file;
    this.header = header;
    this.acknowledged = acknowledged;
    this.recordBytesMax = recordBytesMax;
    this.sizeBytes = file.sizeBytes();
  }

  Found next() throws IOException {
    if (endsAt >= 0) {
      return new Found.End(endsAt);
    }
    long end = acknowledged < 0 ? sizeBytes : Math.min(sizeBytes, acknowledged);
    if (at >= end) {
      return atEnd();
    }
    ByteBuffer payload = record(at, end);
    if (payload != null) {
      long offset = at;
      at += WalLayout.RECORD_HEADER_BYTES + payload.remaining();
      return new Found.Payload(offset, payload);
    }
    return skip(end, fault);
  }

  private Found atEnd() {
    if (acknowledged > sizeBytes && at <= sizeBytes) {
      at = acknowledged;
      endsAt = sizeBytes;
      return new Found.Damaged(
          sizeBytes,
          acknowledged - sizeBytes,
          WalDamage.Kind.CORRUPT,
          "file ends early, acknowledged bytes=" + acknowledged);
    }
    if (sizeBytes > at) {
      return torn(at, "bytes that were never acknowledged");
    }
    return new Found.End(at);
  }

  private Found torn(long offset, String why) {
    endsAt = offset;
    return new Found.Damaged(offset, sizeBytes - offset, WalDamage.Kind.TORN, why);
  }

  /**
   * From a bad record to the next good one, or to the end. Where nobody says how far the file was
   * acknowledged, a later record does: each holds how far the file was synced when it was written.
   */
  private Found skip(long end, String why) throws IOException {
    long bad = at;
    long resume = -1;
    boolean synced = acknowledged >= 0;
    for (long candidate = marker(bad + 1, end); candidate >= 0; ) {
      ByteBuffer payload = record(candidate, end);
      long next = candidate + 1;
      if (payload != null) {
        resume = resume < 0 ? candidate : resume;
        synced |= syncedWhenWritten > bad;
        if (synced) {
          break;
        }
        next = candidate + WalLayout.RECORD_HEADER_BYTES + payload.remaining();
      }
      candidate = marker(next, end);
    }
    if (!synced) {
      return torn(bad, why);
    }
    at = resume < 0 ? end : resume;
    return new Found.Damaged(bad, at - bad, WalDamage.Kind.CORRUPT, why);
  }

  /** The first place from {@code from} on that begins like a record, or -1. */
  private long marker(long from, long end) throws IOException {
    int marker = WalLayout.marker(header.salt());
    long last = end - WalLayout.RECORD_HEADER_BYTES;
    for (long start = from; start <= last; ) {
      int length = (int) Math.min(READ_BYTES_MIN, end - start);
      int index = load(start, length);
      int stop = index + length - Integer.BYTES;
      for (int i = index; i <= stop; i++) {
        if (window.getInt(i) == marker) {
          long found = start + i - index;
          return found <= last ? found : -1;
        }
      }
      start += length - Integer.BYTES + 1;
    }
    return -1;
  }

  /**
   * The payload of the record at {@code offset}; null, and {@link #fault} says why, if there is no
   * good one.
   */
  private @Nullable ByteBuffer record(long offset, long end) throws IOException {
    if (end - offset < WalLayout.RECORD_HEADER_BYTES) {
      fault = "record header cut short, bytes=" + (end - offset);
      return null;
    }
    int index = load(offset, WalLayout.RECORD_HEADER_BYTES);
    int crc = WalLayout.headerCrc(header.salt(), offset, window, index);
    int crcStored = window.getInt(index + WalLayout.HEADER_CRC_OFFSET);
    int marker = window.getInt(index + WalLayout.MARKER_OFFSET);
    if (crc != crcStored || marker != WalLayout.marker(header.salt())) {
      fault =
          String.format(Locale.ROOT, "record header crc expected=%08x actual=%08x", crcStored, crc);
      return null;
    }
    int type = window.get(index + WalLayout.TYPE_OFFSET);
    if (type != WalLayout.TYPE_PAYLOAD) {
      throw new SkaldException(
          ErrorKind.UNSUPPORTED, "wal record at offset=%d has the unknown type=%d", offset, type);
    }
    int length = window.getInt(index + WalLayout.LENGTH_OFFSET);
    syncedWhenWritten = window.getInt(index + WalLayout.SYNCED_OFFSET);
    if (length < 0
        || length > recordBytesMax
        || length > end - offset - WalLayout.RECORD_HEADER_BYTES) {
      fault = "record cut short or beyond the limit, length=" + length;
      return null;
    }
    index = load(offset, WalLayout.RECORD_HEADER_BYTES + length);
    int payloadCrcStored = window.getInt(index + WalLayout.PAYLOAD_CRC_OFFSET);
    ByteBuffer payload = window.slice(index + WalLayout.RECORD_HEADER_BYTES, length);
    int payloadCrc = Crc32c.of(payload);
    if (payloadCrc != payloadCrcStored) {
      fault =
          String.format(
              Locale.ROOT,
              "record crc length=%d expected=%08x actual=%08x",
              length,
              payloadCrcStored,
              payloadCrc);
      return null;
    }
    return payload.order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Makes the bytes {@code [offset, offset + length)} of the file present; their index in the
   * window.
   */
  private int load(long offset, int length) throws IOException {
    if (offset < windowStart || offset + length > windowStart + window.limit()) {
      int wanted = (int) Math.min(Math.max(length, READ_BYTES_MIN), sizeBytes - offset);
      if (window.capacity() < wanted) {
        window = ByteBuffer.allocate(wanted).order(ByteOrder.LITTLE_ENDIAN);
      }
      window.clear().limit(wanted);
      file.read(offset, window);
      window.rewind();
      windowStart = offset;
    }
    return (int) (offset - windowStart);
  }
}
