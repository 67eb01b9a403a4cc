package dev.skald.benchmarks;

import dev.skald.logql.pipeline.Pipeline;
import dev.skald.logql.pipeline.PipelineRun;
import dev.skald.model.EntryBatch;
import dev.skald.model.Selection;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * One thread runs a stage over a page that is in memory, as the engine does: a filter over
 * the whole page, anything else batch by batch.
 */
public class StageBenchmark extends MegabyteBenchmark {
  static final int MEGABYTES = 8;

  @Param StageSample stage = StageSample.JSON_ALL;

  private EntryBatch page = new EntryBatch();
  private Selection rows = Selection.empty();
  private Pipeline pipeline = Queries.compile("");
  private PipelineRun run = pipeline.newRun();

  @Setup
  public void open() {
    open(MEGABYTES * MB);
  }

  void open(int lineBytes) {
    page = SampleBatch.of(stage.lines().make(lineBytes));
    rows = Selection.all(page.rowCount());
    compile("");
  }

  /** The stage, and more behind it. */
  void compile(String more) {
    pipeline = Queries.compile(stage.stages() + more, stage.demand());
    run = pipeline.newRun();
  }

  /** Rows that are left. */
  @Benchmark
  @OperationsPerInvocation(MEGABYTES)
  public int run() {
    if (pipeline.isFilterOnly()) {
      Selection selected = rows.slice(0, rows.count());
      run.filter(page, selected);
      return selected.count();
    }
    int left = 0;
    for (int from = 0; from < rows.count(); from += PipelineRun.BATCH_ROWS) {
      int to = Math.min(rows.count(), from + PipelineRun.BATCH_ROWS);
      left += run.run(page, rows, from, to).count();
    }
    return left;
  }

  int rowCount() {
    return rows.count();
  }
}
