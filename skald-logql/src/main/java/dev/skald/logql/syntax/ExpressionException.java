package dev.skald.logql.syntax;

/**
 * A small language inside a query's string breaks its rules; the message is the reference's,
 * without a prefix.
 */
public final class ExpressionException extends Exception {
  private static final long serialVersionUID = 1L;

  ExpressionException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
