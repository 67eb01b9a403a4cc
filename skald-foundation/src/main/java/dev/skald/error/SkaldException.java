package dev.skald.error;

import org.jspecify.annotations.Nullable;

/** A failure that leaves a room. The message is lower case, carries the numbers, and has no full stop. */
public final class SkaldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;

  private SkaldException(ErrorKind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** {@code format} as in {@link String#format}; for texts that may hold a percent sign use {@link #of}. */
  public SkaldException(ErrorKind kind, String format, @Nullable Object... args) {
    this(kind, String.format(java.util.Locale.ROOT, format, args), (Throwable) null);
  }

  /** The message exactly as given. */
  public static SkaldException of(ErrorKind kind, String message) {
    return new SkaldException(kind, message, (Throwable) null);
  }

  /** The message exactly as given, with what led to it. */
  public static SkaldException of(ErrorKind kind, String message, Throwable cause) {
    return new SkaldException(kind, message, cause);
  }

  public ErrorKind kind() {
    return kind;
  }

  /** The message; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
