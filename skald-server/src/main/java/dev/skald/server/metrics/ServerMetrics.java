package dev.skald.server.metrics;

import dev.skald.storage.LogStore;
import dev.skald.storage.StoreStats;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;

/** Figures of the process and the store, read when scraped. */
public final class ServerMetrics {
  private final PrometheusRegistry registry;
  private final LogStore store;

  private ServerMetrics(PrometheusRegistry registry, LogStore store) {
    this.registry = registry;
    this.store = store;
  }

  /** Adds the store's figures and {@code loki_build_info} to the registry. */
  public static void register(PrometheusRegistry registry, LogStore store, String version) {
    ServerMetrics metrics = new ServerMetrics(registry, store);
    metrics.registerBuildInfo(version);
    metrics.registerHead();
    metrics.registerWal();
    metrics.registerSegments();
  }

  /** Adds the number of clients that tail. */
  public static void registerTails(PrometheusRegistry registry, IntSupplier active) {
    GaugeWithCallback.builder()
        .name("loki_querier_tail_active")
        .help("Tails that are being served.")
        .callback(callback -> callback.call(active.getAsInt()))
        .register(registry);
  }

  private void registerBuildInfo(String version) {
    Info info =
        Info.builder()
            .name("loki_build_info")
            .help("What is running; always 1.")
            .labelNames("version", "revision", "branch", "goversion", "goos", "goarch", "tags")
            .register(registry);
    String os = System.getProperty("os.name", "");
    String arch = System.getProperty("os.arch", "");
    info.addLabelValues(version, "skald", "HEAD", "", os, arch, "");
  }

  private void registerHead() {
    gauge("loki_ingester_memory_chunks", "Streams in the head.", StoreStats::headStreams);
    gauge(
        "loki_ingester_streams",
        "Streams in the head, of all tenants together.",
        StoreStats::headStreams);
    gauge("skald_head_entries", "Entries in the head.", StoreStats::headEntries);
    gauge("skald_head_bytes", "Memory that the head holds.", StoreStats::headBytes);
  }

  private void registerWal() {
    gauge("skald_wal_bytes", "Size of the WAL on disk.", StoreStats::walBytes);
    counter("loki_ingester_wal_records_logged", "Records appended.", StoreStats::walRecordsTotal);
    counter("loki_ingester_wal_logged_bytes", "Bytes appended.", StoreStats::walBytesTotal);
    counter("skald_wal_syncs", "Group commits.", StoreStats::walSyncsTotal);
    counter(
        "loki_ingester_wal_disk_full_failures",
        "Appends refused because the disk was full.",
        StoreStats::diskFullTotal);
  }

  private void registerSegments() {
    gauge("skald_segments", "Live segments.", StoreStats::segments);
    gauge("skald_segment_bytes", "Size of the live segments.", StoreStats::segmentBytes);
    counter("skald_flushes", "Flushes committed.", StoreStats::flushesTotal);
    counter(
        "loki_ingester_chunks_flush_failures",
        "Flushes that failed and are tried again.",
        StoreStats::flushFailuresTotal);
    CounterWithCallback.builder()
        .name("loki_ingester_chunks_flush_requests")
        .help("Flushes that were begun.")
        .callback(
            callback -> {
              StoreStats stats = store.stats();
              callback.call((double) (stats.flushesTotal() + stats.flushFailuresTotal()));
            })
        .register(registry);
    CounterWithCallback.builder()
        .name("loki_ingester_wal_corruptions")
        .help("Bad records, pages or files met.")
        .labelNames("type")
        .callback(callback -> callback.call((double) store.stats().corruptionsTotal(), "any"))
        .register(registry);
    counter("skald_corruptions", "Bad records, pages or files met.", StoreStats::corruptionsTotal);
  }

  private void gauge(String name, String help, ToLongFunction<StoreStats> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call((double) value.applyAsLong(store.stats())))
        .register(registry);
  }

  private void counter(String name, String help, ToLongFunction<StoreStats> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call((double) value.applyAsLong(store.stats())))
        .register(registry);
  }
}
