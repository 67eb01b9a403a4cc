package dev.skald.storage.segment;

import dev.skald.model.Labels;
import dev.skald.model.Page;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers that the streams of some pages have in common: a stream has one, whatever its ordinal on
 * a page.
 */
@FunctionalInterface
public interface StreamNumbers {
  /** The number of a stream of a page; not negative, and not much above how many there are. */
  int of(Page page, int ordinal);

  /** For pages that have none: numbers in order of appearance. For one thread. */
  static StreamNumbers byLabels() {
    Map<Labels, Integer> numbers = new HashMap<>();
    return (page, ordinal) ->
        numbers.computeIfAbsent(page.stream(ordinal), labels -> numbers.size());
  }
}
