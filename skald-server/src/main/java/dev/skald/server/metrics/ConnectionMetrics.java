package dev.skald.server.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.IntSupplier;

/** Connections of the HTTP door (spec metrics.md 1). */
public final class ConnectionMetrics {
  private static final String HTTP = "http";

  private ConnectionMetrics() {}

  /** {@code max} 0 is no limit. */
  public static void register(PrometheusRegistry registry, IntSupplier open, int max) {
    GaugeWithCallback.builder()
        .name("loki_tcp_connections")
        .help("Connections that are open.")
        .labelNames("protocol")
        .callback(callback -> callback.call(open.getAsInt(), HTTP))
        .register(registry);
    GaugeWithCallback.builder()
        .name("loki_tcp_connections_limit")
        .help("How many may be open; 0 is no limit.")
        .labelNames("protocol")
        .callback(callback -> callback.call(max, HTTP))
        .register(registry);
  }
}
