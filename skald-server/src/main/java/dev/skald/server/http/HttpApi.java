package dev.skald.server.http;

import dev.skald.clock.EpochClock;
import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.ingest.Ingester;
import dev.skald.model.TenantId;
import dev.skald.network.Network;
import dev.skald.query.QueryLimits;
import dev.skald.query.QueryService;
import dev.skald.query.tail.TailService;
import dev.skald.ruler.RuleService;
import dev.skald.server.config.LimitsConfig;
import dev.skald.server.config.ServerConfig;
import dev.skald.server.config.SkaldConfig;
import dev.skald.server.metrics.RequestMetrics;
import dev.skald.server.tenant.TenantGate;
import dev.skald.storage.DiskLogStore;
import dev.skald.storage.retention.StorePolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Every door: which path leads to which endpoint. */
public final class HttpApi {
  private static final List<String> RINGS =
      List.of(
          "/ring",
          "/distributor/ring",
          "/ruler/ring",
          "/compactor/ring",
          "/indexgateway/ring",
          "/scheduler/ring",
          "/pattern/ring");

  private final Ticker ticker;
  private final RequestMetrics metrics;
  private final TenantGate gate;
  private final PushEndpoints push;
  private final OtlpEndpoint otlp;
  private final QueryEndpoints query;
  private final LabelEndpoints labels;
  private final TailService tails;
  private final TailEndpoint tail;
  private final IndexEndpoints index;
  private final DetectionEndpoints detection;
  private final LimitEndpoints limits;
  private final ExportEndpoint export;
  private final StatusEndpoints status;
  private final OperatorEndpoints operator;
  private final DeleteEndpoints deletes;
  private final RuleEndpoints rules;
  private final AtomicBoolean ready = new AtomicBoolean();

  /**
   * @param configText the effective configuration as YAML, by mode: empty, {@code diff} or {@code defaults}
   * @param tenantLimits as configured
   * @param terminate ends the process, some time after it was called
   */
  public HttpApi(
      EpochClock clock,
      Ticker ticker,
      DiskLogStore store,
      StorePolicy policy,
      Ingester ingester,
      QueryService queries,
      TailService tails,
      RuleService rules,
      TenantGate gate,
      PrometheusRegistry registry,
      RequestMetrics metrics,
      Function<String, String> configText,
      Function<TenantId, LimitsConfig> tenantLimits,
      Function<TenantId, QueryLimits> queryLimits,
      Runnable terminate,
      SkaldConfig config) {
    this.ticker = ticker;
    this.metrics = metrics;
    this.gate = gate;
    this.push = new PushEndpoints(ingester);
    this.otlp = new OtlpEndpoint(ingester);
    this.query =
        new QueryEndpoints(
            clock,
            queries,
            config.querier().perRequestLimitsEnabled()
                ? QueryEndpoints.OwnLimits.HEEDED
                : QueryEndpoints.OwnLimits.IGNORED);
    this.labels = new LabelEndpoints(clock, queries);
    this.tails = tails;
    this.tail = new TailEndpoint(clock, tails);
    this.export = new ExportEndpoint(clock, queries, queryLimits);
    this.index = new IndexEndpoints(clock, queries.index());
    this.detection = new DetectionEndpoints(clock, queries.detection(), queries.patterns());
    this.limits = new LimitEndpoints(tenantLimits, config);
    this.status = new StatusEndpoints(ready::get, store::replay, registry, configText);
    InetSocketAddress address = address(config.server());
    this.operator =
        new OperatorEndpoints(
            clock, store, ready, terminate, address.getHostString() + ":" + address.getPort());
    this.deletes =
        new DeleteEndpoints(
            clock, store.deletes(), policy, config.compactor().deleteMaxInterval().toNanos());
    this.rules = new RuleEndpoints(rules, config.ruler().evaluationInterval());
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
    if (config.patternIngester().enabled()) {
      routes.getOrPost("/loki/api/v1/patterns", detection::patterns);
    }
    routes
        .post("/loki/api/v1/push", push::push)
        .post("/otlp/v1/logs", otlp::logs)
        .getOrPost("/loki/api/v1/query", query::instant)
        .getOrPost("/loki/api/v1/query_range", query::range)
        .getOrPost("/loki/api/v1/format_query", query::format)
        .getOrPost("/loki/api/v1/labels", labels::names)
        .getOrPost("/loki/api/v1/label", labels::names)
        .getOrPost("/loki/api/v1/label/{name}/values", labels::values)
        .getOrPost("/loki/api/v1/series", labels::series)
        .get("/loki/api/v1/tail", tail::tail)
        .getOrPost("/loki/api/v1/index/stats", index::stats)
        .getOrPost("/loki/api/v1/index/volume", index::volume)
        .getOrPost("/loki/api/v1/index/volume_range", index::volumeRange)
        .getOrPost("/loki/api/v1/index/shards", index::shards)
        .getOrPost("/loki/api/v1/detected_labels", detection::labels)
        .getOrPost("/loki/api/v1/detected_fields", detection::fields)
        .getOrPost("/loki/api/v1/detected_field/{name}/values", detection::values)
        .get("/loki/api/v1/drilldown-limits", limits::drilldown)
        .getOrPost("/skald/v1/export", export::export)
        .get("/loki/api/v1/status/buildinfo", status::buildInfo)
        .get("/api/v1/status/buildinfo", status::buildInfo);
    addLegacy(routes);
    addRules(routes, config);
    addOperations(routes);
    return routes;
  }

