package dev.skald.server.metrics;

import dev.skald.error.ErrorKind;
import dev.skald.logql.engine.QueryParams;
import dev.skald.model.QueryStats;
import dev.skald.model.TenantId;
import dev.skald.query.QueryMetrics;
import dev.skald.query.QueryTurns;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.DoubleSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Queries: how long they waited and ran, what they read (spec metrics.md 3). */
public final class ReadMetrics implements QueryMetrics {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long SLOW_NANOS = 10_000_000_000L;

  /** The spec's bucket set "Prom", in seconds. */
  private static final double[] PROM_SECONDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

  private static final double[] BYTES_PER_SECOND = {
    5e7, 1e8, 4e8, 6e8, 8e8, 1e9, 2e9, 3e9, 4e9, 5e9, 6e9, 7e9, 8e9, 9e9, 1e10, 1.5e10, 2e10, 3e10,
    4e10, 5e10, 6e10
  };

  private final ToIntFunction<ErrorKind> status;
  private final Histogram durations;
  private final Histogram durationsOurs;
  private final Histogram latencies;
  private final Histogram throughput;
  private final Counter bytes;
  private final Histogram queued;
  private final Histogram queuedAtFront;
  private final Counter discarded;
  private final Gauge blocked;
  private final Summary inflight;
  private final QueryTurns turns;

  /** {@code status} is the HTTP status of a failure. */
  public ReadMetrics(
      PrometheusRegistry registry, QueryTurns turns, ToIntFunction<ErrorKind> status) {
    this.status = status;
    this.turns = turns;
    durations =
        histogram("logql_query_duration_seconds", "Time of queries.", PROM_SECONDS, "query_type")
            .register(registry);
    durationsOurs =
        histogram("loki_query_duration_seconds", "Time of queries.", PROM_SECONDS, "query_type")
            .register(registry);
    latencies =
        Histogram.builder()
            .name("loki_logql_querystats_latency_seconds")
            .help("Time of queries.")
            .labelNames("status_code", "type", "range")
            .classicOnly()
            .classicExponentialUpperBounds(.25, 2, 10)
            .register(registry);
    throughput =
        histogram(
                "loki_logql_querystats_bytes_processed_per_seconds",
                "Line bytes that queries read, per second.",
                BYTES_PER_SECOND,
                "status_code",
                "type",
                "range",
                "latency_type",
                "sharded")
            .register(registry);
    bytes =
        Counter.builder()
            .name("loki_logql_querystats_bytes_processed")
            .help("Line bytes that queries read.")
            .labelNames("tenant")
            .register(registry);
    queued =
        histogram(
                "loki_query_scheduler_queue_duration_seconds",
                "Time that queries waited for a turn.",
                PROM_SECONDS)
            .register(registry);
    queuedAtFront =
        histogram(
                "loki_query_frontend_queue_duration_seconds",
                "Time that queries waited for a turn.",
                PROM_SECONDS)
            .register(registry);
    discarded =
        Counter.builder()
            .name("loki_query_scheduler_discarded_requests")
            .help("Queries refused because too many of their tenant waited.")
            .labelNames("user")
            .register(registry);
    blocked =
        Gauge.builder() // it only grows; its name has no "total" at the end, as counters must have
            .name("loki_blocked_queries")
            .help("Queries refused by blocked_queries.")
            .labelNames("user")
            .register(registry);
    inflight =
        Summary.builder()
            .name("loki_query_scheduler_inflight_requests")
            .help("Queries that ran or waited when another one came.")
            .quantile(.5)
            .quantile(.75)
            .quantile(.9)
            .quantile(.99)
            .register(registry);
    registerGauges(registry);
  }

  private void registerGauges(PrometheusRegistry registry) {
    GaugeWithCallback.builder()
        .name("loki_query_scheduler_queue_length")
        .help("Queries that wait for a turn.")
        .labelNames("user")
        .callback(
            callback ->
                turns.waiting().forEach((tenant, count) -> callback.call(count, tenant.value())))
        .register(registry);
    gauge(registry, "loki_querier_worker_concurrency", "Turns.", turns::turnsMax);
    gauge(registry, "loki_querier_worker_inflight_queries", "Queries that run.", turns::running);
    gauge(
        registry,
        "loki_query_frontend_queries_in_progress",
        "Queries that run or wait.",
        () -> turns.running() + turns.waitingCount());
    gauge(registry, "loki_query_scheduler_running", "Always 1.", () -> 1);
  }

  private static void gauge(
      PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  private static Histogram.Builder histogram(
      String name, String help, double[] bounds, String... labels) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .classicOnly()
        .classicUpperBounds(bounds);
  }

  @Override
  public void waited(long nanos) {
    queued.observe(nanos / NANOS_PER_SECOND);
    queuedAtFront.observe(nanos / NANOS_PER_SECOND);
    inflight.observe(turns.running() + turns.waitingCount());
  }

  @Override
  public void discarded(TenantId tenant) {
    discarded.labelValues(tenant.value()).inc();
  }

  @Override
  public void blocked(TenantId tenant) {
    blocked.labelValues(tenant.value()).inc();
  }

  @Override
  public void finished(
      TenantId tenant,
      Type type,
      QueryParams.Kind kind,
      @Nullable ErrorKind failure,
      QueryStats stats,
      long nanos) {
    double seconds = nanos / NANOS_PER_SECOND;
    String code = Integer.toString(failure == null ? 200 : status.applyAsInt(failure));
    String range =
        switch (kind) {
          case INSTANT -> "instant";
          case RANGE -> "range";
        };
    durations.labelValues(type.text()).observe(seconds);
    durationsOurs.labelValues(type.text()).observe(seconds);
    latencies.labelValues(code, type.text(), range).observe(seconds);
    bytes.labelValues(tenant.value()).inc(stats.lineBytes());
    if (seconds > 0) {
      String speed = nanos > SLOW_NANOS ? "slow" : "fast";
      throughput
          .labelValues(code, type.text(), range, speed, "false")
          .observe(stats.lineBytes() / seconds);
    }
  }
}
