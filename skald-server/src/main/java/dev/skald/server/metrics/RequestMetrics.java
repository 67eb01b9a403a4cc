package dev.skald.server.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Set;

/** Every HTTP request, by method, route and status (spec metrics.md 1.1). */
public final class RequestMetrics {
  private static final double NANOS_PER_SECOND = 1e9;

  /** The spec's bucket set "Net", in seconds. */
  private static final double[] NET_SECONDS = {
    .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 25, 50, 100
  };

  /** The spec's bucket set "Prom", in seconds. */
  private static final double[] PROM_SECONDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

  private static final String RANGE_QUERY = "loki_api_v1_query_range";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

  private static final String GRPC = "gRPC";

  /** How a call ended. */
  public enum Result {
    SUCCESS,
    ERROR
  }

  private final Histogram durations;
  private final Gauge inflight;
  private final Histogram requestBytes;
  private final Histogram responseBytes;
  private final Counter panics;
  private final Histogram rangeQueries;

  public RequestMetrics(PrometheusRegistry registry) {
    durations =
        Histogram.builder()
            .name("loki_request_duration_seconds")
            .help("Time spent serving HTTP requests.")
            .labelNames("method", "route", "status_code", "ws")
            .classicOnly()
            .classicUpperBounds(NET_SECONDS)
            .register(registry);
    inflight =
        Gauge.builder()
            .name("loki_inflight_requests")
            .help("Requests being served now.")
            .labelNames("method", "route")
            .register(registry);
    requestBytes = sizes(registry, "loki_request_message_bytes", "Size of request bodies.");
    responseBytes = sizes(registry, "loki_response_message_bytes", "Size of response bodies.");
    panics =
        Counter.builder()
            .name("loki_panic_total")
            .help("Requests that failed on a bug.")
            .register(registry);
    panics.inc(0);
    rangeQueries =
        Histogram.builder()
            .name("loki_frontend_query_range_duration_seconds")
            .help("Time spent serving range queries.")
            .labelNames("method", "status_code")
            .classicOnly()
            .classicUpperBounds(PROM_SECONDS)
            .register(registry);
  }

  private static Histogram sizes(PrometheusRegistry registry, String name, String help) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames("method", "route")
        .classicOnly()
        .classicExponentialUpperBounds(4, 4, 15)
        .register(registry);
  }

  /** Anybody can make a method up; a label must not. */
  private static String known(String method) {
    return METHODS.contains(method) ? method : "other";
  }

  public void started(String rawMethod, String route) {
    String method = known(rawMethod);
    inflight.labelValues(method, route).inc();
  }

  /** A gRPC call; {@code route} is its path. */
  public void called(String route, Result result, long nanos, long requestSize, long replySize) {
    durations
        .labelValues(GRPC, route, result == Result.SUCCESS ? "success" : "error", "false")
        .observe(nanos / NANOS_PER_SECOND);
    requestBytes.labelValues(GRPC, route).observe((double) requestSize);
    responseBytes.labelValues(GRPC, route).observe((double) replySize);
  }

  /** {@code requestBytes} and {@code responseBytes} are bodies as they cross the wire. */
  public void finished(
      String rawMethod, String route, int status, long nanos, long requestSize, long responseSize) {
    String method = known(rawMethod);
    inflight.labelValues(method, route).dec();
    durations
        .labelValues(method, route, Integer.toString(status), "false")
        .observe(nanos / NANOS_PER_SECOND);
    if (route.equals(RANGE_QUERY)) {
      rangeQueries.labelValues(method, Integer.toString(status)).observe(nanos / NANOS_PER_SECOND);
    }
    requestBytes.labelValues(method, route).observe((double) requestSize);
    responseBytes.labelValues(method, route).observe((double) responseSize);
  }

  public void panicked() {
    panics.inc();
  }
}
