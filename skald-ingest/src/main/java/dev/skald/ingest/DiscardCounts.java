package dev.skald.ingest;

import dev.skald.model.TenantId;
import java.util.EnumMap;
import java.util.Map;

/** What one push lost, by reason; told to the metrics once. */
final class DiscardCounts {
  private final Map<DiscardReason, Lost> lost = new EnumMap<>(DiscardReason.class);

  private static final class Lost {
    private long lines;
    private long bytes;
  }

  void add(DiscardReason reason, long lines, long bytes) {
    Lost sum = lost.computeIfAbsent(reason, r -> new Lost());
    sum.lines += lines;
    sum.bytes += bytes;
  }

  void tell(TenantId tenant, IngestMetrics metrics) {
    lost.forEach((reason, sum) -> metrics.discarded(tenant, reason, sum.lines, sum.bytes));
  }
}
