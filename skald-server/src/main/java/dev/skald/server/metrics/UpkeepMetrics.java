package dev.skald.server.metrics;

import dev.skald.clock.EpochClock;
import dev.skald.storage.DiskLogStore;
import dev.skald.storage.UpkeepStats;
import dev.skald.storage.retention.DeleteRequest;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Merging, retention and deletion, read when scraped (spec metrics.md 5). */
public final class UpkeepMetrics {
  private static final double NANOS_PER_SECOND = 1e9;

  private final EpochClock clock;
  private final PrometheusRegistry registry;
  private final DiskLogStore store;

  private UpkeepMetrics(EpochClock clock, PrometheusRegistry registry, DiskLogStore store) {
    this.clock = clock;
    this.registry = registry;
    this.store = store;
  }

  /** Adds the store's figures to the registry. */
  public static void register(EpochClock clock, PrometheusRegistry registry, DiskLogStore store) {
    new UpkeepMetrics(clock, registry, store).register();
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
    counter("skald_rows_deleted", "Rows deleted on request.", UpkeepStats::rowsDeletedTotal);
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
    registerRounds("loki_boltdb_shipper_compact_tables", "Rounds of merging and removing");
    registerRounds("loki_compactor_apply_retention", "Rounds of merging and removing");
    gauge("loki_boltdb_shipper_compactor_running", "Always 1.", () -> 1);
    registerDeletes();
  }

  /** Skald merges, retains and deletes in one round, which has both of Loki's names. */
  private void registerRounds(String prefix, String what) {
    CounterWithCallback.builder()
        .name(prefix + "_operation")
        .help(what + ", by how they ended.")
        .labelNames("status")
        .callback(
            callback -> {
              UpkeepStats stats = store.upkeepStats();
              callback.call((double) stats.roundsTotal(), "success");
              callback.call((double) stats.failuresTotal(), "failure");
            })
        .register(registry);
    gauge(
        prefix + "_operation_duration_seconds",
        "How long the last round took.",
        () -> store.upkeepStats().lastRoundNanos() / NANOS_PER_SECOND);
    boolean isRetention = prefix.equals("loki_compactor_apply_retention");
    gauge(
        prefix + (isRetention ? "" : "_operation") + "_last_successful_run_timestamp_seconds",
        "When the last round ended well, since 1970; 0 before the first.",
        () -> store.upkeepStats().lastRoundEpochNanos() / NANOS_PER_SECOND);
  }

  private void registerDeletes() {
    deletes(
        "loki_compactor_delete_requests_received",
        "Delete requests that are known.",
        request -> true);
    deletes(
        "loki_compactor_delete_requests_processed",
        "Delete requests that are done.",
        request -> request.status() == DeleteRequest.Status.PROCESSED);
    GaugeWithCallback.builder() // its name has no "total" at the end, as counters must have
        .name("loki_compactor_deleted_lines")
        .help("Rows deleted by the requests that are known.")
        .labelNames("user")
        .callback(
            callback ->
                store.deletes().all().stream()
                    .collect(
                        Collectors.groupingBy(
                            request -> request.tenant().value(),
                            Collectors.summingLong(DeleteRequest::rowsDeleted)))
                    .forEach((tenant, rows) -> callback.call((double) rows, tenant)))
        .register(registry);
    gauge(
        "loki_compactor_oldest_pending_delete_request_age_seconds",
        "Age of the oldest request that is not done.",
        () -> {
          long now = clock.nowEpochNanos();
          return store.deletes().all().stream()
                  .filter(request -> request.status() == DeleteRequest.Status.RECEIVED)
                  .mapToLong(request -> now - request.createdEpochNanos())
                  .max()
                  .orElse(0)
              / NANOS_PER_SECOND;
        });
  }

  private void deletes(String name, String help, Predicate<DeleteRequest> counted) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("user")
        .callback(
            callback ->
                store.deletes().all().stream()
                    .filter(counted)
                    .collect(
                        Collectors.groupingBy(
                            request -> request.tenant().value(), Collectors.counting()))
                    .forEach((tenant, count) -> callback.call((double) count, tenant)))
        .register(registry);
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
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
