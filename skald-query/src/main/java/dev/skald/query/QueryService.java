package dev.skald.query;

import dev.skald.clock.EpochClock;
import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.Engine;
import dev.skald.logql.engine.QueryAnswer;
import dev.skald.logql.engine.QueryBudget;
import dev.skald.logql.engine.QueryParams;
import dev.skald.logql.pipeline.GoTemplateCheck;
import dev.skald.logql.syntax.Dialect;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.LogqlPrinter;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.logql.syntax.LokiReading;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.LogStore;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Answers queries of all tenants. At most {@code concurrentQueriesMax} run at once; others wait for their turn within
 * their own timeout. Safe for concurrent use.
 */
public final class QueryService {
  private static final String MATCHES_ALL =
      "parse error : queries require at least one regexp or equality matcher that does not have an"
          + " empty-compatible value. For instance, app=~\".*\" does not meet this requirement, but"
          + " app=~\".+\" will";

  private static final String GONE = "the request was cancelled by the client";

  /** How often those who wait for their turn look whether their client waits still. */
  private static final long LOOK_NANOS = 500_000_000;

  private static final GoTemplateCheck TEMPLATES = new GoTemplateCheck();

  private final EpochClock clock;
  private final Ticker ticker;
  private final LogStore store;
  private final Engine engine;
  private final Function<TenantId, QueryLimits> limits;
  private final Semaphore turns;

  public QueryService(
      EpochClock clock,
      Ticker ticker,
      LogStore store,
      Engine engine,
      Function<TenantId, QueryLimits> limits,
      int concurrentQueriesMax) {
    this.clock = clock;
    this.ticker = ticker;
    this.store = store;
    this.engine = engine;
    this.limits = limits;
    this.turns = new Semaphore(concurrentQueriesMax, true);
  }

  /**
   * Runs a query.
   *
   * @throws SkaldException BAD_REQUEST for a text that is not LogQL, LIMIT, TIMEOUT, CANCELLED, UNSUPPORTED
   */
  public QueryAnswer run(TenantId tenant, QueryRequest request) {
    QueryLimits limit = limits.apply(tenant);
    Expr expr = parse(request.query(), limit.dialect());
    if (limit.dialect() == Dialect.LOKI) {
      expr = LokiReading.of(expr);
    }
    QueryParams params = request.params();
    boolean isLog = expr instanceof LogExpr;
    if (isLog && params.kind() == QueryParams.Kind.INSTANT) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "log queries are not supported as an instant query type, please change your query to a"
              + " range query type");
    }
    QueryLimitCheck check = new QueryLimitCheck(limit);
    check.expression(expr);
    if (isLog) {
      check.entries(params.limit());
    }
    if (params.kind() == QueryParams.Kind.INSTANT && expr.hasStats()) {
      check.length(params.startEpochNanos(), params.endEpochNanos());
    }
    if (params.kind() == QueryParams.Kind.RANGE) {
      check.length(params.startEpochNanos(), params.endEpochNanos());
      if (!isLog && !expr.hasStats()) {
        params = StepAligner.align(params, limit.alignsSteps());
      }
    }
    long startNanos = ticker.nowNanos();
    long deadlineNanos = startNanos + limit.queryTimeoutNanos();
    awaitTurn(limit.queryTimeoutNanos(), request.cancelled());
    try {
      QueryBudget budget =
          new QueryBudget(
              limit.memoryBytesMax(), deadlineNanos, limit.querySeriesMax(), request.cancelled());
      return engine.run(
          expr,
          params,
          budget,
          new StoreLogSource(store, tenant, check.earliestEpochNanos(clock.nowEpochNanos())));
    } finally {
      turns.release();
    }
  }

  private void awaitTurn(long timeoutNanos, BooleanSupplier cancelled) {
    long deadlineNanos = ticker.nowNanos() + timeoutNanos;
    try {
      long leftNanos = timeoutNanos;
      while (!turns.tryAcquire(Math.clamp(leftNanos, 0, LOOK_NANOS), TimeUnit.NANOSECONDS)) {
        leftNanos = deadlineNanos - ticker.nowNanos();
        if (cancelled.getAsBoolean()) {
          throw SkaldException.of(ErrorKind.CANCELLED, GONE);
        }
        if (leftNanos <= 0) {
          throw SkaldException.of(ErrorKind.RATE_LIMITED, "too many outstanding requests");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SkaldException.of(ErrorKind.CANCELLED, GONE, e);
    }
  }

  private static Expr parse(String query, Dialect dialect) {
    try {
      return LogqlParser.parse(query, TEMPLATES, dialect);
    } catch (LogqlSyntaxException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, e.getMessage(), e);
    }
  }

  /**
   * The query in Loki's layout, read in the tenant's dialect; its stages are not built, so that a broken expression inside one passes.
   *
   * @throws SkaldException BAD_REQUEST for a text that is not LogQL
   */
  public String format(TenantId tenant, String query) {
    try {
      return LogqlPrinter.pretty(LogqlParser.parseUnbuilt(query, limits.apply(tenant).dialect()));
    } catch (LogqlSyntaxException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, e.getMessage(), e);
    }
  }

  /**
   * Names of stream labels, sorted.
   *
   * @param query a selector that narrows the streams; empty: all
   */
  public Set<String> labelNames(TenantId tenant, String query, QuerySpan span) {
    List<Matcher> matchers = narrowing(query);
    return store.labelNames(tenant, matchers, seen(tenant, span));
  }

  /** Values of one stream label, sorted. */
  public Set<String> labelValues(TenantId tenant, String name, String query, QuerySpan span) {
    List<Matcher> matchers = narrowing(query);
    return store.labelValues(tenant, name, matchers, seen(tenant, span));
  }

  /**
   * Label sets of the streams that satisfy any of the selectors; none: of all streams. Sorted, each once.
   */
  public List<Labels> series(TenantId tenant, Collection<String> selectors, QuerySpan span) {
    List<List<Matcher>> groups = selectors.stream().map(QueryService::matchers).toList();
    if (groups.size() > 1 && groups.stream().anyMatch(List::isEmpty)) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "0 matchers in group: {}");
    }
    QuerySpan seen = seen(tenant, span);
    if (groups.isEmpty()) {
      return store.series(tenant, List.of(), seen);
    }
    Set<Labels> found = new TreeSet<>();
    for (List<Matcher> group : groups) {
      found.addAll(store.series(tenant, group, seen));
    }
    return List.copyOf(found);
  }

  /** The part of an inclusive span that the tenant may see. */
  private QuerySpan seen(TenantId tenant, QuerySpan span) {
    QueryLimitCheck check = new QueryLimitCheck(limits.apply(tenant));
    check.length(span.startEpochNanos(), span.endEpochNanos() - 1);
    return StoreLogSource.since(span, check.earliestEpochNanos(clock.nowEpochNanos()));
  }

  /** The selector of a label query: it may be left out, but not be empty. */
  private static List<Matcher> narrowing(String selector) {
    List<Matcher> matchers = matchers(selector);
    if (matchers.isEmpty() && !selector.isEmpty()) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, MATCHES_ALL);
    }
    return matchers;
  }

  private static List<Matcher> matchers(String selector) {
    if (selector.isEmpty()) {
      return List.of();
    }
    try {
      return LogqlParser.parseMatchers(selector);
    } catch (LogqlSyntaxException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, e.getMessage(), e);
    }
  }
}
