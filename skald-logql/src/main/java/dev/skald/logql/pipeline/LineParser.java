package dev.skald.logql.pipeline;

/** A stage that makes labels of lines, each line by itself. */
interface LineParser extends Step {
  /** Adds the labels of one row, whose line is there. */
  void parse(RowBatch batch, int place);

  @Override
  default void apply(RowBatch batch) {
    batch.loadLines();
    for (int i = 0; i < batch.count(); i++) {
      parse(batch, batch.place(i));
    }
  }
}
