package dev.skald.server.http;

import dev.skald.clock.EpochClock;
import dev.skald.config.DurationText;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.protocol.query.DeleteRequestsWriter;
import dev.skald.storage.StoreDeletes;
import dev.skald.storage.retention.DeleteRequest;
import dev.skald.storage.retention.DeleteRequest.Force;
import dev.skald.storage.retention.StorePolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * {@code /loki/api/v1/delete} (spec http-api.md 4). Ours: {@code dry_run=true} answers what a
 * request would delete, {@code force=true} deletes beyond {@code deletion_rows_max}.
 */
final class DeleteEndpoints {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** Unix seconds have exactly so many digits. */
  private static final int SECONDS_DIGITS = 10;

  private final EpochClock clock;
  private final StoreDeletes deletes;
  private final StorePolicy policy;
  private final long intervalNanosMax;

  /**
   * @param intervalNanosMax longest {@code max_interval}
   */
  DeleteEndpoints(
      EpochClock clock, StoreDeletes deletes, StorePolicy policy, long intervalNanosMax) {
    this.clock = clock;
    this.deletes = deletes;
    this.policy = policy;
    this.intervalNanosMax = intervalNanosMax;
  }

  /** What an endpoint does for a tenant that may delete. */
  @FunctionalInterface
  private interface Action {
    Reply answer(TenantId tenant, Parameters parameters) throws IOException;
  }

  private Reply answer(Exchange exchange, Action action) throws IOException {
    TenantId tenant = exchange.tenant();
    boolean mayDelete =
        switch (policy.limits(tenant).deletionMode()) {
          case DISABLED -> false;
          case FILTER_ONLY, FILTER_AND_DELETE -> true;
        };
    if (!mayDelete) {
      return Reply.error(403, "deletion is not available for this tenant\n");
    }
    try {
      return action.answer(tenant, exchange.queryParameters());
    } catch (SkaldException e) {
      Reply reply = ErrorReply.of(e);
      return reply.status() < 500 ? Reply.error(reply.status(), e.getMessage() + "\n") : reply;
    }
  }

  Reply add(Exchange exchange) throws IOException {
    return answer(exchange, this::add);
  }

  private Reply add(TenantId tenant, Parameters parameters) throws IOException {
    String query = parameters.first("query");
    if (query.isEmpty()) {
      throw bad("query not set");
    }
    String startText = parameters.first("start");
    if (startText.isEmpty()) {
      throw bad("start time not set");
    }
    long now = clock.nowEpochNanos();
    long start = time("start", startText);
    String endText = parameters.first("end");
    long end = endText.isEmpty() ? now : time("end", endText);
    if (end > now) {
      throw bad("deletes in the future are not allowed");
    }
    if (start >= end) {
      throw bad("start time can't be greater than or equal to end time");
    }
    checkInterval(query, parameters.first("max_interval"), end - start);
    if (isTrue(parameters, "dry_run")) {
      StoreDeletes.Preview preview = deletes.preview(tenant, query, start, end);
      ByteArrayOutputStream out = new ByteArrayOutputStream(64);
      DeleteRequestsWriter.writePreview(
          out, preview.rowCount(), preview.lineBytes(), preview.streamCount());
      return json(out);
    }
    DeleteRequest request = deletes.request(tenant, query, start, end, force(parameters));
    return Reply.empty(204).with("X-Delete-Request-ID", request.id());
  }

  /** It says into which pieces the reference cuts a request with filters; here it is only checked. */
  private void checkInterval(String query, String text, long rangeNanos) {
    boolean hasFilters = !policy.compile(query).isWholeStreams();
    if (text.isEmpty() || !hasFilters) {
      return;
    }
    long interval;
    try {
      boolean isGo = text.chars().noneMatch(c -> c == 'd' || c == 'w' || c == 'y');
      interval = isGo ? DurationText.parse(text).toNanos() : 0;
    } catch (IllegalArgumentException | ArithmeticException e) {
      interval = 0;
    }
    if (interval < NANOS_PER_SECOND) {
      throw bad("invalid max_interval: valid time units are 's', 'm', 'h'");
    }
    if (interval > intervalNanosMax) {
      throw bad(
          "max_interval can't be greater than " + DeleteRequest.durationText(intervalNanosMax));
    }
    if (interval > rangeNanos) {
      throw bad(
          "max_interval can't be greater than the interval to be deleted ("
              + DeleteRequest.durationText(rangeNanos)
              + ")");
    }
  }

  private static long time(String name, String text) {
    boolean isDigits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (isDigits && text.length() == SECONDS_DIGITS) {
      return Math.multiplyExact(Long.parseLong(text), NANOS_PER_SECOND);
    }
    try {
      Instant instant =
          OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      throw bad("invalid " + name + " time: require unix seconds or RFC3339 format");
    }
  }

  private static SkaldException bad(String message) {
    return SkaldException.of(ErrorKind.BAD_REQUEST, message);
  }

  private static boolean isTrue(Parameters parameters, String name) {
    return parameters.first(name).equals("true");
  }

  /** {@code ?force} and {@code ?force=true}. */
  private static Force force(Parameters parameters) {
    boolean isBare = parameters.has("force") && parameters.first("force").isEmpty();
    return isBare || isTrue(parameters, "force") ? Force.FORCED : Force.LIMITED;
  }

  Reply list(Exchange exchange) throws IOException {
    return answer(
        exchange,
        (tenant, parameters) -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
          DeleteRequestsWriter.write(
              out, deletes.list(tenant).stream().map(DeleteEndpoints::item).toList());
          return json(out);
        });
  }

  private static DeleteRequestsWriter.Item item(DeleteRequest request) {
    return new DeleteRequestsWriter.Item(
        request.id(),
        request.startEpochNanos() / NANOS_PER_MILLI,
        request.endEpochNanos() / NANOS_PER_MILLI,
        request.query(),
        switch (request.status()) {
          case RECEIVED -> "received";
          case PROCESSED -> "processed";
        },
        request.createdEpochNanos() / NANOS_PER_MILLI);
  }

  Reply cancel(Exchange exchange) throws IOException {
    return answer(
        exchange,
        (tenant, parameters) -> {
          deletes.cancel(tenant, parameters.first("request_id"), force(parameters));
          return Reply.empty(204);
        });
  }

  /** Nothing is cached that a deletion would have to reach. */
  Reply cacheGeneration(Exchange exchange) throws IOException {
    return answer(exchange, (tenant, parameters) -> Reply.text(200, "\"\"\n"));
  }

  private static Reply json(ByteArrayOutputStream out) {
    return new Reply(200, "application/json", Map.of(), out.toByteArray());
  }
}
