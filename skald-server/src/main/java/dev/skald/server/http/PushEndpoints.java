package dev.skald.server.http;

import dev.skald.ingest.Ingester;
import dev.skald.ingest.PushOutcome;
import dev.skald.protocol.push.PushRequest;

/** {@code /loki/api/v1/push} and its older path (spec http-api.md 2). */
final class PushEndpoints {
  private final Ingester ingester;

  PushEndpoints(Ingester ingester) {
    this.ingester = ingester;
  }

  Reply push(Exchange exchange) {
    return push(exchange, PushRequest.Shape.V1);
  }

  Reply legacyPush(Exchange exchange) {
    return push(exchange, PushRequest.Shape.LEGACY);
  }

  private Reply push(Exchange exchange, PushRequest.Shape shape) {
    PushRequest request =
        new PushRequest(
            exchange.header("Content-Type").orElse(""),
            exchange.header("Content-Encoding").orElse(""),
            exchange.bodyBytes(),
            exchange.body(),
            shape);
    PushOutcome outcome = ingester.push(exchange.tenant(), request);
    if (outcome.message().isEmpty()) {
      return Reply.empty(outcome.status());
    }
    Reply reply = Reply.error(outcome.status(), outcome.body());
    return outcome.retryAfterSeconds() == 0
        ? reply
        : reply.with("Retry-After", Integer.toString(outcome.retryAfterSeconds()));
  }
}
