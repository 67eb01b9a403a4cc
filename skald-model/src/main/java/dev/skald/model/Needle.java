package dev.skald.model;

/**
 * A literal that is looked for in values.
 *
 * @param how where in a value it must stand
 * @param bytes what; in lower case if letters match in both cases. Not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record Needle(Place how, LetterCase letterCase, byte[] bytes) {
  /** Where in a value. */
  public enum Place {
    ANYWHERE,
    AT_START,
    AT_END,
    WHOLE
  }

  /** Which bytes are the same. Folding is of ASCII letters only. */
  public enum LetterCase {
    EXACT,
    FOLDED
  }
}
