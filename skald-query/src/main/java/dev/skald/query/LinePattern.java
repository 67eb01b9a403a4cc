package dev.skald.query;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What many lines look like.
 *
 * @param text with <code>&lt;_&gt;</code> for what differs
 * @param level of the entries
 * @param counts entries by the second at which their stretch of time begins
 */
public record LinePattern(String text, String level, SortedMap<Long, Long> counts) {
  public LinePattern {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }
}
