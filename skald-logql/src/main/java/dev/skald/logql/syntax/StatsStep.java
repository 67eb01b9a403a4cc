package dev.skald.logql.syntax;

import java.util.List;

/** What happens to the groups of {@code stats}, in the order written. */
public sealed interface StatsStep {
  /** Keeps the groups whose results and columns satisfy the filter's condition. */
  record Having(Stage.LabelFilter filter) implements StatsStep {}

  record Sort(List<SortKey> keys) implements StatsStep {
    public Sort {
      keys = List.copyOf(keys);
    }
  }

  /** Keeps the first {@code count} groups; positive. */
  record Limit(int count) implements StatsStep {}
}
