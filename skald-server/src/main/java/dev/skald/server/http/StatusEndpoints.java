package dev.skald.server.http;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** What operators and load balancers ask (spec http-api.md 6). None of it needs a tenant. */
final class StatusEndpoints {
  private final BooleanSupplier ready;
  private final PrometheusRegistry registry;
  private final Function<String, String> configText;
  private final ExpositionFormats formats = ExpositionFormats.init();

  /**
   * @param configText the effective configuration as YAML, by mode: empty, {@code diff} or {@code defaults}
   */
  StatusEndpoints(
      BooleanSupplier ready, PrometheusRegistry registry, Function<String, String> configText) {
    this.ready = ready;
    this.registry = registry;
    this.configText = configText;
  }

  Reply ready(Exchange exchange) {
    return ready.getAsBoolean()
        ? Reply.text(200, "ready\n")
        : Reply.error(503, "Application is stopping\n");
  }

  Reply metrics(Exchange exchange) throws IOException {
    String accept = exchange.header("Accept").orElse("");
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream out = new ByteArrayOutputStream(16 << 10);
    writer.write(out, registry.scrape());
    return new Reply(200, writer.getContentType(), Map.of(), out.toByteArray());
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
