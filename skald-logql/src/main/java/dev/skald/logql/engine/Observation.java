package dev.skald.logql.engine;

import dev.skald.model.Labels;

/**
 * The sample of one row, as a worker hands it to a range function. One object per worker, written
 * again for each row.
 */
final class Observation {
  long epochNanos;

  /**
   * Position in order of arrival: the page's place among the query's pages in the upper half, the
   * row in the lower.
   */
  long arrival;

  Labels stream = Labels.EMPTY;
  double value;

  static long arrival(int pageSequence, int row) {
    return (long) pageSequence << 32 | row;
  }

  static int pageSequence(long arrival) {
    return (int) (arrival >>> 32);
  }
}
