package dev.skald.server.metrics;

import dev.skald.model.TenantId;
import dev.skald.storage.DiskLogStore;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;

/** Streams that are written to, by tenant: how many there are, came and went. */
public final class ActiveStreamMetrics {
  private final DiskLogStore store;
  private final ConcurrentHashMap<TenantId, Counts> counts = new ConcurrentHashMap<>();

  /** Of one tenant; streams that came back from the log count as created. */
  private static final class Counts {
    private final AtomicLong created = new AtomicLong();
    private final AtomicLong removed = new AtomicLong();
  }

  /** Adds the figures to the registry. */
  public ActiveStreamMetrics(PrometheusRegistry registry, DiskLogStore store) {
    this.store = store;
    for (TenantId tenant : store.activeTenants()) {
      created(tenant, store.activeStreamCount(tenant));
    }
    GaugeWithCallback.builder()
        .name("loki_ingester_memory_streams")
        .help("Streams that were written to lately.")
        .labelNames("tenant")
        .callback(
            callback -> {
              for (TenantId tenant : store.activeTenants()) {
                callback.call(store.activeStreamCount(tenant), tenant.value());
              }
            })
        .register(registry);
    counter(
        registry,
        MetricsPage.STREAMS_BEGUN,
        "Streams that began to be written to.",
        sink -> counts.forEach((tenant, count) -> sink.accept(tenant, count.created.get())));
    counter(
        registry,
        "loki_ingester_streams_removed",
        "Streams that were not written to any more.",
        sink -> counts.forEach((tenant, count) -> sink.accept(tenant, removed(tenant, count))));
  }

  private static void counter(
      PrometheusRegistry registry,
      String name,
      String help,
      java.util.function.Consumer<ObjLongConsumer<TenantId>> values) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("tenant")
        .callback(
            callback ->
                values.accept((tenant, value) -> callback.call((double) value, tenant.value())))
        .register(registry);
  }

  /** What was created and is not active; streams counted a moment too early are left for later. */
  private long removed(TenantId tenant, Counts count) {
    long now = count.created.get() - store.activeStreamCount(tenant);
    return count.removed.accumulateAndGet(now, Math::max);
  }

  void created(TenantId tenant, int streams) {
    counts.computeIfAbsent(tenant, t -> new Counts()).created.addAndGet(streams);
  }
}
