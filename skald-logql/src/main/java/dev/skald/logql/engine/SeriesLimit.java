package dev.skald.logql.engine;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;

/** How many series a metric query may answer (spec logql.md 8.11). */
final class SeriesLimit {
  /** For what is not a result. */
  static final int NONE = 0;

  private SeriesLimit() {}

  /**
   * @param seriesMax {@link #NONE}: no limit
   * @throws SkaldException LIMIT beyond it
   */
  static void check(int series, int seriesMax) {
    if (seriesMax != NONE && series > seriesMax) {
      throw new SkaldException(
          ErrorKind.LIMIT,
          "maximum number of series (%d) reached for a single query; consider reducing query"
              + " cardinality by adding more specific stream selectors, reducing the time range,"
              + " or aggregating results with functions like sum(), count() or topk()",
          seriesMax);
    }
  }
}
