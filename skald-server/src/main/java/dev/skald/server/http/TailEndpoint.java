package dev.skald.server.http;

import dev.skald.clock.EpochClock;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.model.Quoted;
import dev.skald.model.TenantId;
import dev.skald.protocol.query.TailFormat;
import dev.skald.protocol.query.TimeParameter;
import dev.skald.query.tail.TailPlan;
import dev.skald.query.tail.TailRequest;
import dev.skald.query.tail.TailService;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * {@code /loki/api/v1/tail} and {@code /api/prom/tail} (spec http-api.md 3.15, 3.17): reads and
 * checks what is asked for, before anything is promised. Ours: a request that accepts {@code
 * application/x-ndjson} and does not ask for a web socket gets the frames as lines of JSON.
 */
final class TailEndpoint {
  static final String JSON_LINES = "application/x-ndjson";

  private static final int LIMIT_DEFAULT = 100;
  private static final int DELAY_SECONDS_MAX = 5;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long SINCE_DEFAULT_NANOS = 3600 * NANOS_PER_SECOND;

  private final EpochClock clock;
  private final TailService tails;

  TailEndpoint(EpochClock clock, TailService tails) {
    this.clock = clock;
    this.tails = tails;
  }

  Answer tail(Exchange exchange) throws IOException {
    List<String> flags = EncodingFlags.of(exchange);
    return tail(exchange, new TailFormat(TailFormat.Shape.V1, flags));
  }

  Answer legacyTail(Exchange exchange) throws IOException {
    return tail(exchange, new TailFormat(TailFormat.Shape.LEGACY, List.of()));
  }

  private Answer tail(Exchange exchange, TailFormat format) throws IOException {
    TenantId tenant = exchange.tenant();
    Parameters parameters = exchange.parameters();
    TailRequest request =
        new TailRequest(
            query(parameters),
            start(parameters),
            limit(parameters),
            delayNanos(parameters),
            format);
    TailPlan plan = tails.plan(tenant, request);
    if (isWebSocket(exchange)) {
      return new TailAnswer(plan, TailAnswer.Transport.WEB_SOCKET);
    }
    boolean isStream =
        exchange.header("Accept").filter(accept -> accept.contains(JSON_LINES)).isPresent();
    if (!isStream) {
      return Reply.error(400, "Bad Request\n");
    }
    if (!(plan.expr() instanceof LogExpr)) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "only log queries can be tailed");
    }
    return new TailAnswer(plan, TailAnswer.Transport.JSON_LINES);
  }

  private static boolean isWebSocket(Exchange exchange) {
    Optional<String> upgrade = exchange.header("Upgrade");
    return upgrade.isPresent() && upgrade.get().equalsIgnoreCase("websocket");
  }

  /** The older {@code regexp} is one more filter. */
  private static String query(Parameters parameters) {
    String query = parameters.first("query");
    String regexp = parameters.first("regexp");
    return regexp.isEmpty() || query.isEmpty() ? query : query + " |~ " + Quoted.of(regexp);
  }

  private long start(Parameters parameters) {
    String start = parameters.first("start");
    return start.isEmpty()
        ? clock.nowEpochNanos() - SINCE_DEFAULT_NANOS
        : TimeParameter.parse("start", start);
  }

  private static int limit(Parameters parameters) {
    String text = parameters.first("limit");
    int limit = text.isEmpty() ? LIMIT_DEFAULT : QueryEndpoints.integer(text);
    if (limit < 0) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "limit must be a positive value");
    }
    return limit;
  }

  private static long delayNanos(Parameters parameters) {
    String text = parameters.first("delay_for");
    int seconds = text.isEmpty() ? 0 : QueryEndpoints.integer(text);
    if (seconds > DELAY_SECONDS_MAX) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, "delay_for can't be greater than " + DELAY_SECONDS_MAX);
    }
    return Math.max(0, seconds) * NANOS_PER_SECOND;
  }
}
