package dev.skald.server.http;

import dev.skald.clock.EpochClock;
import dev.skald.model.Labels;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.protocol.query.QueryResultWriter;
import dev.skald.query.QueryService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
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
    TenantId tenant = exchange.tenant();
    Parameters parameters = exchange.parameters();
    QuerySpan span = SpanParameters.inclusive(parameters, clock.nowEpochNanos());
    Set<String> names = service.labelNames(tenant, parameters.first("query"), span);
    return list(names);
  }

  Reply values(Exchange exchange) throws IOException {
    TenantId tenant = exchange.tenant();
    Parameters parameters = exchange.parameters();
    QuerySpan span = SpanParameters.inclusive(parameters, clock.nowEpochNanos());
    String name = exchange.pathVariable("name");
    return list(service.labelValues(tenant, name, parameters.first("query"), span));
  }

  private static Reply list(Set<String> names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    QueryResultWriter.writeNames(out, names);
    return Reply.json(out.toByteArray());
  }

  Reply series(Exchange exchange) throws IOException {
    TenantId tenant = exchange.tenant();
    Parameters parameters = exchange.parameters();
    QuerySpan span = SpanParameters.inclusive(parameters, clock.nowEpochNanos());
    Set<String> selectors = new LinkedHashSet<>(parameters.all("match"));
    selectors.addAll(parameters.all("match[]"));
    List<Labels> series = service.series(tenant, selectors, span);
    ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    QueryResultWriter.writeSeries(out, series);
    return Reply.json(out.toByteArray());
  }
}
