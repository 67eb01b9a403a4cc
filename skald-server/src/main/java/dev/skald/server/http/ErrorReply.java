package dev.skald.server.http;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;

/** The one place where a kind of error becomes an HTTP status (spec http-api.md 1.6). */
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
    return switch (kind) {
      case BAD_REQUEST, LIMIT -> 400;
      case UNAUTHENTICATED -> 401;
      case NOT_FOUND -> 404;
      case TOO_LARGE -> 413;
      case RATE_LIMITED -> 429;
      case CANCELLED -> 499;
      case CORRUPT, BUG -> 500;
      case UNSUPPORTED -> 501;
      case UNAVAILABLE -> 503;
      case TIMEOUT -> 504;
    };
  }
}
