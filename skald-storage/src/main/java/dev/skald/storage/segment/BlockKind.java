package dev.skald.storage.segment;

/** What a block holds. */
enum BlockKind {
  /** Timestamps. */
  TIME(1),
  /** Which streams the page has, and how many rows of each. */
  STREAM(2),
  /** Which of the page's metadata sets each row has; left out if all have the empty one. */
  METADATA_ORDINALS(3),
  /** The page's metadata sets but the empty one; left out if there are none. */
  METADATA_SETS(4),
  /** Bytes of each line; left out if the lines are taken apart. */
  LENGTHS(5),
  /** The lines, end to end; left out with the lengths. */
  LINES(6),
  /** Which shapes and columns the page has; version 2. */
  SHAPES(9),
  /** Some of these columns; version 2, several in a page. */
  FRAME(10),
  /** The segment's streams and their labels. */
  STREAM_TABLE(7),
  /** The segment's shapes; left out if no page is taken apart; version 2. */
  SHAPE_TABLE(11),
  /** Where everything is, and what it sums up to. */
  DIRECTORY(8);

  private final int code;

  BlockKind(int code) {
    this.code = code;
  }

  /** As stored. */
  int code() {
    return code;
  }
}
