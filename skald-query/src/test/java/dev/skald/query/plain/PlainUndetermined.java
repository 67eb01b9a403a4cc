package dev.skald.query.plain;

/**
 * The specification leaves the answer open: equal values before a limit, equal times before "last".
 */
final class PlainUndetermined extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PlainUndetermined(String message) {
    super(message, null, false, false);
  }
}
