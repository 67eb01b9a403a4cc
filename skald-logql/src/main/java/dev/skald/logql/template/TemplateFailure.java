package dev.skald.logql.template;

/**
 * A function that fails, before it is known where in the template. Becomes a {@link
 * TemplateExecutionException}.
 */
final class TemplateFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TemplateFailure(String message) {
    super(message, null, false, false);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
