package dev.skald.logql.syntax;

/** One key of {@code sort by}. */
public record SortKey(Field field, Order order) {
  /** Which comes first. */
  public enum Order {
    ASCENDING,
    DESCENDING
  }
}
