package dev.skald.server.http;

import dev.skald.server.metrics.MetricsPage;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** What operators and load balancers ask (spec http-api.md 6). None of it needs a tenant. */
final class StatusEndpoints {
  private final BooleanSupplier ready;
  private final MetricsPage metrics;
  private final Function<String, String> configText;

  /**
   * @param configText the effective configuration as YAML, by mode: empty, {@code diff} or {@code defaults}
   */
  StatusEndpoints(
      BooleanSupplier ready, PrometheusRegistry registry, Function<String, String> configText) {
    this.ready = ready;
    this.metrics = new MetricsPage(registry);
    this.configText = configText;
  }

  Reply ready(Exchange exchange) {
    return ready.getAsBoolean()
        ? Reply.text(200, "ready\n")
        : Reply.error(503, "Application is stopping\n");
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
