package dev.skald.server.grpc;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.ingest.Ingester;
import dev.skald.ingest.PushOutcome;
import dev.skald.model.TenantId;
import dev.skald.protocol.wire.Message;

/** The calls that are answered: pushes of two protocols, and the question whether the server is well. */
final class GrpcCalls {
  private static final String PUSH = "/logproto.Pusher/Push";
  private static final String EXPORT = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
  private static final String HEALTH = "/grpc.health.v1.Health/Check";

  private static final byte[] EMPTY = {};

  /** {@code HealthCheckResponse { status 1: SERVING }}. */
  private static final byte[] SERVING = {0x08, 0x01};

  private final Ingester ingester;

  GrpcCalls(Ingester ingester) {
    this.ingester = ingester;
  }

  /** Whose data a call is about; asked by those alone that need to know. */
  @FunctionalInterface
  interface TenantOfCall {
    /**
     * @throws SkaldException UNAUTHENTICATED or BAD_REQUEST
     */
    TenantId tenant();
  }

  /** What a call is answered with. */
  @SuppressWarnings("ArrayRecordComponent")
  record Answer(GrpcStatus status, byte[] message) {
    static Answer failed(GrpcStatus.Code code, String message) {
      return new Answer(new GrpcStatus(code, message), EMPTY);
    }
  }

  boolean isKnown(String path) {
    return path.equals(PUSH) || path.equals(EXPORT) || path.equals(HEALTH);
  }

  /**
   * @throws SkaldException if the call failed as a whole
   */
  Answer answer(String path, TenantOfCall of, Message message) {
    return switch (path) {
      case PUSH -> outcome(ingester.pushMessage(of.tenant(), message), Retry.BY_OTHER_CODES);
      case EXPORT -> outcome(ingester.exportMessage(of.tenant(), message), Retry.IF_UNAVAILABLE);
      case HEALTH -> new Answer(GrpcStatus.OK, SERVING);
      default -> throw SkaldException.of(ErrorKind.UNSUPPORTED, "unknown method " + path);
    };
  }

  /** After which code clients try again. */
  private enum Retry {
    BY_OTHER_CODES,
    /** OpenTelemetry's exporters take RESOURCE_EXHAUSTED as final. */
    IF_UNAVAILABLE
  }

  private static Answer outcome(PushOutcome outcome, Retry retry) {
    if (outcome.message().isEmpty()) {
      return new Answer(GrpcStatus.OK, EMPTY);
    }
    boolean isLater = outcome.status() == 429 && retry == Retry.IF_UNAVAILABLE;
    GrpcStatus.Code code =
        isLater ? GrpcStatus.Code.UNAVAILABLE : GrpcStatus.ofHttp(outcome.status());
    return Answer.failed(code, outcome.message());
  }
}
