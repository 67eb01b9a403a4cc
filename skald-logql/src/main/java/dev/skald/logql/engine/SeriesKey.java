package dev.skald.logql.engine;

import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.GroupingKind;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which labels make a series, or a group of series. */
sealed interface SeriesKey {
  /** Every label. */
  static SeriesKey all() {
    return new Without(Set.of());
  }

  /** No label: one series. */
  static SeriesKey none() {
    return new By(List.of());
  }

  /** These labels, as far as they are there and not empty. Names ascend, none comes twice. */
  record By(List<String> names) implements SeriesKey {
    public By {
      names = List.copyOf(names);
    }
  }

  /** All labels but these. */
  record Without(Set<String> names) implements SeriesKey {
    public Without {
      names = Set.copyOf(names);
    }
  }

  /**
   * {@code absent}: what no grouping means, one series for vectors, every series for range
   * functions.
   */
  static SeriesKey of(@Nullable Grouping grouping, SeriesKey absent) {
    if (grouping == null) {
      return absent;
    }
    return grouping.kind() == GroupingKind.BY
        ? by(grouping.labels())
        : new Without(Set.copyOf(grouping.labels()));
  }

  /**
   * The groups of a vector aggregation: none but one without grouping; "without" drops the metric
   * name too.
   */
  static SeriesKey ofVector(@Nullable Grouping grouping) {
    SeriesKey key = of(grouping, none());
    return switch (key) {
      case By by -> by;
      case Without(Set<String> names) -> {
        Set<String> more = new TreeSet<>(names);
        more.add("__name__");
        yield new Without(more);
      }
    };
  }

  static By by(Iterable<String> names) {
    Set<String> sorted = new TreeSet<>();
    names.forEach(sorted::add);
    return new By(List.copyOf(sorted));
  }

  /** What is left of {@code labels}. */
  default Labels of(Labels labels) {
    return switch (this) {
      case By(List<String> names) -> {
        List<Label> kept = new ArrayList<>(names.size());
        for (String name : names) {
          String value = labels.get(name);
          if (!value.isEmpty()) {
            kept.add(new Label(name, value));
          }
        }
        yield new Labels(kept);
      }
      case Without(Set<String> names) -> {
        if (names.isEmpty() || names.stream().noneMatch(labels::has)) {
          yield labels;
        }
        List<Label> kept = new ArrayList<>(labels.sorted());
        kept.removeIf(label -> names.contains(label.name()));
        yield new Labels(kept);
      }
    };
  }
}
