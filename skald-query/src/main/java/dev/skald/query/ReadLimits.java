package dev.skald.query;

/**
 * How much a query may have to read (spec limits.md 2). Zero turns a limit off.
 *
 * @param bytesMax bytes of lines and metadata, as the page directories tell them beforehand
 * @param pieceBytesMax the same of one piece of the query's time
 * @param pieceNanos length of a piece; 0: the query is one
 * @param instantPieceNanos the same of an instant query's range; such a range has no limit in Loki's dialect
 * @param pagesMax pages that may have to be touched
 * @param streamsMax streams that a selector may find in one index
 */
public record ReadLimits(
    long bytesMax,
    long pieceBytesMax,
    long pieceNanos,
    long instantPieceNanos,
    int pagesMax,
    int streamsMax) {
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  /** Loki's. */
  public static final ReadLimits DEFAULTS =
      new ReadLimits(0, 150L << 30, HOUR_NANOS, HOUR_NANOS, 2_000_000, 100_000);

  /** What a request limits itself to. */
  ReadLimits within(long ownBytesMax) {
    return new ReadLimits(
        QueryLimits.lower(bytesMax, ownBytesMax),
        pieceBytesMax,
        pieceNanos,
        instantPieceNanos,
        pagesMax,
        streamsMax);
  }

  ReadLimits and(ReadLimits other) {
    return new ReadLimits(
        QueryLimits.lower(bytesMax, other.bytesMax),
        QueryLimits.lower(pieceBytesMax, other.pieceBytesMax),
        QueryLimits.lower(pieceNanos, other.pieceNanos),
        QueryLimits.lower(instantPieceNanos, other.instantPieceNanos),
        (int) QueryLimits.lower(pagesMax, other.pagesMax),
        (int) QueryLimits.lower(streamsMax, other.streamsMax));
  }
}
