package dev.skald.benchmarks;

import dev.skald.logql.pipeline.LabelDemand;
import dev.skald.logql.pipeline.Pipeline;
import dev.skald.logql.pipeline.PipelineLimits;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.TemplateCheck;
import java.time.ZoneOffset;

/** Stages of queries, compiled. */
final class Queries {
  private static final PipelineLimits LIMITS =
      PipelineLimits.defaults(() -> SampleBatch.START_EPOCH_NANOS, ZoneOffset.UTC);

  private Queries() {}

  /** For a reader of all labels. */
  static Pipeline compile(String stages) {
    return compile(stages, LabelDemand.ALL);
  }

  static Pipeline compile(String stages, LabelDemand demand) {
    String query = "{app=\"web\"} " + stages;
    return Pipeline.compile(
        LogqlParser.parseLog(query, TemplateCheck.NONE).stages(), demand, LIMITS);
  }
}
