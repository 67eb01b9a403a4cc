package dev.skald.server.metrics;

import dev.skald.storage.DiskLogStore;
import dev.skald.storage.ReplayState;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.DoubleSupplier;

/** What answers may lack, read when scraped (spec metrics.md 2). */
public final class StoreHealthMetrics {
  private final PrometheusRegistry registry;

  private StoreHealthMetrics(PrometheusRegistry registry) {
    this.registry = registry;
  }

  /** Adds the store's figures to the registry. */
  public static void register(PrometheusRegistry registry, DiskLogStore store) {
    StoreHealthMetrics metrics = new StoreHealthMetrics(registry);
    metrics.gauge(
        "loki_ingester_wal_replay_active",
        "1 while the log of the last run is being replayed; answers lack entries then.",
        () -> store.replay() instanceof ReplayState.Running ? 1 : 0);
    metrics.gauge(
        "skald_wal_replay_failed",
        "1 if the log of the last run could not be replayed; the reason is in the log.",
        () -> store.replay() instanceof ReplayState.Failed ? 1 : 0);
    metrics.gauge(
        "skald_damaged_segments",
        "Segments that cannot be opened; answers lack their entries.",
        store::damagedSegments);
    CounterWithCallback.builder()
        .name("skald_takeovers")
        .help("Times that another server had written to the same bucket.")
        .callback(callback -> callback.call((double) store.takeovers()))
        .register(registry);
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }
}
