package dev.skald.logql.template;

/**
 * A template that failed on a row. The message is Go's, from {@code template:
 * <name>:<line>:<byte>:} on. It is made for every failing row of a query, hence has no stack trace.
 */
public final class TemplateExecutionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TemplateExecutionException(String message) {
    super(message, null, false, false);
  }

  /** The message; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
