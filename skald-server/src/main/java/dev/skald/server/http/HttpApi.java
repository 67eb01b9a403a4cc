package dev.skald.server.http;

import dev.skald.clock.EpochClock;
import dev.skald.clock.Ticker;
import dev.skald.ingest.Ingester;
import dev.skald.network.Network;
import dev.skald.query.QueryService;
import dev.skald.server.config.ServerConfig;
import dev.skald.server.config.SkaldConfig;
import dev.skald.server.metrics.RequestMetrics;
import dev.skald.server.tenant.TenantGate;
import dev.skald.storage.DiskLogStore;
import dev.skald.storage.retention.StorePolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Every door: which path leads to which endpoint. */
public final class HttpApi {
  private final Ticker ticker;
  private final RequestMetrics metrics;
  private final TenantGate gate;
  private final PushEndpoints push;
  private final QueryEndpoints query;
  private final LabelEndpoints labels;
  private final StatusEndpoints status;
  private final DeleteEndpoints deletes;
  private final AtomicBoolean ready = new AtomicBoolean();

  /**
   * @param configText the effective configuration as YAML, by mode: empty, {@code diff} or {@code defaults}
   */
  public HttpApi(
      EpochClock clock,
      Ticker ticker,
      DiskLogStore store,
      StorePolicy policy,
      Ingester ingester,
      QueryService queries,
      TenantGate gate,
      PrometheusRegistry registry,
      RequestMetrics metrics,
      Function<String, String> configText,
      SkaldConfig config) {
    this.ticker = ticker;
    this.metrics = metrics;
    this.gate = gate;
    this.push = new PushEndpoints(ingester);
    this.query = new QueryEndpoints(clock, queries);
    this.labels = new LabelEndpoints(clock, queries);
    this.status = new StatusEndpoints(ready::get, registry, store, configText);
    this.deletes =
        new DeleteEndpoints(
            clock, store.deletes(), policy, config.compactor().deleteMaxInterval().toNanos());
  }

  private Routes routes(SkaldConfig config) {
    Routes routes = new Routes(config.server().httpPathPrefix());
    if (config.compactor().retentionEnabled()) {
      routes
          .postOrPut("/loki/api/v1/delete", deletes::add)
          .get("/loki/api/v1/delete", deletes::list)
          .delete("/loki/api/v1/delete", deletes::cancel)
          .get("/loki/api/v1/cache/generation_numbers", deletes::cacheGeneration);
    }
    return routes
        .post("/loki/api/v1/push", push::push)
        .post("/api/prom/push", push::legacyPush)
        .getOrPost("/loki/api/v1/query", query::instant)
        .getOrPost("/loki/api/v1/query_range", query::range)
        .getOrPost("/loki/api/v1/format_query", query::format)
        .getOrPost("/loki/api/v1/labels", labels::names)
        .getOrPost("/loki/api/v1/label", labels::names)
        .getOrPost("/loki/api/v1/label/{name}/values", labels::values)
        .getOrPost("/loki/api/v1/series", labels::series)
        .get("/loki/api/v1/status/buildinfo", status::buildInfo)
        .get("/ready", status::ready)
        .get("/metrics", status::metrics)
        .get("/config", status::config)
        .getOrPost("/flush", status::flush);
  }

  /**
   * Starts to listen; {@code /ready} answers 200 from here on.
   *
   * @param requests where requests run; owned by the caller
   * @throws IOException if the address cannot be had
   */
  public HttpServer listen(Network network, ExecutorService requests, SkaldConfig config)
      throws IOException {
    HttpFront.Compression compression =
        config.frontend().compressResponses()
            ? HttpFront.Compression.GZIP
            : HttpFront.Compression.NONE;
    ServerConfig server = config.server();
    HttpFront front = new HttpFront(ticker, metrics, routes(config), gate, compression);
    HttpServer http =
        HttpServer.start(
            network,
            ticker,
            requests,
            new HttpServer.Settings(
                address(server), server.httpServerIdleTimeout(), server.gracefulShutdownTimeout()),
            front);
    ready.set(true);
    return http;
  }

  /** What to bind: the configured address, or every interface. */
  public static InetSocketAddress address(ServerConfig server) {
    return server.httpListenAddress().isEmpty()
        ? new InetSocketAddress(server.httpListenPort())
        : new InetSocketAddress(server.httpListenAddress(), server.httpListenPort());
  }
}
