package dev.skald.logql.syntax;

/** Where a node stands in the query's text: UTF-16 indices {@code [start, end)}. */
public record Span(int start, int end) {
  /** For nodes that no text wrote. */
  public static final Span NONE = new Span(0, 0);
}
