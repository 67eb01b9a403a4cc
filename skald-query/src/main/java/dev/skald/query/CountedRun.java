package dev.skald.query;

import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.QueryParams;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.model.QueryStats;
import dev.skald.model.TenantId;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives queries their turn, and tells the metrics how they went. Safe for concurrent use. */
record CountedRun(Ticker ticker, QueryTurns turns, QueryMetrics metrics) {
  /** Waits for a turn and runs; {@code cost} tells what the answer cost. */
  <T> T run(
      TenantId tenant,
      Expr expr,
      QueryParams.Kind kind,
      long deadlineNanos,
      BooleanSupplier cancelled,
      Function<T, QueryStats> cost,
      Supplier<T> body) {
    long startNanos = ticker.nowNanos();
    @Nullable ErrorKind failure = ErrorKind.BUG;
    QueryStats stats = QueryStats.NONE;
    try {
      try (QueryTurns.Turn turn = turns.take(tenant, deadlineNanos, cancelled)) {
        metrics.waited(turn.waitedNanos());
        T answer = body.get();
        stats = cost.apply(answer);
        failure = null;
        return answer;
      }
    } catch (SkaldException e) {
      failure = e.kind();
      if (failure == ErrorKind.RATE_LIMITED) {
        metrics.discarded(tenant);
      }
      throw e;
    } finally {
      long nanos = ticker.nowNanos() - startNanos;
      metrics.finished(tenant, type(expr), kind, failure, stats, nanos);
    }
  }

  private static QueryMetrics.Type type(Expr expr) {
    if (expr instanceof LogExpr log) {
      return log.stages().isEmpty() ? QueryMetrics.Type.LIMITED : QueryMetrics.Type.FILTER;
    }
    return QueryMetrics.Type.METRIC;
  }
}
