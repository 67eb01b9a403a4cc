package dev.skald.query;

import dev.skald.clock.EpochClock;
import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.Engine;
import dev.skald.logql.engine.LogPage;
import dev.skald.logql.engine.LogSource;
import dev.skald.logql.engine.PagePosition;
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
import dev.skald.model.Direction;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.QueryResult;
import dev.skald.model.QuerySpan;
import dev.skald.model.QueryStats;
import dev.skald.model.TenantId;
import dev.skald.storage.LogStore;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries of all tenants. Few run at once; others wait for their turn within their own timeout. Safe for concurrent use.
 */
public final class QueryService {
  private static final GoTemplateCheck TEMPLATES = new GoTemplateCheck();

  private final Ticker ticker;
  private final Engine engine;
  private final TenantScopes scopes;
  private final CountedRun counted;
  private final IndexQueries index;
  private final DetectionQueries detection;
  private final PatternQueries patterns;

  /**
   * @param turns shared by all who run queries
   */
  public QueryService(
      EpochClock clock,
      Ticker ticker,
      LogStore store,
      Engine engine,
      Function<TenantId, QueryLimits> limits,
      QueryTurns turns,
      QueryMetrics metrics) {
    this.ticker = ticker;
    this.engine = engine;
    this.scopes = new TenantScopes(clock, store, limits);
    this.counted = new CountedRun(ticker, turns, metrics);
    this.index = new IndexQueries(scopes, ticker);
    this.detection = new DetectionQueries(scopes, this);
    this.patterns = new PatternQueries(scopes, ticker);
  }

  /** What the directory of pages answers. */
  public IndexQueries index() {
    return index;
  }

  /** Which labels and fields there are. */
  public DetectionQueries detection() {
    return detection;
  }

  /** What lines look like. */
  public PatternQueries patterns() {
    return patterns;
  }

  /**
   * Runs a query.
   *
   * @throws SkaldException BAD_REQUEST for a text that is not LogQL, LIMIT, TIMEOUT, CANCELLED, UNSUPPORTED
   */
  public QueryAnswer run(TenantSet tenants, QueryRequest request) {
    TenantScope scope = scopes.of(tenants).within(request.limits());
    int seriesMax = scope.limits().querySeriesMax();
    boolean cutsSeries = seriesMax > 0 && PartialSeries.areWanted(request.tags());
    QueryAnswer answer =
        run(
            tenants,
            scope,
            request,
            new Bounds(Long.MAX_VALUE, EntryLimit.HOLDS, cutsSeries ? 0 : seriesMax),
            QueryAnswer::stats,
            engine::run);
    if (scope.limits().dialect() == Dialect.LOKI
        && answer.result() instanceof QueryResult.Streams streams) {
      LokiLabelNames.check(streams);
    }
    return cutsSeries ? PartialSeries.of(answer, seriesMax) : answer;
  }

  /**
   * Runs a log query part by part.
   *
   * @param after where the part before ended; null for the first one
   * @throws SkaldException as {@link #run(TenantSet, QueryRequest)}; BAD_REQUEST too for what has no parts
   */
  public LogPage page(TenantSet tenants, QueryRequest request, @Nullable PagePosition after) {
    return page(tenants, request, after, Long.MAX_VALUE, EntryLimit.HOLDS);
  }

  /** As above, with less time than the tenant's timeout, or without its limit of entries. */
  LogPage page(
      TenantSet tenants,
      QueryRequest request,
      @Nullable PagePosition after,
      long timeoutNanosMax,
      EntryLimit entryLimit) {
    TenantScope scope = scopes.of(tenants).within(request.limits());
    return run(
        tenants,
        scope,
        request,
        new Bounds(timeoutNanosMax, entryLimit, scope.limits().querySeriesMax()),
        page -> page.answer().stats(),
        (expr, params, budget, source) -> {
          if (expr instanceof LogExpr log) {
            return engine.page(log, params, after, budget, source);
          }
          throw SkaldException.of(ErrorKind.BAD_REQUEST, "only log queries have pages");
        });
  }

  /** Whether {@code max_entries_limit_per_query} is asked. */
  enum EntryLimit {
    HOLDS,
    IS_NONE
  }

  /**
   * What differs from the tenant's limits.
   *
   * @param seriesMax 0 is no limit
   */
  private record Bounds(long timeoutNanosMax, EntryLimit entryLimit, int seriesMax) {}

  /** What the engine does for a query. */
  @FunctionalInterface
  private interface Execution<T> {
    T run(Expr expr, QueryParams params, QueryBudget budget, LogSource source);
  }

  private <T> T run(
      TenantSet tenants,
      TenantScope scope,
      QueryRequest request,
      Bounds bounds,
      Function<T, QueryStats> cost,
      Execution<T> execution) {
    QueryLimits limit = scope.limits();
    Expr expr = read(request.query(), scope);
    scope.check().querying();
    try {
      QueryBlock.check(limit.blockedQueries(), request.query(), expr, request.tags());
    } catch (SkaldException e) {
      counted.metrics().blocked(tenants.ids().getFirst());
      throw e;
    }
    QueryParams given =
        switch (limit.dialect()) {
          case SKALD -> request.params();
          case LOKI -> request.params().inPieces(limit.reads().pieceNanos());
        };
    QueryParams params = checked(expr, given, scope, bounds.entryLimit());
    long timeoutNanos = ReadWatch.deadline(ticker, limit);
    long deadlineNanos =
        bounds.timeoutNanosMax() == Long.MAX_VALUE
            ? timeoutNanos
            : Math.min(timeoutNanos, ticker.nowNanos() + bounds.timeoutNanosMax());
    ReadWatch watch = new ReadWatch(ticker, deadlineNanos, request.cancelled());
    ReadSize.check(expr, params, scope, watch);
    QueryBudget budget =
        new QueryBudget(
            limit.memoryBytesMax(),
            deadlineNanos,
            bounds.seriesMax(),
            limit.seriesCounted(),
            request.cancelled());
    LogSource source = scope.source(() -> ReadSize.checkPieces(expr, params, scope, watch));
    return counted.run(
        tenants.ids().getFirst(),
        expr,
        params.kind(),
        deadlineNanos,
        request.cancelled(),
        cost,
        () -> execution.run(expr, params, budget, source));
  }

