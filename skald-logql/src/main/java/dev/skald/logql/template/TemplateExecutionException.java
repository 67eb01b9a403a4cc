package dev.skald.logql.template;

/**
 * A template that failed on a row. The message is Go's, from {@code template:
 * <name>:<line>:<byte>:} on. It is made for every failing row of a query, hence has no stack trace.
 */
public final class TemplateExecutionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long work;

  TemplateExecutionException(String message, long work) {
    super(message, null, false, false);
    this.work = work;
  }

  /** What was spent on the row until then, as {@link Template#execute} returns it. */
  public long work() {
    return work;
  }

  /** The message; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
