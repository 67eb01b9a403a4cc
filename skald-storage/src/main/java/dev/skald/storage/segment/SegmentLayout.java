package dev.skald.storage.segment;

/** Offsets and limits of a segment's bytes; see docs/format/segment.md. Little-endian. */
final class SegmentLayout {
  /** Most rows of a page. */
  static final int PAGE_ROWS_MAX = 1 << 22;

  private SegmentLayout() {}
}