  /** The parameters as they count, after all that the limits say of them. */
  private static QueryParams checked(
      Expr expr, QueryParams params, TenantScope scope, EntryLimit entryLimit) {
    boolean isLog = expr instanceof LogExpr;
    if (isLog && params.kind() == QueryParams.Kind.INSTANT) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "log queries are not supported as an instant query type, please change your query to a"
              + " range query type");
    }
    QueryLimitCheck check = scope.check();
    check.expression(expr, params.kind());
    if (isLog && entryLimit == EntryLimit.HOLDS) {
      check.entries(params.limit());
    }
    if (params.kind() == QueryParams.Kind.INSTANT && expr.hasStats()) {
      check.length(params.startEpochNanos(), params.endEpochNanos());
    }
    if (params.kind() == QueryParams.Kind.RANGE) {
      check.length(params.startEpochNanos(), params.endEpochNanos());
      if (!isLog && !expr.hasStats()) {
        return StepAligner.align(params, scope.limits().alignsSteps());
      }
    }
    return params;
  }

  /**
   * A query to be tailed, in its tenant's dialect and within its limits.
   *
   * @param entries how many entries of the past are asked for
   * @throws SkaldException BAD_REQUEST for a text that is not LogQL, LIMIT
   */
  public Expr readTailed(TenantId tenant, String query, int entries) {
    TenantScope scope = scopes.of(TenantSet.of(tenant));
    Expr expr = read(query, scope);
    scope.check().expression(expr, QueryParams.Kind.RANGE);
    scope.check().entries(entries);
    return expr;
  }

  /**
   * The newest entries of a log query, newest first, those that lie in the future included.
   *
   * @throws SkaldException TIMEOUT, CANCELLED, LIMIT for memory
   */
  public QueryAnswer newest(
      TenantId tenant, LogExpr expr, long startEpochNanos, int entries, BooleanSupplier cancelled) {
    TenantScope scope = scopes.of(TenantSet.of(tenant));
    QueryLimits limit = scope.limits();
    QueryParams params =
        new QueryParams(
            QueryParams.Kind.RANGE,
            startEpochNanos,
            Long.MAX_VALUE,
            1,
            0,
            entries,
            Direction.BACKWARD);
    long deadlineNanos = ReadWatch.deadline(ticker, limit);
    QueryBudget budget =
        new QueryBudget(limit.memoryBytesMax(), deadlineNanos, limit.querySeriesMax(), cancelled);
    return counted.run(
        tenant,
        expr,
        params.kind(),
        deadlineNanos,
        cancelled,
        QueryAnswer::stats,
        () -> engine.run(expr, params, budget, scope.source(() -> {})));
  }

  /** The query as its tenants' dialect means it. */
  private static Expr read(String query, TenantScope scope) {
    Dialect dialect = scope.limits().dialect();
    Expr expr = parse(query, dialect);
    return switch (dialect) {
      case SKALD -> expr;
      case LOKI -> LokiReading.of(expr, scope.filteredLabels());
    };
  }

  static Expr parse(String query, Dialect dialect) {
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
      Dialect dialect = scopes.limits().apply(tenant).dialect();
      return LogqlPrinter.pretty(LogqlParser.parseUnbuilt(query, dialect));
    } catch (LogqlSyntaxException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, e.getMessage(), e);
    }
  }

  /**
   * Names of stream labels, sorted.
   *
   * @param query a selector that narrows the streams; empty: all
   */
  public Set<String> labelNames(TenantSet tenants, String query, QuerySpan span) {
    List<Matcher> matchers = SelectorText.narrowing(query);
    TenantScope scope = scopes.of(tenants);
    return scope.labelNames(matchers, scope.seen(span));
  }

  /** Values of one stream label, sorted. */
  public List<String> labelValues(TenantSet tenants, String name, String query, QuerySpan span) {
    List<Matcher> matchers = SelectorText.narrowing(query);
    TenantScope scope = scopes.of(tenants);
    return scope.labelValues(name, matchers, scope.seen(span));
  }

  /**
   * Label sets of the streams that satisfy any of the selectors; none: of all streams. Sorted, each once.
   */
  public List<Labels> series(TenantSet tenants, Collection<String> selectors, QuerySpan span) {
    List<List<Matcher>> groups =
        selectors.stream()
            .map(text -> text.isEmpty() ? List.<Matcher>of() : SelectorText.anyOf(text))
            .toList();
    if (groups.size() > 1 && groups.stream().anyMatch(List::isEmpty)) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "0 matchers in group: {}");
    }
    TenantScope scope = scopes.of(tenants);
    QuerySpan seen = scope.seen(span);
    if (groups.size() < 2) {
      return scope.series(groups.isEmpty() ? List.of() : groups.getFirst(), seen);
    }
    Set<Labels> found = new TreeSet<>();
    for (List<Matcher> group : groups) {
      found.addAll(scope.series(group, seen));
    }
    return List.copyOf(found);
  }
}
