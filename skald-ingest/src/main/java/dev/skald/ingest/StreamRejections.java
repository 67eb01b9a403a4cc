package dev.skald.ingest;

import dev.skald.model.Labels;
import dev.skald.model.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Entries that the store's side of the write path turned away, and the text that tells of them,
 * stream by stream (the page on Loki's limits, section 1.3). One thread.
 */
final class StreamRejections {
  private final TenantId tenant;
  private final int namedMax;
  private final Map<Labels, List<String>> named = new LinkedHashMap<>();
  private final Map<Labels, Integer> counts = new LinkedHashMap<>();

  /** {@code namedMax}: entries of a stream beyond this are counted only. */
  StreamRejections(TenantId tenant, int namedMax) {
    this.tenant = tenant;
    this.namedMax = namedMax;
  }

  void add(Labels stream, long timestampEpochNanos, String reason) {
    counts.merge(stream, 1, Integer::sum);
    List<String> entries = named.computeIfAbsent(stream, labels -> new ArrayList<>());
    if (entries.size() < namedMax) {
      entries.add(
          "entry with timestamp "
              + TimeText.go(timestampEpochNanos)
              + " ignored, reason: '"
              + reason
              + "',");
    }
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /** {@code entries} is how many entries of each stream were sent. */
  String text(Map<Labels, Integer> entries) {
    StringBuilder text = new StringBuilder();
    named.forEach(
        (stream, lines) -> {
          text.append(text.isEmpty() ? "" : "\n");
          lines.forEach(line -> text.append(line).append('\n'));
          text.append("user '").append(tenant).append("', total ignored: ");
          text.append(counts.getOrDefault(stream, 0)).append(" out of ");
          text.append(entries.getOrDefault(stream, 0)).append(" for stream: ").append(stream);
        });
    return text.toString();
  }
}
