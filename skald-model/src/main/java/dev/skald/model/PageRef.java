package dev.skald.model;

/** A page that a scan may read: its directory facts, and how to get its rows. Safe for one thread at a time. */
public interface PageRef {
  /** Oldest row of the page that may match; inclusive. */
  long minEpochNanos();

  /** Newest row of the page that may match; inclusive. */
  long maxEpochNanos();

  /** Rows of the page, matching or not. */
  int rowCount();

  /** Bytes of the page's lines, matching or not. */
  long lineBytes();

  /**
   * Position in order of arrival: of two pages that hold the same stream and timestamp, the rows of the one with the
   * smaller order came first.
   */
  long order();

  /**
   * Selects the rows. Columns are read when they are first asked for, here only those that selecting needs; lines only
   * if removing duplicates needs them.
   *
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  PageRows read();

  /**
   * Tells of the rows that {@link #read} would select how many lie in which stream and bucket, and about how much they
   * weigh. Reads no lines where that can be helped.
   *
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  default void weigh(VolumeGrid grid, VolumeSink sink) {
    PageVolume.tell(read(), grid, sink);
  }
}
