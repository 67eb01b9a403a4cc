package dev.skald.ingest;

import dev.skald.ingest.IngestMetrics.Format;
import dev.skald.ingest.IngestMetrics.Origin;
import dev.skald.model.Labels;
import dev.skald.model.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one push brings, by stream; told to the metrics when it is stored. One thread. */
final class StoredCounts {
  private final Map<Labels, Sum> sums = new LinkedHashMap<>();

  /** Of one stream. */
  private static final class Sum {
    private final String policy;
    private long lines;
    private long bytes;
    private long metadataBytes;

    Sum(String policy) {
      this.policy = policy;
    }
  }

  /** One entry; {@code bytes} are those of its line and of its metadata. */
  void add(ResolvedStream stream, long bytes, long metadataBytes) {
    Sum sum = sums.computeIfAbsent(stream.labels(), labels -> new Sum(stream.policy()));
    sum.lines++;
    sum.bytes += bytes;
    sum.metadataBytes += metadataBytes;
  }

  /** Takes back what was turned away after all; its metadata is not known any more. */
  void subtract(Labels stream, long lines, long bytes) {
    Sum sum = sums.get(stream);
    if (sum != null) {
      sum.lines -= lines;
      sum.bytes -= bytes;
    }
  }

  /** The policy of a stream that is counted. */
  String policy(Labels stream) {
    Sum sum = sums.get(stream);
    return sum == null ? "" : sum.policy;
  }

  void tell(TenantId tenant, Format format, IngestMetrics metrics) {
    sums.forEach(
        (stream, sum) -> {
          if (sum.lines > 0) {
            metrics.stored(
                new Origin(tenant, stream, sum.policy, format),
                sum.lines,
                sum.bytes,
                sum.metadataBytes);
          }
        });
  }
}
