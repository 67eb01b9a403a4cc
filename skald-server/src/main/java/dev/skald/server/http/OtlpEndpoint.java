package dev.skald.server.http;

import dev.skald.ingest.Ingester;
import dev.skald.ingest.PushOutcome;
import dev.skald.model.TenantId;
import dev.skald.protocol.otlp.OtlpRequest;
import dev.skald.protocol.otlp.RpcStatus;
import java.util.Map;

/** {@code /otlp/v1/logs} (spec http-api.md 2.9). Errors are protobuf, whatever the request was: as Loki. */
final class OtlpEndpoint {
  private static final String ERROR_TYPE = "application/octet-stream";

  private final Ingester ingester;

  OtlpEndpoint(Ingester ingester) {
    this.ingester = ingester;
  }

  Reply logs(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    OtlpRequest request =
        new OtlpRequest(
            exchange.header("Content-Type").orElse(""),
            exchange.header("Content-Encoding").orElse(""),
            exchange.bodyBytes(),
            exchange.body());
    PushOutcome outcome = ingester.push(tenant, request);
    if (outcome.message().isEmpty()) {
      return Reply.empty(outcome.status());
    }
    // Exporters give up at 500 and try again at 503.
    int status = outcome.status() == 500 ? 503 : outcome.status();
    Reply reply = new Reply(status, ERROR_TYPE, Map.of(), RpcStatus.of(outcome.message()));
    return outcome.retryAfterSeconds() == 0
        ? reply
        : reply.with("Retry-After", Integer.toString(outcome.retryAfterSeconds()));
  }
}
