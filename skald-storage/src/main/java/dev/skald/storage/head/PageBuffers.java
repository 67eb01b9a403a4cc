package dev.skald.storage.head;

/**
 * The arrays of one page of the head; used again for another page when nobody reads this one any
 * more.
 */
final class PageBuffers {
  private static final int BYTES_PER_ROW = Long.BYTES + 3 * Integer.BYTES;

  /**
   * How large a page is.
   *
   * @param lineBytes room for lines
   * @param rows room for rows
   */
  record Size(int lineBytes, int rows) {
    /** Rows of a page at most; {@link RowIndex} counts on it. */
    static final int ROWS_MAX = 1 << 15;

    /** A tenant's first page; each further one is four times larger, up to the largest. */
    private static final int LINE_BYTES_FIRST = 16 << 10;

    private static final int LINE_BYTES_MAX = 1 << 20;
    private static final int LINE_BYTES_PER_ROW_FIRST = 128;
    private static final int LINE_BYTES_PER_ROW_MIN = 32;
    private static final int LINE_BYTES_PER_ROW_MAX = 512;

    /**
     * For the next page of a tenant: small at first, because there may be many tenants, and with
     * room for as many rows as its lines so far let expect.
     *
     * @param pagesBefore pages that the tenant has in this generation
     * @param lineBytesMean of its lines so far; 0 if there are none
     */
    static Size next(int pagesBefore, long lineBytesMean) {
      int lineBytes =
          (int) Math.min(LINE_BYTES_MAX, (long) LINE_BYTES_FIRST << Math.min(20, 2 * pagesBefore));
      long perRow = lineBytesMean == 0 ? LINE_BYTES_PER_ROW_FIRST : lineBytesMean;
      long step = Math.max(1, Long.highestOneBit(perRow) / 4); // few sizes, to be used again
      long bounded =
          Math.clamp(perRow / step * step, LINE_BYTES_PER_ROW_MIN, LINE_BYTES_PER_ROW_MAX);
      return new Size(lineBytes, Math.min(ROWS_MAX, (int) (lineBytes / bounded)));
    }

    /** For a line that fits no other page. */
    static Size ofOneLine(int lineBytes) {
      return new Size(lineBytes, 1);
    }

    /** Whether a page of this size may be asked for again. */
    boolean isCommon() {
      return lineBytes == LINE_BYTES_MAX;
    }

    long memoryBytes() {
      return (long) lineBytes + (long) rows * BYTES_PER_ROW;
    }
  }

  final Size size;
  final byte[] lineBytes;

  /** One more than there are rows; the first is 0 always. */
  final int[] offsets;

  final long[] timestamps;
  final int[] streams;
  final int[] metadata;

  PageBuffers(Size size) {
    this.size = size;
    this.lineBytes = new byte[size.lineBytes()];
    this.offsets = new int[size.rows() + 1];
    this.timestamps = new long[size.rows()];
    this.streams = new int[size.rows()];
    this.metadata = new int[size.rows()];
  }
}
