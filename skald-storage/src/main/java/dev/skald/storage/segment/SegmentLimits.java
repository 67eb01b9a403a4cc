package dev.skald.storage.segment;

/**
 * How large a segment's parts become.
 *
 * @param pageLineBytesTarget a page is cut when its lines reach this many bytes; a longer line has
 *     a page to itself
 * @param pageRowsMax most rows of a page
 * @param compressionLevel zstd's
 */
public record SegmentLimits(int pageLineBytesTarget, int pageRowsMax, int compressionLevel) {
  public static final SegmentLimits DEFAULT = new SegmentLimits(8 << 20, 1 << 20, 3);

  public SegmentLimits {
    if (pageLineBytesTarget < 1 || pageLineBytesTarget > 1 << 28) {
      throw new IllegalArgumentException("page target of " + pageLineBytesTarget + " bytes");
    }
    if (pageRowsMax < 1 || pageRowsMax > SegmentLayout.PAGE_ROWS_MAX) {
      throw new IllegalArgumentException("pages of " + pageRowsMax + " rows");
    }
    if (compressionLevel < 1 || compressionLevel > 19) {
      throw new IllegalArgumentException("compression level " + compressionLevel);
    }
  }
}
