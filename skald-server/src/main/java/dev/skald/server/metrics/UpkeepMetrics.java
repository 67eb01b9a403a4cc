package dev.skald.server.metrics;

import dev.skald.storage.DiskLogStore;
import dev.skald.storage.UpkeepStats;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.ToDoubleFunction;

/** Merging, retention and deletion, read when scraped (spec metrics.md 5). */
public final class UpkeepMetrics {
  private final PrometheusRegistry registry;
  private final DiskLogStore store;

  private UpkeepMetrics(PrometheusRegistry registry, DiskLogStore store) {
    this.registry = registry;
    this.store = store;
  }

  /** Adds the store's figures to the registry. */
  public static void register(PrometheusRegistry registry, DiskLogStore store) {
    new UpkeepMetrics(registry, store).register();
  }

  private void register() {
    counter("skald_upkeep_rounds", "Rounds that ended well.", UpkeepStats::roundsTotal);
    counter("skald_upkeep_failures", "Rounds that failed.", UpkeepStats::failuresTotal);
    counter("skald_merges", "Merges of segments committed.", UpkeepStats::mergesTotal);
    counter(
        "skald_merges_refused",
        "Merges refused because rows did not balance.",
        UpkeepStats::refusedTotal);
    counter(
        "skald_merged_segments", "Segments replaced by merges.", UpkeepStats::segmentsMergedTotal);
    counter(
        "skald_merge_bytes_written", "Bytes that merges wrote.", UpkeepStats::bytesWrittenTotal);
    counter(
        "skald_copies_dropped",
        "Rows that an older segment held too.",
        UpkeepStats::copiesDroppedTotal);
    counter(
        "loki_compactor_deleted_lines", "Rows deleted on request.", UpkeepStats::rowsDeletedTotal);
    counter("skald_rows_expired", "Rows dropped for their age.", UpkeepStats::rowsExpiredTotal);
    counter("skald_rows_evicted", "Rows dropped to make room.", UpkeepStats::rowsEvictedTotal);
    CounterWithCallback.builder()
        .name("skald_appends_refused_for_space")
        .help("Pushes refused because the disk was nearly full.")
        .callback(callback -> callback.call((double) store.refusedForSpace()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("loki_compactor_pending_delete_requests_count")
        .help("Delete requests whose rows are hidden and not yet gone.")
        .callback(callback -> callback.call(store.deletes().pendingCount()))
        .register(registry);
  }

  private void counter(String name, String help, ToDoubleFunction<UpkeepStats> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.applyAsDouble(store.upkeepStats())))
        .register(registry);
  }
}
