package dev.skald.storage.segment;

/**
 * How large a segment's parts become.
 *
 * @param pageLineBytesTarget a page is cut when its lines reach this many bytes; a longer line has
 *     a page to itself
 * @param pageRowsMax most rows of a page
 */
public record SegmentLimits(int pageLineBytesTarget, int pageRowsMax) {
  /** The rows' columns are encoded with some 40 bytes of memory for each row of a page. */
  public static final SegmentLimits DEFAULT = new SegmentLimits(8 << 20, 1 << 18);

  public SegmentLimits {
    if (pageLineBytesTarget < 1 || pageLineBytesTarget > SegmentLayout.PAGE_LINE_BYTES_MAX) {
      throw new IllegalArgumentException("page target of " + pageLineBytesTarget + " bytes");
    }
    if (pageRowsMax < 1 || pageRowsMax > SegmentLayout.PAGE_ROWS_MAX) {
      throw new IllegalArgumentException("pages of " + pageRowsMax + " rows");
    }
  }
}
