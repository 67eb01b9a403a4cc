package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.RowBatch.PlaceTest;

/** Keeps rows whose labels satisfy a condition (spec logql.md 6.9). */
record LabelFilterStep(PlaceTest test) implements Step {
  @Override
  public void apply(RowBatch batch) {
    batch.keep(test);
  }
}
