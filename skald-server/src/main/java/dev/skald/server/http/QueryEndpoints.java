package dev.skald.server.http;

import dev.skald.clock.EpochClock;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.QueryAnswer;
import dev.skald.logql.engine.QueryParams;
import dev.skald.model.Direction;
import dev.skald.model.QueryResult;
import dev.skald.model.Quoted;
import dev.skald.model.TenantId;
import dev.skald.protocol.query.DurationParameter;
import dev.skald.protocol.query.LegacyStreams;
import dev.skald.protocol.query.QueryLimitsHeader;
import dev.skald.protocol.query.QueryResultWriter;
import dev.skald.protocol.query.ResponseFormat;
import dev.skald.protocol.query.TimeParameter;
import dev.skald.query.QueryRequest;
import dev.skald.query.QueryService;
import dev.skald.query.RequestLimits;
import dev.skald.query.TenantSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** {@code query} and {@code query_range} (spec http-api.md 3.1, 3.2). */
final class QueryEndpoints {
  private static final int LIMIT_DEFAULT = 100;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private static final long SINCE_DEFAULT_NANOS = 3600 * SECOND_NANOS;

  /** As Loki calls it; limits are the defaults. */
  private static final TenantId NO_TENANT = new TenantId("fake");

  private final EpochClock clock;
  private final QueryService service;
  private final OwnLimits ownLimits;
  private final PagedRange paged;

  /** Whether requests may limit themselves: {@code querier.per_request_limits_enabled}. */
  enum OwnLimits {
    HEEDED,
    IGNORED
  }

  QueryEndpoints(EpochClock clock, QueryService service, OwnLimits ownLimits) {
    this.clock = clock;
    this.service = service;
    this.ownLimits = ownLimits;
    this.paged = new PagedRange(service);
  }

  Reply instant(Exchange exchange) throws IOException {
    TenantSet tenants = exchange.tenants();
    Parameters parameters = exchange.parameters();
    String time = parameters.first("time");
    long timeNanos = time.isEmpty() ? clock.nowEpochNanos() : TimeParameter.parseTime(time);
    int limit = limit(parameters);
    Direction direction = direction(parameters);
    QueryParams params =
        new QueryParams(
            QueryParams.Kind.INSTANT,
            timeNanos - sinceNanos(parameters),
            timeNanos,
            0,
            0,
            limit,
            direction);
    return run(exchange, tenants, parameters, params);
  }

  Reply range(Exchange exchange) throws IOException {
    TenantSet tenants = exchange.tenants();
    Parameters parameters = exchange.parameters();
    QueryParams params = rangeParams(parameters);
    return parameters.has(PagedRange.CURSOR)
        ? paged.answer(exchange, tenants, parameters, params)
        : run(exchange, tenants, parameters, params);
  }

