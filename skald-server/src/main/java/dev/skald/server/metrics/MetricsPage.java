package dev.skald.server.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The answer of {@code /metrics}. Safe for concurrent use. */
public final class MetricsPage {
  /**
   * The library takes no name that ends in {@code created}: OpenMetrics has a meaning of its own for it. Loki has such a
   * name, so it is put in when the page is written.
   */
  static final String STREAMS_BEGUN = "loki_ingester_streams_begun";

  private static final String STREAMS_CREATED = "loki_ingester_streams_created";

  private final PrometheusRegistry registry;
  private final ExpositionFormats formats = ExpositionFormats.init();

  public MetricsPage(PrometheusRegistry registry) {
    this.registry = registry;
  }

  /** A page and its content type. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Written(String contentType, byte[] body) {}

  /** All figures as they are now; {@code accept} is what the client says it reads. */
  public Written write(String accept) throws IOException {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream out = new ByteArrayOutputStream(16 << 10);
    writer.write(out, registry.scrape());
    return new Written(writer.getContentType(), renamed(out.toString(StandardCharsets.UTF_8)));
  }

  /** Renames at the beginning of lines only: tenants may be called anything. */
  private static byte[] renamed(String page) {
    String renamed = "\n" + page;
    for (String before : new String[] {"\n", "\n# HELP ", "\n# TYPE "}) {
      renamed = renamed.replace(before + STREAMS_BEGUN, before + STREAMS_CREATED);
    }
    return renamed.substring(1).getBytes(StandardCharsets.UTF_8);
  }
}
