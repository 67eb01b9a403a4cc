package dev.skald.logql.syntax;

/** What entries are sorted or grouped by. */
public sealed interface Field {
  /** As in results: the label's name, or the word that was written. */
  String name();

  /** A label, whatever its name. */
  record Label(String name) implements Field {}

  /** The entry's own time: {@code timestamp} or {@code __timestamp__}. */
  record EntryTime(String name) implements Field {}

  /** The line as the stages left it: {@code line} or {@code __line__}. */
  record Line(String name) implements Field {}

  /** Behind {@code stats}: the result of the function of that name. */
  record Value(String name) implements Field {}
}
