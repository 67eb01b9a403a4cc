package dev.skald.logql.engine;

import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.pipeline.PipelineLimits;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.model.QueryResult;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Runs queries. One instance serves all tenants; safe for concurrent use. */
public final class Engine {
  private static final String NOT_INSTANT =
      "log queries are not supported as an instant query type, please change your query to a range"
          + " query type";

  private final Ticker ticker;
  private final PipelineLimits limits;
  private final ExecutorService compute;
  private final int parallelism;

  /**
   * @param limits what the stages of pipelines may use
   * @param compute where pages are worked on; owned by the caller. {@link #run} waits for it, and
   *     so must not be called by one of its threads
   * @param parallelism pages that one query works on at once; positive
   */
  public Engine(Ticker ticker, PipelineLimits limits, ExecutorService compute, int parallelism) {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism is not positive: " + parallelism);
    }
    this.ticker = ticker;
    this.limits = limits;
    this.compute = compute;
    this.parallelism = parallelism;
  }

  /**
   * Answers a query. A log query's streams are what the pipeline left of stream labels, ordered by
   * label string; structured metadata and parsed labels stay with the entries.
   *
   * @throws SkaldException BAD_REQUEST for errors of the query (pipeline errors in metric queries
   *     included), LIMIT, TIMEOUT or CANCELLED past the budget, UNSUPPORTED for what is parsed and
   *     not executed
   */
  public QueryAnswer run(Expr expr, QueryParams params, QueryBudget budget, LogSource source) {
    QueryMeter meter = new QueryMeter(ticker, budget);
    meter.check();
    QueryResult result =
        switch (expr) {
          case LogExpr log -> runLog(log, params, meter, source);
          case MetricExpr metric -> runMetric(metric, params, meter, source);
        };
    return new QueryAnswer(result, meter.stats(entries(result)), meter.warnings());
  }

  /**
   * A part of the answer to a log query; parts put together are the answer to the query without a limit.
   *
   * @param after where the part before ended; null for the first one
   * @throws SkaldException as {@link #run}; BAD_REQUEST too for a query with an order of its own
   */
  public LogPage page(
      LogExpr expr,
      QueryParams params,
      @Nullable PagePosition after,
      QueryBudget budget,
      LogSource source) {
    QueryMeter meter = new QueryMeter(ticker, budget);
    meter.check();
    LogQueryRun query = new LogQueryRun(source, compute, parallelism, limits, meter);
    LogPageRun.Part part = new LogPageRun(query, expr, params).run(after);
    QueryResult result = new QueryResult.Streams(StreamGroups.byStream(part.entries()));
    return new LogPage(
        new QueryAnswer(result, meter.stats(entries(result)), meter.warnings()),
        part.entries().stream().map(one -> new LogPage.Row(one.stream(), one.entry())).toList(),
        part.next());
  }

  private QueryResult runLog(LogExpr expr, QueryParams params, QueryMeter meter, LogSource source) {
    if (params.kind() == QueryParams.Kind.INSTANT) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, NOT_INSTANT);
    }
    return new LogQueryRun(source, compute, parallelism, limits, meter).run(expr, params);
  }

  private QueryResult runMetric(
      MetricExpr expr, QueryParams params, QueryMeter meter, LogSource source) {
    StepGrid grid =
        expr.hasStats() ? new StepGrid(params.endEpochNanos(), 1, 1) : StepGrid.of(params);
    StatsRun stats = new StatsRun(source, compute, parallelism, limits, params, meter);
    RangeAggregationRun ranges =
        new RangeAggregationRun(source, compute, parallelism, limits, grid, meter);
    StepResult result =
        new MetricQueryRun(ranges, stats, grid, meter).evaluate(LetMatching.resolve(expr));
    MetricAnswer answer = new MetricAnswer(grid, meter);
    return params.kind() == QueryParams.Kind.INSTANT
        ? answer.instant(expr, result)
        : answer.range(expr, result);
  }

  private static long entries(QueryResult result) {
    return switch (result) {
      case QueryResult.Streams streams ->
          streams.streams().stream().mapToLong(stream -> stream.entries().size()).sum();
      case QueryResult.Matrix matrix ->
          matrix.series().stream().mapToLong(series -> series.samples().size()).sum();
      case QueryResult.Vector vector -> vector.series().size();
      case QueryResult.Scalar scalar -> 1;
    };
  }
}
