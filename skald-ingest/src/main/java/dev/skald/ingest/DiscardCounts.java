package dev.skald.ingest;

import dev.skald.ingest.IngestMetrics.Format;
import dev.skald.ingest.IngestMetrics.Origin;
import dev.skald.model.Labels;
import dev.skald.model.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one push lost, by reason and stream; told to the metrics once. One thread. */
final class DiscardCounts {
  /** Losses of streams beyond this are counted without their labels. */
  private static final int STREAMS_MAX = 10_000;

  private final Map<Key, Lost> lost = new LinkedHashMap<>();

  private record Key(DiscardReason reason, Labels stream, String policy) {}

  private static final class Lost {
    private long lines;
    private long bytes;
  }

  /** Entries of one stream. */
  void add(DiscardReason reason, ResolvedStream stream, long lines, long bytes) {
    Labels labels = lost.size() < STREAMS_MAX ? stream.labels() : Labels.EMPTY;
    add(new Key(reason, labels, stream.policy()), lines, bytes);
  }

  private void add(Key key, long lines, long bytes) {
    Lost sum = lost.computeIfAbsent(key, k -> new Lost());
    sum.lines += lines;
    sum.bytes += bytes;
  }

  void tell(TenantId tenant, Format format, IngestMetrics metrics) {
    lost.forEach(
        (key, sum) ->
            metrics.discarded(
                new Origin(tenant, key.stream, key.policy, format),
                key.reason,
                sum.lines,
                sum.bytes));
  }
}
