package dev.skald.server.http;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;

/** An error as a reply. */
final class ErrorReply {
  /** Seconds after which a client should try again what the server could not take. */
  private static final String RETRY_AFTER_SECONDS = "1";

  private ErrorReply() {}

  static Reply of(SkaldException error) {
    Reply reply = Reply.error(status(error.kind()), error.getMessage());
    return switch (error.kind()) {
      case UNAVAILABLE, RATE_LIMITED -> reply.with("Retry-After", RETRY_AFTER_SECONDS);
      case BAD_REQUEST,
          LIMIT,
          TOO_LARGE,
          NOT_FOUND,
          UNAUTHENTICATED,
          UNSUPPORTED,
          TIMEOUT,
          CANCELLED,
          CORRUPT,
          BUG ->
          reply;
    };
  }

  static int status(ErrorKind kind) {
    return ErrorStatus.of(kind);
  }
}
