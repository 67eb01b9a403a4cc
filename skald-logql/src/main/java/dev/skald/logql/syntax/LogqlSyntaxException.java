package dev.skald.logql.syntax;

/**
 * A query that is not LogQL. The message is what the client reads: {@code parse error at line 1,
 * col 5: …}.
 */
public final class LogqlSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LogqlSyntaxException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
