package dev.skald.server.http;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.ruler.RuleService;
import dev.skald.ruler.RuleStates;
import dev.skald.ruler.StateQuery;
import dev.skald.ruler.group.Rule;
import dev.skald.ruler.group.RuleYaml;
import dev.skald.ruler.store.RuleSizes;
import dev.skald.ruler.store.TenantRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rules: {@code /loki/api/v1/rules} and {@code /api/prom/rules} read and write groups as YAML,
 * {@code /prometheus/api/v1} shows them as Prometheus does (spec http-api.md 5).
 */
final class RuleEndpoints {
  private static final String JSON = "application/json";

  private final RuleService rules;
  private final Duration evaluationInterval;

  /**
   * @param evaluationInterval of groups that have none of their own
   */
  RuleEndpoints(RuleService rules, Duration evaluationInterval) {
    this.rules = rules;
    this.evaluationInterval = evaluationInterval;
  }

  /** What an endpoint does for a tenant. */
  @FunctionalInterface
  private interface Action {
    Reply answer(TenantId tenant) throws IOException;
  }

  /**
   * @param unsupportedStatus of what a read-only store refuses, in whose text Grafana looks for why
   */
  private static Reply answer(Exchange exchange, int unsupportedStatus, Action action)
      throws IOException {
    TenantId tenant = exchange.tenant();
    try {
      return action.answer(tenant);
    } catch (SkaldException e) {
      int status =
          e.kind() == ErrorKind.UNSUPPORTED ? unsupportedStatus : ErrorReply.status(e.kind());
      Reply reply = ErrorReply.of(SkaldException.of(e.kind(), e.getMessage() + "\n", e));
      return new Reply(status, reply.contentType(), reply.headers(), reply.body());
    }
  }

  private static Reply read(Exchange exchange, Action action) throws IOException {
    return answer(exchange, 400, action);
  }

  private static Reply write(Exchange exchange, Action action) throws IOException {
    return answer(exchange, 500, action);
  }

  /** All groups; {@code labels=name:value,…} chooses rules that have one of them. */
  Reply all(Exchange exchange) throws IOException {
    return read(
        exchange,
        tenant -> {
          TenantRules found = rules.rules(tenant);
          String labels = exchange.queryParameters().first("labels");
          return namespaces(labels.isEmpty() ? found : found.of(rule -> hasAny(rule, labels)));
        });
  }

  private static boolean hasAny(Rule rule, String labels) {
    for (String pair : labels.split(",", -1)) {
      int colon = pair.indexOf(':');
      String name = colon < 0 ? pair : pair.substring(0, colon);
      String value = colon < 0 ? "" : pair.substring(colon + 1);
      if (value.equals(rule.labels().get(name))) {
        return true;
      }
    }
    return false;
  }

  Reply namespace(Exchange exchange) throws IOException {
    return read(
        exchange, tenant -> namespaces(rules.rules(tenant).of(exchange.pathVariable("namespace"))));
  }

  private static Reply namespaces(TenantRules found) {
    if (found.isEmpty()) {
      throw SkaldException.of(ErrorKind.NOT_FOUND, "no rule groups found");
    }
    return yaml(RuleYaml.namespaces(found.namespaces()));
  }

  Reply group(Exchange exchange) throws IOException {
    return read(
        exchange,
        tenant ->
            yaml(
                RuleYaml.group(
                    rules.group(
                        tenant,
                        exchange.pathVariable("namespace"),
                        exchange.pathVariable("groupName")))));
  }

  private static Reply yaml(String text) {
    return new Reply(200, "application/yaml", Map.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  /** The body is one group, whatever type it says to be. */
  Reply put(Exchange exchange) throws IOException {
    return write(
        exchange,
        tenant -> {
          byte[] body = exchange.body().readNBytes(RuleSizes.TEXT_BYTES_MAX + 1);
          if (body.length > RuleSizes.TEXT_BYTES_MAX) {
            throw new SkaldException(
                ErrorKind.TOO_LARGE,
                "rule group too large: max=%d bytes",
                RuleSizes.TEXT_BYTES_MAX);
          }
          rules.put(tenant, exchange.pathVariable("namespace"), body);
          return done();
        });
  }

  Reply deleteGroup(Exchange exchange) throws IOException {
    return write(
        exchange,
        tenant -> {
          rules.delete(
              tenant, exchange.pathVariable("namespace"), exchange.pathVariable("groupName"));
          return done();
        });
  }

  Reply deleteNamespace(Exchange exchange) throws IOException {
    return write(
        exchange,
        tenant -> {
          rules.deleteNamespace(tenant, exchange.pathVariable("namespace"));
          return done();
        });
  }

  private static Reply done() {
    return new Reply(202, JSON, Map.of(), RuleStates.done());
  }

  /** {@code /prometheus/api/v1/rules}. */
  Reply states(Exchange exchange) throws IOException {
    TenantId tenant = exchange.tenant();
    try {
      Parameters parameters = exchange.queryParameters();
      StateQuery query =
          StateQuery.of(
              parameters.first("type"),
              all(parameters, "file"),
              all(parameters, "rule_group"),
              all(parameters, "rule_name"),
              parameters.first("group_limit"),
              parameters.first("group_next_token"));
      return new Reply(
          200, JSON, Map.of(), RuleStates.groups(rules.rules(tenant), query, evaluationInterval));
    } catch (SkaldException e) {
      int status = ErrorReply.status(e.kind());
      if (status >= 500) {
        throw e;
      }
      return new Reply(status, JSON, Map.of(), RuleStates.badData(e.getMessage()));
    }
  }

  /** A repeated parameter, under its name and under that with brackets. */
  private static List<String> all(Parameters parameters, String name) {
    List<String> values = new ArrayList<>(parameters.all(name));
    values.addAll(parameters.all(name + "[]"));
    return values;
  }

  /** {@code /prometheus/api/v1/alerts}. */
  Reply alerts(Exchange exchange) {
    exchange.tenant();
    return new Reply(200, JSON, Map.of(), RuleStates.alerts());
  }
}
