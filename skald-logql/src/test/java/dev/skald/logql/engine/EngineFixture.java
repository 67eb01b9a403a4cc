package dev.skald.logql.engine;

import dev.skald.logql.pipeline.PipelineLimits;
import dev.skald.logql.syntax.Dialect;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.TemplateCheck;
import dev.skald.model.Direction;
import dev.skald.model.QueryResult;
import java.time.ZoneOffset;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An engine with two workers, and short ways to ask it. */
final class EngineFixture {
  static final long SECOND = 1_000_000_000L;

  private static final ExecutorService COMPUTE =
      Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().factory());

  static final QueryBudget AMPLE = new QueryBudget(1L << 32, Long.MAX_VALUE, 0, () -> false);

  static final Engine ENGINE =
      new Engine(() -> 0, PipelineLimits.defaults(() -> 0, ZoneOffset.UTC), COMPUTE, 2);

  private EngineFixture() {}

  static QueryResult instant(String query, long epochNanos, LogSource source) {
    QueryParams params =
        new QueryParams(
            QueryParams.Kind.INSTANT, epochNanos, epochNanos, 0, 0, 100, Direction.BACKWARD);
    return ENGINE.run(LogqlParser.parse(query), params, AMPLE, source).result();
  }

  /** In Skald's dialect. */
  static QueryResult extended(String query, QueryParams params, LogSource source) {
    Expr expr = LogqlParser.parse(query, TemplateCheck.NONE, Dialect.SKALD);
    return ENGINE.run(expr, params, AMPLE, source).result();
  }

  static QueryParams range(long startEpochNanos, long endEpochNanos, long stepNanos) {
    return new QueryParams(
        QueryParams.Kind.RANGE,
        startEpochNanos,
        endEpochNanos,
        stepNanos,
        0,
        100,
        Direction.BACKWARD);
  }

  static QueryResult range(String query, QueryParams params, LogSource source) {
    return ENGINE.run(LogqlParser.parse(query), params, AMPLE, source).result();
  }
}
