package dev.skald.storage.segment;

/**
 * How large a segment's parts become.
 *
 * @param pageLineBytesTarget a page is cut when its lines reach this many bytes, or up to twice as many
 *     if they are wide; a longer line has a page to itself
 * @param pageRowsMax most rows of a page
 */
public record SegmentLimits(int pageLineBytesTarget, int pageRowsMax) {
  /**
   * A page of wide lines that is full by its bytes goes on until it has so many rows, or so many
   * times the bytes: what repeats from row to row stands in a page once.
   */
  private static final int WIDE_PAGE_ROWS = 1 << 13;

  private static final int WIDE_PAGE_GROWTH = 2;
  private static final int WIDE_LINE_BYTES = 1 << 10;

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

  /**
   * Bytes at which a page of lines like these is cut. Measured: 100 MB of event JSON with lines of
   * 1.9 kB take 911 kB in pages of 8 MiB, 794 kB in pages of 16 MiB, in the same time.
   *
   * @param rowCount at least 1
   */
  public long pageLineBytesTarget(long rowCount, long lineBytes) {
    long meanBytes = lineBytes / rowCount;
    if (meanBytes < WIDE_LINE_BYTES) {
      return pageLineBytesTarget;
    }
    long max = (long) WIDE_PAGE_GROWTH * pageLineBytesTarget;
    return Math.clamp(WIDE_PAGE_ROWS * meanBytes, pageLineBytesTarget, max);
  }
}
