package dev.skald.compress;

/**
 * How hard zstd tries for the parts of a segment.
 *
 * @param lines of pages that are kept as they are
 * @param framesFirst of columns; what it makes half as large or smaller is compressed by {@code frames} instead
 * @param frames of columns
 * @param numbers of times, streams and metadata
 * @param tables of shapes and of a page's columns
 */
public record ZstdEffort(
    ZstdLevel lines, ZstdLevel framesFirst, ZstdLevel frames, ZstdLevel numbers, ZstdLevel tables) {
  /** For much that comes in at once. */
  public static final ZstdEffort QUICK =
      new ZstdEffort(
          ZstdLevel.LINES,
          ZstdLevel.COLUMNS,
          ZstdLevel.FRAMES,
          ZstdLevel.COLUMNS,
          ZstdLevel.TABLES);

  /** For what is little, and for what is written once more in the background and read for years. */
  public static final ZstdEffort THOROUGH =
      new ZstdEffort(
          ZstdLevel.COLD_LINES,
          ZstdLevel.THOROUGH,
          ZstdLevel.THOROUGH,
          ZstdLevel.THOROUGH,
          ZstdLevel.THOROUGH);

  /** Lines that are compressed thoroughly in a tenth of a second. */
  private static final long LITTLE_LINE_BYTES = 8 << 20;

  /** For what has so many bytes of lines and comes in at once: a little costs a little. */
  public static ZstdEffort of(long lineBytes) {
    return lineBytes <= LITTLE_LINE_BYTES ? THOROUGH : QUICK;
  }
}
