package dev.skald.server.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Counts the lines of the server's own log, until closed. */
public final class LogMetrics extends Handler implements AutoCloseable {
  private static final Logger ROOT = Logger.getLogger("");

  private final Counter messages;

  private LogMetrics(PrometheusRegistry registry) {
    messages =
        Counter.builder()
            .name("loki_internal_log_messages")
            .help("Lines of the server's own log.")
            .labelNames("level")
            .register(registry);
    List.of("debug", "info", "warn", "error").forEach(messages::initLabelValues);
  }

  /** Begins to count. */
  public static LogMetrics register(PrometheusRegistry registry) {
    LogMetrics metrics = new LogMetrics(registry);
    ROOT.addHandler(metrics);
    return metrics;
  }

  @Override
  public void publish(LogRecord record) {
    messages.labelValues(name(record.getLevel().intValue())).inc();
  }

  private static String name(int level) {
    if (level >= Level.SEVERE.intValue()) {
      return "error";
    }
    if (level >= Level.WARNING.intValue()) {
      return "warn";
    }
    return level >= Level.INFO.intValue() ? "info" : "debug";
  }

  @Override
  public void flush() {
    // nothing is kept back
  }

  @Override
  public void close() {
    ROOT.removeHandler(this);
  }
}