  private void addLegacy(Routes routes) {
    routes
        .post("/api/prom/push", push::legacyPush)
        .getOrPost("/api/prom/query", query::legacy)
        .getOrPost("/api/prom/label", labels::legacyNames)
        .getOrPost("/api/prom/label/{name}/values", labels::legacyValues)
        .getOrPost("/api/prom/series", labels::series)
        .get("/api/prom/tail", tail::legacyTail);
  }

  private void addRules(Routes routes, SkaldConfig config) {
    routes
        .get("/prometheus/api/v1/rules", rules::states)
        .get("/prometheus/api/v1/alerts", rules::alerts);
    if (!config.ruler().enableApi()) {
      return;
    }
    for (String path : List.of("/loki/api/v1/rules", "/api/prom/rules")) {
      String namespace = path + "/{namespace}";
      String group = namespace + "/{groupName}";
      routes
          .get(path, rules::all)
          .get(namespace, rules::namespace)
          .get(group, rules::group)
          .post(namespace, rules::put)
          .delete(group, rules::deleteGroup)
          .delete(namespace, rules::deleteNamespace);
    }
  }

  private void addOperations(Routes routes) {
    routes
        .getOrHead("/ready", status::ready)
        .get("/metrics", status::metrics)
        .get("/config", status::config)
        .get("/config/tenant/v1/limits", limits::yaml)
        .get("/services", operator::services)
        .get("/log_level", operator::logLevel)
        .post("/log_level", operator::setLogLevel)
        .getOrPost("/flush", operator::flush)
        .post("/flush/tenant", operator::flushTenant)
        .get("/ingester/prepare_shutdown", operator::shutdownIsPrepared)
        .post("/ingester/prepare_shutdown", operator::prepareShutdown)
        .delete("/ingester/prepare_shutdown", operator::unprepareShutdown)
        .getOrPost("/ingester/shutdown", operator::shutdown)
        .get("/memberlist", operator::memberlist)
        .get("/partition-ring", operator::memberlist)
        .getOrPost("/analytics", operator::analytics)
        .get("/sync-indexes", operator::syncIndexes);
    for (String ring : RINGS) {
      routes.getOrPost(ring, operator::ring);
    }
  }

  /**
   * Starts to listen; {@code /ready} answers 200 from here on, or once the store has its log.
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
    int formBytesMax =
        Math.clamp(config.frontend().maxBodySize().bytes(), 1, HttpFront.FORM_BYTES_MAX);
    HttpFront front =
        new HttpFront(
            ticker,
            metrics,
            routes(config),
            gate,
            new TailDoor(tails, requests),
            compression,
            formBytesMax);
    HttpServer http =
        HttpServer.start(
            network,
            ticker,
            requests,
            new HttpServer.Settings(
                address(server),
                server.httpServerIdleTimeout(),
                server.gracefulShutdownTimeout(),
                server.httpListenConnLimit()),
            front);
    ready.set(true);
    return http;
  }

  /** The HTTP status of a failure. */
  public static int status(ErrorKind kind) {
    return ErrorReply.status(kind);
  }

  /** What to bind: the configured address, or every interface. */
  public static InetSocketAddress address(ServerConfig server) {
    return server.httpListenAddress().isEmpty()
        ? new InetSocketAddress(server.httpListenPort())
        : new InetSocketAddress(server.httpListenAddress(), server.httpListenPort());
  }
}
