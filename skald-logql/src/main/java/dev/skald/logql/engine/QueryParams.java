package dev.skald.logql.engine;

import dev.skald.model.Direction;

/**
 * How a query is to be run. Times are nanoseconds since the epoch, durations nanoseconds.
 *
 * @param kind instant queries are evaluated once, at {@code endEpochNanos}
 * @param startEpochNanos of an instant query: {@code stats} looks at what comes after it; other
 *     instant queries do not use it
 * @param stepNanos distance of evaluation times; unused for instant queries
 * @param intervalNanos log queries: least distance of returned entries; 0: all
 * @param pieceNanos log queries with an interval: of each piece of time, only the first {@code limit} entries are looked
 *     at, each piece for itself, as Loki does (spec logql.md 9); 0: all are one
 * @param limit log queries: most entries returned
 */
public record QueryParams(
    Kind kind,
    long startEpochNanos,
    long endEpochNanos,
    long stepNanos,
    long intervalNanos,
    long pieceNanos,
    int limit,
    Direction direction) {
  /** As above, all in one piece. */
  public QueryParams(
      Kind kind,
      long startEpochNanos,
      long endEpochNanos,
      long stepNanos,
      long intervalNanos,
      int limit,
      Direction direction) {
    this(kind, startEpochNanos, endEpochNanos, stepNanos, intervalNanos, 0, limit, direction);
  }

  public QueryParams inPieces(long nanos) {
    return new QueryParams(
        kind, startEpochNanos, endEpochNanos, stepNanos, intervalNanos, nanos, limit, direction);
  }

  public enum Kind {
    INSTANT,
    RANGE
  }
}
