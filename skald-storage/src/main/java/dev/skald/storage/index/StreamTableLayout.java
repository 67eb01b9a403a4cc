package dev.skald.storage.index;

/** Numbers of the stream table's bytes; see docs/format/index.md. */
final class StreamTableLayout {
  /** Values that are stored one after the other with their common prefixes left out. */
  static final int VALUE_GROUP = 16;

  /** An ordinal for every stream. */
  static final int DENSE = 0;

  /** Only the streams that have the label, and their ordinals. */
  static final int SPARSE = 1;

  /** The table as it is. */
  static final int RAW = 0;

  /** The table in one zstd frame. */
  static final int ZSTD = 1;

  /** Most streams of a segment. */
  static final int STREAMS_MAX = 1 << 24;

  /** Largest table: what a reader keeps in memory for it. */
  static final int TABLE_BYTES_MAX = 1 << 30;

  private StreamTableLayout() {}
}
