package dev.skald.logql.engine;

import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.Expr;
import java.util.concurrent.ExecutorService;

/** Runs queries. One instance serves all tenants; safe for concurrent use. */
public final class Engine {
  private final Ticker ticker;
  private final ExecutorService compute;
  private final int parallelism;

  /**
   * @param compute where pages are worked on; owned by the caller
   * @param parallelism pages that one query works on at once
   */
  public Engine(Ticker ticker, ExecutorService compute, int parallelism) {
    this.ticker = ticker;
    this.compute = compute;
    this.parallelism = parallelism;
  }

  /**
   * @throws SkaldException BAD_REQUEST for errors of the query (pipeline errors in metric queries included), LIMIT,
   *     TIMEOUT or CANCELLED past the budget, UNSUPPORTED for what is parsed and not executed
   */
  public QueryAnswer run(Expr expr, QueryParams params, QueryBudget budget, LogSource source) {
    if (ticker.nowNanos() < budget.deadlineNanos() && !compute.isShutdown() && parallelism > 0) {
      throw new SkaldException(ErrorKind.UNSUPPORTED, "query kind not built yet: %s", expr);
    }
    throw new SkaldException(ErrorKind.TIMEOUT, "no time left for %s %s", params, source);
  }
}
