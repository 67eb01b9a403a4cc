package dev.skald.server;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.pipeline.LabelDemand;
import dev.skald.logql.pipeline.Pipeline;
import dev.skald.logql.pipeline.PipelineLimits;
import dev.skald.logql.pipeline.PipelineRun;
import dev.skald.logql.pipeline.RowBatch;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.logql.syntax.TemplateCheck;
import dev.skald.model.Matcher;
import dev.skald.model.Page;
import dev.skald.model.Selection;
import dev.skald.storage.retention.RowQuery;
import java.util.BitSet;
import java.util.List;

/** A log query as the store wants it: which rows pass its stages. Safe for concurrent use. */
record PipelineRowQuery(List<Matcher> matchers, Pipeline pipeline, boolean isWholeStreams)
    implements RowQuery {
  /**
   * @throws SkaldException BAD_REQUEST with the delete API's text
   */
  static PipelineRowQuery compile(String query, PipelineLimits limits) {
    try {
      if (LogqlParser.parseAnySelector(query, TemplateCheck.NONE) instanceof LogExpr log) {
        Pipeline pipeline = Pipeline.compile(log.stages(), LabelDemand.NOTHING, limits);
        return new PipelineRowQuery(log.selector().matchers(), pipeline, log.stages().isEmpty());
      }
    } catch (LogqlSyntaxException | SkaldException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "invalid query expression", e);
    }
    throw SkaldException.of(ErrorKind.BAD_REQUEST, "invalid query expression");
  }

  @Override
  public void keepMatching(Page page, Selection rows) {
    PipelineRun run = pipeline.newRun();
    if (pipeline.isFilterOnly()) {
      run.filter(page, rows);
      return;
    }
    BitSet passed = new BitSet(page.rowCount());
    for (int from = 0; from < rows.count(); from += PipelineRun.BATCH_ROWS) {
      int to = Math.min(from + PipelineRun.BATCH_ROWS, rows.count());
      RowBatch batch = run.run(page, rows, from, to);
      for (int i = 0; i < batch.count(); i++) {
        passed.set(batch.pageRow(i));
      }
    }
    rows.keep(passed::get);
  }
}