  private QueryParams rangeParams(Parameters parameters) {
    int limit = limit(parameters);
    SpanParameters.Bounds span = SpanParameters.forward(parameters, clock.nowEpochNanos());
    Direction direction = direction(parameters);
    long step = StepParameter.read(parameters, span);
    String interval = parameters.first("interval");
    long intervalNanos = interval.isEmpty() ? 0 : DurationParameter.parse(interval);
    if (intervalNanos < 0) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "interval must be >= 0");
    }
    return new QueryParams(
        QueryParams.Kind.RANGE,
        span.startEpochNanos(),
        span.endEpochNanos(),
        step,
        intervalNanos,
        limit,
        direction);
  }

  /** {@code /api/prom/query}: log queries alone, in the older shape (spec http-api.md 3.17). */
  Reply legacy(Exchange exchange) throws IOException {
    TenantSet tenants = exchange.tenants();
    Parameters parameters = exchange.parameters();
    QueryParams params = rangeParams(parameters);
    String regexp = parameters.first("regexp");
    String query = parameters.first("query");
    if (!regexp.isEmpty()) {
      query += "\n|~ " + Quoted.of(regexp); // a line of its own: the query may end with a comment
    }
    QueryAnswer answer = service.run(tenants, request(exchange, query, params));
    if (answer.result() instanceof QueryResult.Streams streams) {
      return Reply.json(LegacyStreams.write(streams, answer.stats()));
    }
    throw SkaldException.of(
        ErrorKind.BAD_REQUEST,
        "rpc error: code = Code(400) desc = legacy endpoints only support streams result type");
  }

  /** {@code format_query} (spec http-api.md 3.16); needs no tenant, but one may have a dialect of its own. */
  Reply format(Exchange exchange) throws IOException {
    String query = exchange.parameters().first("query");
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    int status = 200;
    try {
      QueryResultWriter.writeFormatted(
          out, "success", "data", service.format(tenantOrNone(exchange), query));
    } catch (SkaldException e) {
      status = ErrorReply.status(e.kind());
      QueryResultWriter.writeFormatted(out, "invalid-query", "error", e.getMessage());
    }
    return new Reply(status, "application/json; charset=utf-8", Map.of(), out.toByteArray());
  }

  private static TenantId tenantOrNone(Exchange exchange) {
    try {
      return exchange.tenant();
    } catch (SkaldException _) {
      return NO_TENANT;
    }
  }

  /** Where stats begin. Loki knows no {@code since} here, so a bad one is no error. */
  private static long sinceNanos(Parameters parameters) {
    String text = parameters.first("since");
    if (text.isEmpty()) {
      return SINCE_DEFAULT_NANOS;
    }
    try {
      return Math.max(0, DurationParameter.parseSince(text));
    } catch (SkaldException _) {
      return SINCE_DEFAULT_NANOS;
    }
  }

  private Reply run(Exchange exchange, TenantSet tenants, Parameters parameters, QueryParams params)
      throws IOException {
    QueryAnswer answer = service.run(tenants, request(exchange, parameters.first("query"), params));
    ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    QueryResultWriter.writeResult(
        out,
        answer.result(),
        answer.stats(),
        answer.warnings(),
        new ResponseFormat(EncodingFlags.of(exchange), params.direction()));
    return Reply.json(out.toByteArray());
  }

  private QueryRequest request(Exchange exchange, String query, QueryParams params) {
    RequestLimits limits =
        switch (ownLimits) {
          case IGNORED -> RequestLimits.NONE;
          case HEEDED ->
              exchange
                  .header(QueryLimitsHeader.NAME)
                  .map(QueryLimitsHeader::parse)
                  .map(QueryEndpoints::limits)
                  .orElse(RequestLimits.NONE);
        };
    return new QueryRequest(query, params, QueryTags.of(exchange), limits, exchange::cancelled);
  }

  private static RequestLimits limits(QueryLimitsHeader header) {
    return new RequestLimits(
        header.maxQueryLengthNanos(),
        header.maxQueryIntervalNanos(),
        header.maxQueryLookbackNanos(),
        header.maxEntriesLimitPerQuery(),
        header.maxQueryTimeNanos(),
        header.requiredLabels(),
        header.minimumLabelsNumber(),
        header.maxQueryBytesRead());
  }

  private static int limit(Parameters parameters) {
    String text = parameters.first("limit");
    if (text.isEmpty()) {
      return LIMIT_DEFAULT;
    }
    return positive(text);
  }

  /** A limit that is given. */
  static int positive(String text) {
    int limit = integer(text);
    if (limit <= 0) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "limit must be a positive value");
    }
    return limit;
  }

  /** As Go's strconv.Atoi, but for numbers beyond 32 bits, which no limit needs: those are cut to the largest. */
  static int integer(String text) {
    String digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, "strconv.Atoi: parsing " + Quoted.of(text) + ": invalid syntax");
    }
    try {
      return Math.clamp(Long.parseLong(text), Integer.MIN_VALUE, Integer.MAX_VALUE);
    } catch (NumberFormatException e) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "strconv.Atoi: parsing " + Quoted.of(text) + ": value out of range",
          e);
    }
  }

  static Direction direction(Parameters parameters) {
    String text = parameters.first("direction");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "", "backward" -> Direction.BACKWARD;
      case "forward" -> Direction.FORWARD;
      default -> throw SkaldException.of(ErrorKind.BAD_REQUEST, "invalid direction '" + text + "'");
    };
  }
}
