package dev.skald.server.http;

import dev.skald.error.ErrorKind;

/** The one place where a kind of error becomes an HTTP status (spec http-api.md 1.6). */
public final class ErrorStatus {
  private ErrorStatus() {}

  public static int of(ErrorKind kind) {
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
