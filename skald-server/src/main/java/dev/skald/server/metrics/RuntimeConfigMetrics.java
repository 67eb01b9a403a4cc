package dev.skald.server.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether the overrides in force are those of the files (spec metrics.md 7). */
public final class RuntimeConfigMetrics {
  private RuntimeConfigMetrics() {}

  /**
   * @param successful whether the last look at the files ended well
   * @param sha256 of the files that the limits in force were read from
   */
  public static void register(
      PrometheusRegistry registry, BooleanSupplier successful, Supplier<String> sha256) {
    GaugeWithCallback.builder()
        .name("loki_runtime_config_last_reload_successful")
        .help("Whether the last look at the runtime configuration ended well.")
        .callback(callback -> callback.call(successful.getAsBoolean() ? 1 : 0))
        .register(registry);
    GaugeWithCallback.builder()
        .name("loki_runtime_config_hash")
        .help("Hash of the runtime configuration in force; always 1.")
        .labelNames("sha256")
        .callback(callback -> callback.call(1, sha256.get()))
        .register(registry);
  }
}
