package dev.skald.ingest;

/**
 * The answer to a push.
 *
 * @param status HTTP status
 * @param message what went wrong, without a newline; empty if nothing did
 * @param retryAfterSeconds for the header {@code Retry-After}; 0: none
 */
public record PushOutcome(int status, String message, int retryAfterSeconds) {
  static final PushOutcome STORED = new PushOutcome(204, "", 0);

  static PushOutcome of(int status, String message) {
    return new PushOutcome(status, message, 0);
  }

  /** The body of the answer as plain text: the message and a newline, or nothing. */
  public String body() {
    return message.isEmpty() ? "" : message + "\n";
  }
}
