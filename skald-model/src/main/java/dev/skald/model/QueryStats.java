package dev.skald.model;

/**
 * What a query cost. Counted while it runs; a snapshot is written into the answer.
 *
 * @param lineBytes bytes of the lines that were examined
 * @param lines rows that were examined
 * @param linesAfterFilters rows that passed the pipeline
 * @param metadataBytes bytes of structured metadata examined
 * @param pages pages read
 * @param duplicates rows left out because the same entry was stored before
 * @param entriesReturned entries (streams) or samples in the result
 * @param streams streams that matched; beyond 10,000 of several segments, at least so many
 * @param execNanos wall time
 * @param queueNanos time spent waiting for a turn
 */
public record QueryStats(
    long lineBytes,
    long lines,
    long linesAfterFilters,
    long metadataBytes,
    long pages,
    long duplicates,
    long entriesReturned,
    long streams,
    long execNanos,
    long queueNanos) {
  public static final QueryStats NONE = new QueryStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
