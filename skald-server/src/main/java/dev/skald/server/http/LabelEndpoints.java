package dev.skald.server.http;

import dev.skald.clock.EpochClock;
import dev.skald.model.Labels;
import dev.skald.model.QuerySpan;
import dev.skald.protocol.query.JsonTreeWriter;
import dev.skald.protocol.query.QueryResultWriter;
import dev.skald.query.QueryService;
import dev.skald.query.TenantSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code labels}, {@code label/NAME/values} and {@code series} (spec http-api.md 3.5 to 3.7). */
final class LabelEndpoints {
  private final EpochClock clock;
  private final QueryService service;

  LabelEndpoints(EpochClock clock, QueryService service) {
    this.clock = clock;
    this.service = service;
  }

  Reply names(Exchange exchange) throws IOException {
    return list(foundNames(exchange));
  }

  /** {@code /api/prom/label} (spec http-api.md 3.17). */
  Reply legacyNames(Exchange exchange) throws IOException {
    return legacyList(foundNames(exchange));
  }

  private Set<String> foundNames(Exchange exchange) throws IOException {
    TenantSet tenants = exchange.tenants();
    Parameters parameters = exchange.parameters();
    QuerySpan span = SpanParameters.inclusive(parameters, clock.nowEpochNanos());
    return service.labelNames(tenants, parameters.first("query"), span);
  }

  Reply values(Exchange exchange) throws IOException {
    return list(foundValues(exchange));
  }

  /** {@code /api/prom/label/NAME/values}. */
  Reply legacyValues(Exchange exchange) throws IOException {
    return legacyList(foundValues(exchange));
  }

  private List<String> foundValues(Exchange exchange) throws IOException {
    TenantSet tenants = exchange.tenants();
    Parameters parameters = exchange.parameters();
    QuerySpan span = SpanParameters.inclusive(parameters, clock.nowEpochNanos());
    String name = exchange.pathVariable("name");
    return service.labelValues(tenants, name, parameters.first("query"), span);
  }

  private static Reply list(Collection<String> names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    QueryResultWriter.writeNames(out, names);
    return Reply.json(out.toByteArray());
  }

  private static Reply legacyList(Collection<String> names) throws IOException {
    return Reply.json(JsonTreeWriter.write(Map.of("values", names)));
  }

  Reply series(Exchange exchange) throws IOException {
    TenantSet tenants = exchange.tenants();
    Parameters parameters = exchange.parameters();
    QuerySpan span = SpanParameters.inclusive(parameters, clock.nowEpochNanos());
    Set<String> selectors = new LinkedHashSet<>(parameters.all("match"));
    selectors.addAll(parameters.all("match[]"));
    List<Labels> series = service.series(tenants, selectors, span);
    ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    QueryResultWriter.writeSeries(out, series);
    return Reply.json(out.toByteArray());
  }
}
