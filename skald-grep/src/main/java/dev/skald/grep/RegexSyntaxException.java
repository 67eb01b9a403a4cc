package dev.skald.grep;

/** An expression outside RE2's language. The message is RE2's: {@code error parsing regexp: missing closing ): `(a`}. */
public final class RegexSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RegexSyntaxException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
