package dev.skald.logql.pipeline;

/** Adds what a plan says of a row to the row's labels, as the plan's parser would. */
@FunctionalInterface
interface ShapeLabels {
  /**
   * @param plan it says all of the row
   * @param row of the page
   */
  void add(BoundPlan plan, int place, int row);
}
