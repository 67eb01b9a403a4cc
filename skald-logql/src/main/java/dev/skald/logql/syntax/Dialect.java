package dev.skald.logql.syntax;

/** Which texts are queries (docs/language/extensions.md). */
public enum Dialect {
  /**
   * LogQL, and beyond it meanings for texts that LogQL refuses, or for which it cannot find
   * anything.
   */
  SKALD,
  /** LogQL alone, with the refusals of Loki 3.7 word by word, and read as {@link LokiReading} says. */
  LOKI
}
