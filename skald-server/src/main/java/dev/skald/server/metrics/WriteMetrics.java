package dev.skald.server.metrics;

import dev.skald.ingest.DiscardReason;
import dev.skald.ingest.IngestMetrics;
import dev.skald.ingest.StoredCounts;
import dev.skald.model.Labels;
import dev.skald.model.TenantId;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What the write path stored and refused, by tenant (spec metrics.md 1 and 2). */
public final class WriteMetrics implements IngestMetrics {
  private static final List<String> INTERNAL = List.of("__aggregated_metric__", "__pattern__");
  private static final String[] OF_BYTES = {
    "tenant", "retention_hours", "is_internal_stream", "policy", "format"
  };
  private static final String[] OF_DISCARDS = {
    "reason", "tenant", "retention_hours", "policy", "format"
  };

  /** Where batches go: the store of this process. */
  private static final String INGESTER = "local";

  private final Function<TenantId, ToLongFunction<Labels>> retentionHours;
  private final ActiveStreamMetrics streams;
  private final Counter bytes;
  private final Counter metadataBytes;
  private final Counter lines;
  private final Counter discardedLines;
  private final Counter discardedBytes;
  private final Counter mutatedLines;
  private final Counter mutatedBytes;
  private final Counter appends;
  private final Counter appendFailures;

  /** {@code retentionHours} is how long a tenant's streams are kept, in hours; 0 is for ever. */
  public WriteMetrics(
      PrometheusRegistry registry,
      Function<TenantId, ToLongFunction<Labels>> retentionHours,
      ActiveStreamMetrics streams) {
    this.retentionHours = retentionHours;
    this.streams = streams;
    bytes =
        counter(
            registry,
            "loki_distributor_bytes_received",
            "Bytes of lines and structured metadata that were stored.",
            OF_BYTES);
    metadataBytes =
        counter(
            registry,
            "loki_distributor_structured_metadata_bytes_received",
            "Bytes of structured metadata that were stored.",
            OF_BYTES);
    lines =
        counter(
            registry,
            "loki_distributor_lines_received",
            "Lines that were stored.",
            "tenant",
            "is_internal_stream",
            "policy",
            "format");
    discardedLines =
        counter(registry, "loki_discarded_samples", "Lines that were not stored.", OF_DISCARDS);
    discardedBytes =
        counter(registry, "loki_discarded_bytes", "Bytes that were not stored.", OF_DISCARDS);
    mutatedLines =
        counter(
            registry,
            "loki_mutated_samples",
            "Lines that were stored otherwise than sent.",
            "reason",
            "tenant");
    mutatedBytes =
        counter(
            registry,
            "loki_mutated_bytes",
            "Bytes that lines lost on the way.",
            "reason",
            "tenant");
    appends =
        counter(
            registry,
            "loki_distributor_ingester_appends",
            "Batches given to the store.",
            "ingester");
    appendFailures =
        counter(
            registry,
            "loki_distributor_ingester_append_failures",
            "Batches that the store did not take.",
            "ingester");
    appends.initLabelValues(INGESTER);
    appendFailures.initLabelValues(INGESTER);
    GaugeWithCallback.builder()
        .name("loki_distributor_replication_factor")
        .help("How many processes keep each entry.")
        .callback(callback -> callback.call(1))
        .register(registry);
  }

  private static Counter counter(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  @Override
  public void stored(TenantId tenant, Format format, StoredCounts counts) {
    StoredSums sums = new StoredSums(tenant, format, retentionHours.apply(tenant));
    counts.forEach(sums);
    sums.tell();
  }

  /** Adds up streams that are counted alike, as long as they come one after the other. */
  private final class StoredSums implements StoredCounts.Visitor {
    private final TenantId tenant;
    private final Format format;
    private final ToLongFunction<Labels> hoursOf;
    private long hours;
    private boolean internal;
    private String policy = "";
    private long lineSum;
    private long byteSum;
    private long metadataSum;

    StoredSums(TenantId tenant, Format format, ToLongFunction<Labels> hoursOf) {
      this.tenant = tenant;
      this.format = format;
      this.hoursOf = hoursOf;
    }

    @Override
    public void visit(
        Labels stream, String itsPolicy, long lineCount, long byteCount, long metadataByteCount) {
      long itsHours = hoursOf.applyAsLong(stream);
      boolean isInternal = isInternal(stream);
      if (itsHours != hours || isInternal != internal || !itsPolicy.equals(policy)) {
        tell();
        hours = itsHours;
        internal = isInternal;
        policy = itsPolicy;
      }
      lineSum += lineCount;
      byteSum += byteCount;
      metadataSum += metadataByteCount;
    }

    void tell() {
      if (lineSum > 0) {
        String id = tenant.value();
        String kept = Long.toString(hours);
        String inside = Boolean.toString(internal);
        lines.labelValues(id, inside, policy, format.text()).inc(lineSum);
        bytes.labelValues(id, kept, inside, policy, format.text()).inc(byteSum);
        metadataBytes.labelValues(id, kept, inside, policy, format.text()).inc(metadataSum);
      }
      lineSum = 0;
      byteSum = 0;
      metadataSum = 0;
    }
  }

  private static boolean isInternal(Labels stream) {
    for (String name : INTERNAL) {
      if (stream.has(name)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void discarded(Origin origin, DiscardReason reason, long lineCount, long byteCount) {
    String tenant = origin.tenant().value();
    String hours =
        Long.toString(retentionHours.apply(origin.tenant()).applyAsLong(origin.stream()));
    String format = origin.format().text();
    discardedLines
        .labelValues(reason.text(), tenant, hours, origin.policy(), format)
        .inc(lineCount);
    discardedBytes
        .labelValues(reason.text(), tenant, hours, origin.policy(), format)
        .inc(byteCount);
  }

  @Override
  public void mutated(TenantId tenant, DiscardReason reason, long lineCount, long byteCount) {
    mutatedLines.labelValues(reason.text(), tenant.value()).inc(lineCount);
    mutatedBytes.labelValues(reason.text(), tenant.value()).inc(byteCount);
  }

  @Override
  public void created(TenantId tenant, int count) {
    streams.created(tenant, count);
  }

  @Override
  public void appended() {
    appends.labelValues(INGESTER).inc();
  }

  @Override
  public void appendFailed() {
    appendFailures.labelValues(INGESTER).inc();
  }
}
