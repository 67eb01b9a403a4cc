package dev.skald.server;

import dev.skald.ingest.Ingester;
import dev.skald.logql.engine.Engine;
import dev.skald.logql.pipeline.PipelineLimits;
import dev.skald.model.TenantId;
import dev.skald.query.QueryService;
import dev.skald.query.QueryTurns;
import dev.skald.query.tail.TailService;
import dev.skald.ruler.RuleService;
import dev.skald.server.config.ConfigPrinter;
import dev.skald.server.config.RuntimeFiles;
import dev.skald.server.config.RuntimeOverrides;
import dev.skald.server.config.ServerConfig;
import dev.skald.server.config.SkaldConfig;
import dev.skald.server.grpc.GrpcServer;
import dev.skald.server.http.HttpApi;
import dev.skald.server.http.HttpServer;
import dev.skald.server.http.Version;
import dev.skald.server.metrics.ActiveStreamMetrics;
import dev.skald.server.metrics.ConnectionMetrics;
import dev.skald.server.metrics.LogMetrics;
import dev.skald.server.metrics.ProcessMetrics;
import dev.skald.server.metrics.ReadMetrics;
import dev.skald.server.metrics.RequestMetrics;
import dev.skald.server.metrics.RuntimeConfigMetrics;
import dev.skald.server.metrics.ServerMetrics;
import dev.skald.server.metrics.StoreHealthMetrics;
import dev.skald.server.metrics.UpkeepMetrics;
import dev.skald.server.metrics.WriteMetrics;
import dev.skald.server.tenant.TenantGate;
import dev.skald.storage.DiskLogStore;
import dev.skald.storage.retention.StorePolicy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.ZoneId;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The machine, running. Closing it stops its parts in the reverse of the order in which they were made. */
public final class Skald implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Skald.class);

  private final Parts parts;
  private final HttpServer http;
  private final String url;

  private Skald(Parts parts, HttpServer http, String url) {
    this.parts = parts;
    this.http = http;
    this.url = url;
  }

  /**
   * Builds everything from the ground up: store, write path, read path, doors.
   *
   * @param terminate ends the process, some time after it was called
   * @throws IOException if the data folder or the address cannot be had; what was started is stopped again
   */
  static Skald start(SkaldConfig config, Ports ports, Runnable terminate) throws IOException {
    RuntimeFiles files = RuntimeFiles.read(config);
    RuntimeOverrides overrides = RuntimeOverrides.load(files, config.limitsConfig());
    overrides.warnings().forEach(LOG::warn);
    LiveLimits limits = new LiveLimits(config, overrides);
    OverridesReload reload = new OverridesReload(config, files, limits);
    Parts parts = new Parts();
    try {
      int cores = Runtime.getRuntime().availableProcessors();
      PipelineLimits pipelineLimits =
          PipelineLimits.defaults(ports.clock(), ZoneId.systemDefault());
      StorePolicy policy = new ConfiguredPolicy(limits::kept, pipelineLimits);
      DiskLogStore store = parts.owning(StoreAssembly.open(config, ports, policy, parts));

      PrometheusRegistry registry = new PrometheusRegistry();
      ServerMetrics.register(registry, store, Version.LOKI_COMPATIBLE);
      StoreHealthMetrics.register(registry, store);
      UpkeepMetrics.register(ports.clock(), registry, store);
      ProcessMetrics.register(registry);
      parts.owning(LogMetrics.register(registry));
      RuntimeConfigMetrics.register(
          registry, () -> reload.state().successful(), () -> reload.state().sha256());

      Ingester ingester =
          new Ingester(
              ports.clock(),
              ports.ticker(),
              ports.randomness(),
              new WriteMetrics(
                  registry, limits::retentionHours, new ActiveStreamMetrics(registry, store)),
              store,
              limits::ingest,
              LimitMapping.ingestConfig(config));

      ExecutorService compute = parts.owning(ports.threads().computePool("query", cores));
      Engine engine = new Engine(ports.ticker(), pipelineLimits, compute, cores);
      QueryTurns turns =
          new QueryTurns(
              ports.ticker(),
              config.querier().maxConcurrent(),
              config.frontend().maxOutstandingPerTenant());
      QueryService queries =
          new QueryService(
              ports.clock(),
              ports.ticker(),
              store,
              engine,
              limits::query,
              turns,
              new ReadMetrics(registry, turns, HttpApi::status));

      ExecutorService requests = parts.owning(ports.threads().waitingPool("request"));
      TailService tails =
          new TailService(
              ports.ticker(),
              store.live(),
              queries,
              pipelineLimits,
              LimitMapping.tails(config),
              tenant -> limits.configured(tenant).query().maxConcurrentTailRequests(),
              requests);
      ServerMetrics.registerTails(registry, tails::activeCount);

      RuleService rules = parts.owning(RuleAssembly.open(config, ports, limits));

      OpenDoors.warning(config).ifPresent(OpenDoors::say);
      TenantGate gate =
          config.authEnabled()
              ? TenantGate.byHeader(
                  config.querier().multiTenantQueriesEnabled()
                      ? TenantGate.Queries.OF_SEVERAL_TENANTS
                      : TenantGate.Queries.OF_ONE_TENANT)
              : TenantGate.open(new TenantId(config.noAuthTenant()));
      RequestMetrics metrics = new RequestMetrics(registry);
      HttpApi api =
          new HttpApi(
              ports.clock(),
              ports.ticker(),
              store,
              policy,
              ingester,
              queries,
              tails,
              rules,
              gate,
              registry,
              metrics,
              mode -> configText(config, mode),
              limits::configured,
              limits::query,
              terminate,
              config);
      parts.owning(reload).start(ports.threads());
      HttpServer http = parts.owning(api.listen(ports.network(), requests, config));
      parts.owning(tails);
      GrpcDoor.open(
          parts,
          config.server(),
          ports.network(),
          requests,
          new GrpcServer.Parts(ports.ticker(), metrics, gate, ingester));
      ConnectionMetrics.register(
          registry, http::openConnections, config.server().httpListenConnLimit());
      return new Skald(parts, http, url(config.server(), http.port()));
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static String configText(SkaldConfig config, String mode) {
    return switch (mode) {
      case "diff" -> ConfigPrinter.difference(config);
      case "defaults" -> ConfigPrinter.defaults();
      default -> ConfigPrinter.effective(config);
    };
  }

  private static String url(ServerConfig server, int port) {
    InetSocketAddress address = HttpApi.address(server);
    String host =
        address.getAddress().isAnyLocalAddress() ? "127.0.0.1" : server.httpListenAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Where a client on this machine reaches it. */
  String url() {
    return url;
  }

  /** The HTTP port that was bound. */
  int port() {
    return http.port();
  }

  @Override
  public void close() {
    parts.close();
  }
}
