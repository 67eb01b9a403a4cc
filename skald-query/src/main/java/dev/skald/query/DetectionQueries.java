package dev.skald.query;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.QueryParams;
import dev.skald.logql.pipeline.LineFields;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.model.Direction;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.QueryResult;
import dev.skald.model.QuerySpan;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Which labels streams have, and which fields lines (spec http-api.md 3.12 to 3.14). */
public final class DetectionQueries {
  /** Labels that are told of whatever their values are. */
  private static final Set<String> ALWAYS = Set.of("cluster", "namespace", "instance", "pod");

  private static final String EXTRACTED = "_extracted";
  private static final String ERROR = "__error__";
  private static final String ERROR_DETAILS = "__error_details__";

  private final TenantScopes scopes;
  private final QueryService queries;

  DetectionQueries(TenantScopes scopes, QueryService queries) {
    this.scopes = scopes;
    this.queries = queries;
  }

  /** The number of values of each label, but of those whose values are all numbers or ids. By name. */
  public Map<String, Integer> labels(TenantSet tenants, String query, QuerySpan span) {
    TenantScope scope = scopes.of(tenants);
    List<Matcher> matchers =
        query.isEmpty() ? List.of() : SelectorText.required(query, scope.limits().dialect());
    QuerySpan seen = scope.seen(span);
    Map<String, Set<String>> values = new TreeMap<>();
    for (TenantScope one : labelled(scope)) {
      for (String name : one.labelNames(matchers, seen)) {
        values
            .computeIfAbsent(name, _ -> new TreeSet<>())
            .addAll(one.labelValues(name, matchers, seen));
      }
    }
    Map<String, Integer> found = new TreeMap<>();
    values.forEach(
        (name, known) -> {
          if (ALWAYS.contains(name) || IdText.isTelling(known)) {
            found.put(name, known.size());
          }
        });
    return found;
  }

  /** Loki joins what each of several tenants has, without the label that tells whose it is. */
  private List<TenantScope> labelled(TenantScope scope) {
    return switch (scope.limits().dialect()) {
      case SKALD -> List.of(scope);
      case LOKI -> scope.tenants().ids().stream().map(one -> scopes.of(TenantSet.of(one))).toList();
    };
  }

  /**
   * What is asked of fields.
   *
   * @param query a log query
   * @param span its last nanosecond is what the client called its end
   * @param lineLimit newest entries to be looked at; positive
   */
  public record FieldRequest(
      String query, QuerySpan span, int lineLimit, BooleanSupplier cancelled) {}

  /** Fields of the newest entries, in the order in which they are met. */
  public List<DetectedField> fields(TenantSet tenants, FieldRequest request) {
    if (!(QueryService.parse(request.query(), scopes.limitsOf(tenants).dialect())
        instanceof LogExpr)) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "only log selector is supported");
    }
    QueryParams params =
        new QueryParams(
            QueryParams.Kind.RANGE,
            request.span().startEpochNanos(),
            request.span().endEpochNanos() - 1,
            1,
            0,
            request.lineLimit(),
            Direction.BACKWARD);
    QueryResult result =
        queries
            .run(tenants, new QueryRequest(request.query(), params, request.cancelled()))
            .result();
    Map<String, DetectedField> fields = new LinkedHashMap<>();
    if (result instanceof QueryResult.Streams streams) {
      for (ResultStream stream : streams.streams()) {
        for (ResultEntry entry : stream.entries()) {
          add(entry, stream.stream(), fields);
        }
      }
    }
    return List.copyOf(fields.values());
  }

  private static void add(ResultEntry entry, Labels stream, Map<String, DetectedField> fields) {
    for (Label label : entry.structuredMetadata().sorted()) {
      field(fields, label.name()).add(label.value());
    }
    for (Label label : entry.parsed().sorted()) {
      if (!label.name().equals(ERROR) && !label.name().equals(ERROR_DETAILS)) {
        DetectedField field = field(fields, label.name());
        field.parsedByQuery();
        field.add(label.value());
      }
    }
    List<LineFields.Field> found = LineFields.json(entry.line());
    String parser = found.isEmpty() ? "logfmt" : "json";
    if (found.isEmpty()) {
      found = LineFields.logfmt(entry.line());
    }
    for (LineFields.Field one : found) {
      String name = stream.has(one.name()) ? one.name() + EXTRACTED : one.name();
      DetectedField field = field(fields, name);
      field.parsedBy(parser, one.path());
      field.add(one.value());
    }
  }

  private static DetectedField field(Map<String, DetectedField> fields, String name) {
    return fields.computeIfAbsent(name, DetectedField::new);
  }

  /** Values of one field of the newest entries, newest first. */
  public List<String> values(TenantSet tenants, String name, FieldRequest request) {
    return fields(tenants, request).stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .map(DetectedField::values)
        .orElseGet(ArrayList::new);
  }
}
