package dev.skald.storage.segment;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.bytes.Corruption;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a segment is and where its parts are: header, directory block and footer as bytes.
 *
 * @param pages in order of streams, then time
 * @param shapeTable null if no page is taken apart
 * @param self the directory's own block
 */
record SegmentDirectory(
    SegmentId id,
    TenantId tenant,
    long utcDay,
    List<PageEntry> pages,
    BlockRef streamTable,
    int streamCount,
    @Nullable BlockRef shapeTable,
    BlockRef self) {
  SegmentDirectory {
    pages = List.copyOf(pages);
  }

  /** The summary of the segment whose footer has this checksum. */
  SegmentSummary summary(int footerCrc32c) {
    return new SegmentSummary(
        id,
        tenant,
        utcDay,
        pages.stream().mapToLong(PageEntry::rowCount).sum(),
        pages.stream().mapToLong(PageEntry::lineBytes).sum(),
        pages.stream().mapToLong(PageEntry::metadataChars).sum(),
        streamCount,
        pages.size(),
        pages.stream().mapToLong(PageEntry::minEpochNanos).min().orElseThrow(),
        pages.stream().mapToLong(PageEntry::maxEpochNanos).max().orElseThrow(),
        self.endBytes() + SegmentLayout.FOOTER_BYTES,
        footerCrc32c);
  }

  static void writeHeader(SegmentId id, ByteWriter out) {
    int start = out.size();
    out.putLong(SegmentLayout.MAGIC);
    out.putInt(SegmentLayout.VERSION);
    out.putLong(id.value());
    out.putInt(checksum(out.array(), start, SegmentLayout.HEADER_CRC_OFFSET));
  }

  /** Appends directory block and footer; {@code out} starts at byte {@code outOffsetBytes}. */
  static SegmentDirectory write(
      SegmentId id,
      TenantId tenant,
      long utcDay,
      List<PageEntry> pages,
      BlockRef streamTable,
      int streamCount,
      @Nullable BlockRef shapeTable,
      ByteWriter out,
      long outOffsetBytes) {
    int block = BlockRef.begin(out);
    out.putLong(id.value());
    out.putText(tenant.value());
    out.putSignedVarint(utcDay);
    out.putVarint(streamCount);
    out.putVarint(streamTable.payloadBytes());
    out.putInt(streamTable.crc32c());
    out.putVarint(shapeTable == null ? 0 : shapeTable.payloadBytes());
    if (shapeTable != null) {
      out.putInt(shapeTable.crc32c());
    }
    out.putVarint(pages.size());
    pages.forEach(page -> page.write(out));
    BlockRef self = BlockRef.seal(BlockKind.DIRECTORY, out, block, outOffsetBytes);
    int footer = out.size();
    out.putLong(self.offsetBytes());
    out.putInt(self.payloadBytes());
    out.putInt(self.crc32c());
    out.putInt(SegmentLayout.VERSION);
    out.putInt(checksum(out.array(), footer, SegmentLayout.FOOTER_CRC_OFFSET));
    out.putLong(SegmentLayout.MAGIC);
    return new SegmentDirectory(
        id, tenant, utcDay, pages, streamTable, streamCount, shapeTable, self);
  }

  static int footerCrc(ByteWriter out) {
    int footer = out.size() - SegmentLayout.FOOTER_BYTES;
    return checksum(out.array(), footer, SegmentLayout.FOOTER_CRC_OFFSET);
  }

  static void checkHeader(String objectName, SegmentId id, byte[] bytes) {
    ByteReader in = new ByteReader(objectName, 0, bytes, 0, SegmentLayout.HEADER_BYTES);
    checkMagic(objectName, SegmentLayout.HEADER_MAGIC_OFFSET, in.readLong());
    int version = in.readInt();
    long storedId = in.readLong();
    checkCrc(
        objectName,
        "crc32c of header",
        SegmentLayout.HEADER_CRC_OFFSET,
        in.readInt(),
        checksum(bytes, 0, SegmentLayout.HEADER_CRC_OFFSET));
    checkVersion(objectName, version);
    if (storedId != id.value()) {
      throw Corruption.at(
          objectName, SegmentLayout.HEADER_ID_OFFSET, "segment id", id, new SegmentId(storedId));
    }
  }

  /** The directory's block, the footer's checksum, and the format's version. */
  record Footer(BlockRef directory, int crc32c, int version) {}

  /**
   * Checks the footer that stands at {@code bytes[start]}.
   *
   * @param offsetBytes where in the object that is
   */
  static Footer readFooter(String objectName, long offsetBytes, byte[] bytes, int start) {
    ByteReader in =
        new ByteReader(objectName, offsetBytes, bytes, start, start + SegmentLayout.FOOTER_BYTES);
    long directoryOffset = in.readLong();
    int directoryBytes = in.readInt();
    int directoryCrc = in.readInt();
    int version = in.readInt();
    int storedCrc = in.readInt();
    checkMagic(objectName, offsetBytes + SegmentLayout.FOOTER_MAGIC_OFFSET, in.readLong());
    checkCrc(
        objectName,
        "crc32c of footer",
        offsetBytes + SegmentLayout.FOOTER_CRC_OFFSET,
        storedCrc,
        checksum(bytes, start, SegmentLayout.FOOTER_CRC_OFFSET));
    checkVersion(objectName, version);
    BlockRef directory =
        new BlockRef(BlockKind.DIRECTORY, directoryOffset, directoryBytes, directoryCrc);
    if (directoryBytes < 0
        || directoryOffset < SegmentLayout.HEADER_BYTES
        || directory.endBytes() != offsetBytes) {
      throw Corruption.at(
          objectName,
          offsetBytes,
          "place of directory",
          "to end at the footer",
          "%d bytes at %d".formatted(directoryBytes, directoryOffset));
    }
    return new Footer(directory, storedCrc, version);
  }

  /**
   * @param in the payload of the directory block
   * @throws SkaldException CORRUPT
   */
  static SegmentDirectory read(SegmentId id, BlockRef self, int version, ByteReader in) {
    long storedId = in.readLong();
    if (storedId != id.value()) {
      throw in.corrupt("segment id in directory", id, new SegmentId(storedId));
    }
    TenantId tenant = new TenantId(in.readText("tenant"));
    long utcDay = in.readSignedVarint();
    int streamCount = in.readCount("streams", Integer.MAX_VALUE);
    int streamTableBytes = in.readCount("bytes of stream table", Integer.MAX_VALUE);
    int streamTableCrc = in.readInt();
    int shapeTableBytes =
        version == SegmentLayout.VERSION_WITHOUT_SHAPES
            ? 0
            : in.readCount("bytes of shape table", Integer.MAX_VALUE);
    int shapeTableCrc = shapeTableBytes == 0 ? 0 : in.readInt();
    int pageCount = in.readCount("pages", Math.min(SegmentLayout.PAGES_MAX, in.remaining()));
    List<PageEntry> pages = new ArrayList<>(pageCount);
    long offset = SegmentLayout.HEADER_BYTES;
    for (int i = 0; i < pageCount; i++) {
      PageEntry page = PageEntry.read(in, offset, version);
      if (page.streamLast() >= streamCount) {
        throw in.corrupt("last stream of page", "below " + streamCount, page.streamLast());
      }
      pages.add(page);
      offset = page.endBytes();
    }
    in.requireEnd("directory");
    if (pages.isEmpty()) {
      throw in.corrupt("pages", "at least 1", 0);
    }
    BlockRef streamTable =
        new BlockRef(BlockKind.STREAM_TABLE, offset, streamTableBytes, streamTableCrc);
    BlockRef shapeTable =
        shapeTableBytes == 0
            ? null
            : new BlockRef(
                BlockKind.SHAPE_TABLE, streamTable.endBytes(), shapeTableBytes, shapeTableCrc);
    long end = shapeTable == null ? streamTable.endBytes() : shapeTable.endBytes();
    if (end != self.offsetBytes()) {
      throw in.corrupt("end of tables", "byte " + self.offsetBytes(), "byte " + end);
    }
    if (shapeTable == null && pages.stream().anyMatch(PageEntry::isShaped)) {
      throw in.corrupt("pages taken apart", "a shape table", "none");
    }
    return new SegmentDirectory(
        id, tenant, utcDay, pages, streamTable, streamCount, shapeTable, self);
  }

  private static void checkMagic(String objectName, long offsetBytes, long magic) {
    if (magic != SegmentLayout.MAGIC) {
      throw Corruption.at(
          objectName, offsetBytes, "magic", "SKALDSEG", String.format("%016x", magic));
    }
  }

  private static void checkCrc(
      String objectName, String what, long offsetBytes, int stored, int actual) {
    if (stored != actual) {
      throw Corruption.at(
          objectName, offsetBytes, what, Corruption.crcText(stored), Corruption.crcText(actual));
    }
  }

  private static void checkVersion(String objectName, int version) {
    if (version < SegmentLayout.VERSION_WITHOUT_SHAPES || version > SegmentLayout.VERSION) {
      throw new SkaldException(
          ErrorKind.UNSUPPORTED,
          "%s: segment format version %d is %s, known are %d to %d",
          objectName,
          version,
          Integer.compareUnsigned(version, SegmentLayout.VERSION) > 0 ? "too new" : "too old",
          SegmentLayout.VERSION_WITHOUT_SHAPES,
          SegmentLayout.VERSION);
    }
  }

  private static int checksum(byte[] bytes, int start, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, start, length);
    return (int) crc.getValue();
  }
}
