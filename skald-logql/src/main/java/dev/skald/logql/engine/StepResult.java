package dev.skald.logql.engine;

import java.util.List;

/** What a part of a metric query gives at the query's steps. */
sealed interface StepResult {
  /** A number, the same at every step; not a vector: it has no labels to match. */
  record Constant(double value) implements StepResult {}

  /**
   * Series; their order matters to sorted instant queries alone. Two may have the same labels: at
   * different steps after {@code or}, even at the same step after {@code label_replace}.
   */
  record Vector(List<StepSeries> series) implements StepResult {
    public Vector {
      series = List.copyOf(series);
    }
  }
}
