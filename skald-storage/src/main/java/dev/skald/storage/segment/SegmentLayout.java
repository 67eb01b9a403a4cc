package dev.skald.storage.segment;

/**
 * Offsets, kinds and limits of a segment's bytes, version 3; see docs/format/segment.md.
 * Little-endian.
 *
 * <pre>
 *   header | page blocks ... | stream table block | [shape table block] | directory block | footer
 *   block  = kind, length, crc32c, payload
 *   page   = time, stream, [metadata ordinals, metadata sets],
 *            lengths, lines | shapes, frame ...
 * </pre>
 */
final class SegmentLayout {
  /** "SKALDSEG" as it stands in the object, at its start and at its end. */
  static final long MAGIC = 0x474553444c414b53L;

  static final int VERSION = 3;

  /** The first version; still read. Its pages have lines only. */
  static final int VERSION_WITHOUT_SHAPES = 1;

  /** Most frames of a page. */
  static final int PAGE_FRAMES_MAX = 1 << 16;

  /** Header: who this object says it is. */
  static final int HEADER_MAGIC_OFFSET = 0;

  static final int HEADER_VERSION_OFFSET = HEADER_MAGIC_OFFSET + Long.BYTES;
  static final int HEADER_ID_OFFSET = HEADER_VERSION_OFFSET + Integer.BYTES;
  static final int HEADER_CRC_OFFSET = HEADER_ID_OFFSET + Long.BYTES; // over all before it
  static final int HEADER_BYTES = HEADER_CRC_OFFSET + Integer.BYTES;

  /** Block header; the directory repeats all of it, the footer that of the directory. */
  static final int BLOCK_KIND_OFFSET = 0;

  static final int BLOCK_LENGTH_OFFSET = BLOCK_KIND_OFFSET + Integer.BYTES; // of the payload
  static final int BLOCK_CRC_OFFSET = BLOCK_LENGTH_OFFSET + Integer.BYTES; // kind, length, payload
  static final int BLOCK_HEADER_BYTES = BLOCK_CRC_OFFSET + Integer.BYTES;

  /** Footer, the last bytes of the object. */
  static final int FOOTER_DIRECTORY_OFFSET_OFFSET = 0;

  static final int FOOTER_DIRECTORY_LENGTH_OFFSET = FOOTER_DIRECTORY_OFFSET_OFFSET + Long.BYTES;
  static final int FOOTER_DIRECTORY_CRC_OFFSET = FOOTER_DIRECTORY_LENGTH_OFFSET + Integer.BYTES;
  static final int FOOTER_VERSION_OFFSET = FOOTER_DIRECTORY_CRC_OFFSET + Integer.BYTES;
  static final int FOOTER_CRC_OFFSET = FOOTER_VERSION_OFFSET + Integer.BYTES; // over all before it
  static final int FOOTER_MAGIC_OFFSET = FOOTER_CRC_OFFSET + Integer.BYTES;
  static final int FOOTER_BYTES = FOOTER_MAGIC_OFFSET + Long.BYTES;

  /** Smallest object that can be a segment. */
  static final int OBJECT_BYTES_MIN = HEADER_BYTES + FOOTER_BYTES;

  /** Lines and metadata sets: as they are, or in one zstd frame. */
  static final int RAW = 0;

  static final int ZSTD = 1;

  /** Metadata ordinals: one for each row, or one for each run of equal ones. */
  static final int ORDINALS_PLAIN = 0;

  static final int ORDINALS_RUNS = 1;

  /** Most pages of a segment. */
  static final int PAGES_MAX = 1 << 20;

  /** Most rows of a page. */
  static final int PAGE_ROWS_MAX = 1 << 22;

  /**
   * Most bytes of a page's lines: they must fit an array, and so must what zstd may make of them.
   */
  static final int PAGE_LINE_BYTES_MAX = 1 << 30;

  private SegmentLayout() {}
}
