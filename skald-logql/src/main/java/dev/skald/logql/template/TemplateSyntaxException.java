package dev.skald.logql.template;

/** A text that is no template. The message is Go's, from {@code template: <name>:<line>:} on. */
public final class TemplateSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TemplateSyntaxException(String message) {
    super(message);
  }

  /** The message; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
