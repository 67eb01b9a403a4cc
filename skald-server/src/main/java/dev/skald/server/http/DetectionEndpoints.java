package dev.skald.server.http;

import dev.skald.clock.EpochClock;
import dev.skald.protocol.query.JsonTreeWriter;
import dev.skald.query.DetectedField;
import dev.skald.query.DetectionQueries;
import dev.skald.query.LinePattern;
import dev.skald.query.PatternQueries;
import dev.skald.query.TenantSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is in the logs: labels, fields, patterns (spec http-api.md 3.11 to 3.14). */
final class DetectionEndpoints {
  private static final int LINE_LIMIT_DEFAULT = 100;
  private static final int FIELD_LIMIT_DEFAULT = 1000;

  private final EpochClock clock;
  private final DetectionQueries detection;
  private final PatternQueries patterns;

  DetectionEndpoints(EpochClock clock, DetectionQueries detection, PatternQueries patterns) {
    this.clock = clock;
    this.detection = detection;
    this.patterns = patterns;
  }

  Reply labels(Exchange exchange) throws IOException {
    TenantSet tenants = exchange.tenants();
    Parameters parameters = exchange.parameters();
    SpanParameters.Bounds span = SpanParameters.forward(parameters, clock.nowEpochNanos());
    List<Object> labels = new ArrayList<>();
    detection
        .labels(tenants, parameters.first("query"), span.inclusive())
        .forEach(
            (name, cardinality) -> {
              Map<String, Object> label = new LinkedHashMap<>();
              label.put("label", name);
              label.put("cardinality", cardinality);
              labels.add(label);
            });
    return Reply.json(JsonTreeWriter.write(Map.of("detectedLabels", labels)));
  }

  Reply fields(Exchange exchange) throws IOException {
    TenantSet tenants = exchange.tenants();
    Parameters parameters = exchange.parameters();
    int limit = limit(parameters);
    List<Object> fields = new ArrayList<>();
    for (DetectedField field : detection.fields(tenants, request(exchange, parameters))) {
      if (fields.size() < limit) {
        fields.add(tree(field));
      }
    }
    return listed("fields", fields, limit);
  }

  Reply values(Exchange exchange) throws IOException {
    TenantSet tenants = exchange.tenants();
    Parameters parameters = exchange.parameters();
    int limit = limit(parameters);
    List<String> values =
        detection.values(tenants, exchange.pathVariable("name"), request(exchange, parameters));
    return listed("values", values.stream().limit(limit).toList(), limit);
  }

  /** Nothing found is an empty object. */
  private static Reply listed(String name, List<?> found, int limit) throws IOException {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    if (!found.isEmpty()) {
      body.put(name, found);
      body.put("limit", limit);
    }
    return Reply.json(JsonTreeWriter.write(body));
  }

  private DetectionQueries.FieldRequest request(Exchange exchange, Parameters parameters) {
    SpanParameters.Bounds span = SpanParameters.forward(parameters, clock.nowEpochNanos());
    StepParameter.read(parameters, span); // not used, but not to be wrong
    return new DetectionQueries.FieldRequest(
        parameters.first("query"),
        span.inclusive(),
        integer(parameters.first("line_limit"), LINE_LIMIT_DEFAULT),
        exchange::cancelled);
  }

  private static int limit(Parameters parameters) {
    String text = parameters.first("limit");
    return integer(text.isEmpty() ? parameters.first("field_limit") : text, FIELD_LIMIT_DEFAULT);
  }

  private static int integer(String text, int byDefault) {
    return text.isEmpty() ? byDefault : QueryEndpoints.positive(text);
  }

  private static Map<String, @Nullable Object> tree(DetectedField field) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("label", field.name());
    tree.put("type", field.type().text());
    tree.put("cardinality", field.cardinality());
    tree.put("parsers", field.isParsed() ? field.parsers() : null);
    if (!field.jsonPath().isEmpty()) {
      tree.put("jsonPath", field.jsonPath());
    }
    return tree;
  }

  Reply patterns(Exchange exchange) throws IOException {
    TenantSet tenants = exchange.tenants();
    Parameters parameters = exchange.parameters();
    SpanParameters.Bounds span = SpanParameters.forward(parameters, clock.nowEpochNanos());
    long stepNanos = StepParameter.read(parameters, span);
    List<Object> data = new ArrayList<>();
    for (LinePattern pattern :
        patterns.patterns(
            tenants, parameters.first("query"), span.inclusive(), stepNanos, exchange::cancelled)) {
      List<Object> samples = new ArrayList<>();
      pattern.counts().forEach((second, count) -> samples.add(List.of(second, count)));
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("pattern", pattern.text());
      tree.put("level", pattern.level());
      tree.put("samples", samples);
      data.add(tree);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "success");
    body.put("data", data);
    return Reply.json(JsonTreeWriter.write(body));
  }
}
