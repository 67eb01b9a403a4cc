package dev.skald.ingest;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is wrong with the entries of a push, grouped: one error alone is its bare text, else {@code
 * N errors like:
 * <text>} for each distinct text, joined by {@code ; }. One thread.
 */
final class PushErrors {
  /**
   * Texts beyond this are counted, not kept: a push of bad entries must not cost more than itself.
   */
  private static final long CHARS_MAX = 1 << 20;

  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private long chars;
  private long more;

  void add(String text) {
    if (counts.containsKey(text)) {
      counts.merge(text, 1, Integer::sum);
    } else if (counts.isEmpty() || chars + text.length() <= CHARS_MAX) {
      counts.put(text, 1);
      chars += text.length();
    } else {
      more++;
    }
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  String text() {
    if (counts.size() == 1 && more == 0) {
      Map.Entry<String, Integer> only = counts.entrySet().iterator().next();
      if (only.getValue() == 1) {
        return only.getKey();
      }
    }
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (error, count) -> {
          text.append(text.isEmpty() ? "" : "; ");
          text.append(count).append(" errors like: ").append(error);
        });
    if (more > 0) {
      text.append("; ").append(more).append(" errors more");
    }
    return text.toString();
  }
}
