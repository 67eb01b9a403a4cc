package dev.skald.ruler.group;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A rule of a group, as it was written. */
public sealed interface Rule {
  /** Of the alert, or of the series that is recorded. */
  String name();

  /** LogQL, as it was written. */
  String expr();

  /** What it adds to the labels of its result; of an alert the values are templates. */
  SortedMap<String, String> labels();

  /** Records the result of its expression as a series. */
  record Recording(String name, String expr, SortedMap<String, String> labels) implements Rule {
    public Recording {
      labels = sorted(labels);
    }
  }

  /**
   * Fires for each series that its expression finds.
   *
   * @param pendingFor how long a series must be found before it fires
   * @param keepFiringFor how long it fires on when the series is not found any more
   * @param annotations templates by name
   */
  record Alerting(
      String name,
      String expr,
      Duration pendingFor,
      Duration keepFiringFor,
      SortedMap<String, String> labels,
      SortedMap<String, String> annotations)
      implements Rule {
    public Alerting {
      labels = sorted(labels);
      annotations = sorted(annotations);
    }
  }

  private static SortedMap<String, String> sorted(Map<String, String> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
