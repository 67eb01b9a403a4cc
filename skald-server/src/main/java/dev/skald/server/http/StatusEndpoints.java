package dev.skald.server.http;

import dev.skald.server.metrics.MetricsPage;
import dev.skald.storage.ReplayState;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** What operators and load balancers ask (spec http-api.md 6). None of it needs a tenant. */
final class StatusEndpoints {
  private final BooleanSupplier ready;
  private final Supplier<ReplayState> replay;
  private final MetricsPage metrics;
  private final Function<String, String> configText;

  /**
   * @param ready false when the server is stopping
   * @param replay what the store has of its log
   * @param configText the effective configuration as YAML, by mode: empty, {@code diff} or {@code defaults}
   */
  StatusEndpoints(
      BooleanSupplier ready,
      Supplier<ReplayState> replay,
      PrometheusRegistry registry,
      Function<String, String> configText) {
    this.ready = ready;
    this.replay = replay;
    this.metrics = new MetricsPage(registry);
    this.configText = configText;
  }

  /** Queries are answered before the server is ready. */
  Reply ready(Exchange exchange) {
    if (!ready.getAsBoolean()) {
      return Reply.error(503, "Application is stopping\n");
    }
    return switch (replay.get()) {
      case ReplayState.Done() -> Reply.text(200, "ready\n");
      case ReplayState.Running(long done, long total) ->
          Reply.error(
              503,
              "Ingester not ready: the log of the last run is being replayed, %d of %d bytes\n"
                  .formatted(done, total));
      case ReplayState.Failed(String reason) ->
          Reply.error(503, "Ingester not ready: " + reason + "\n");
    };
  }

  Reply metrics(Exchange exchange) throws IOException {
    MetricsPage.Written page = metrics.write(exchange.header("Accept").orElse(""));
    return new Reply(200, page.contentType(), Map.of(), page.body());
  }

  Reply buildInfo(Exchange exchange) {
    String body =
        """
        {"version":"%s","revision":"skald","branch":"HEAD","buildUser":"","buildDate":"","goVersion":""}
        """
            .formatted(Version.LOKI_COMPATIBLE);
    return Reply.json(body.getBytes(StandardCharsets.UTF_8));
  }

  Reply config(Exchange exchange) throws IOException {
    return Reply.text(200, configText.apply(exchange.parameters().first("mode")));
  }
}
