package dev.skald.logql.pipeline;

/** One stage at work. One thread; buffers are reused from batch to batch. */
interface Step {
  /**
   * Drops rows, changes lines and labels, in place. Rows that an earlier step dropped are not seen.
   *
   * @param batch the one that the step was opened for
   */
  void apply(RowBatch batch);

  /** A compiled stage: immutable, shared by threads. */
  @FunctionalInterface
  interface Source {
    /**
     * @param batch of the worker that the step belongs to; the step may keep it
     */
    Step open(RowBatch batch);
  }
}
