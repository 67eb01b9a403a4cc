package dev.skald.server.metrics;

import dev.skald.ingest.DiscardReason;
import dev.skald.ingest.IngestMetrics;
import dev.skald.model.TenantId;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** What the write path stored and refused, by tenant (spec metrics.md 1). */
public final class WriteMetrics implements IngestMetrics {
  private final Counter bytes;
  private final Counter lines;
  private final Counter discardedLines;
  private final Counter discardedBytes;

  public WriteMetrics(PrometheusRegistry registry) {
    bytes =
        counter(
            registry,
            "loki_distributor_bytes_received_total",
            "Bytes of lines and structured metadata that were stored.",
            "tenant");
    lines =
        counter(
            registry, "loki_distributor_lines_received_total", "Lines that were stored.", "tenant");
    discardedLines =
        counter(
            registry,
            "loki_discarded_samples_total",
            "Lines that were not stored.",
            "reason",
            "tenant");
    discardedBytes =
        counter(
            registry,
            "loki_discarded_bytes_total",
            "Bytes that were not stored.",
            "reason",
            "tenant");
  }

  private static Counter counter(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  @Override
  public void stored(TenantId tenant, long lineCount, long byteCount) {
    lines.labelValues(tenant.value()).inc(lineCount);
    bytes.labelValues(tenant.value()).inc(byteCount);
  }

  @Override
  public void discarded(TenantId tenant, DiscardReason reason, long lineCount, long byteCount) {
    String name = reason.name().toLowerCase(Locale.ROOT);
    discardedLines.labelValues(name, tenant.value()).inc(lineCount);
    discardedBytes.labelValues(name, tenant.value()).inc(byteCount);
  }
}
