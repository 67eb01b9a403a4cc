package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The alerting pages (I). */
record GrafanaRuleChecks(GrafanaClient grafana) {
  private static final String STATE = "/prometheus/api/v1/rules";
  private static final String RULES = "/api/prom/rules";
  private static final String GROUP =
      """
      name: g1
      interval: 1m
      rules:
        - alert: A
          expr: sum(rate({service_name="web"}[5m])) > 0
          for: 1m
          labels:
            severity: page
      """;

  private HttpReply send(int status, String method, String target) throws IOException {
    byte[] body = method.equals("POST") ? GROUP.getBytes(StandardCharsets.UTF_8) : null;
    HttpReply reply = grafana.send(method, target, Map.of(), body);
    assertEquals(status, reply.status(), () -> target + ": " + reply.text());
    return reply;
  }

  void stateAndAlerts() throws IOException {
    HttpReply reply = send(200, "GET", STATE + "?group_limit=100");
    assertTrue(reply.contentType().contains("json"), reply.contentType());
    GrafanaAnswer state = GrafanaAnswer.of(reply);
    assertEquals("success", state.at("status").text());
    assertEquals(List.of(), state.at("data", "groups").items());
    GrafanaAnswer alerts = GrafanaAnswer.of(send(200, "GET", "/prometheus/api/v1/alerts"));
    assertEquals(List.of(), alerts.at("data", "alerts").items());
  }

  /** Any other 404 hides the editor. */
  void probe() throws IOException {
    assertTrue(send(404, "GET", RULES + "/test/test").text().contains("group does not exist"));
    assertTrue(send(404, "GET", RULES + "?subtype=mimir").text().contains("no rule groups found"));
  }

  void aGroupComesAndGoes() throws IOException {
    HttpReply created = send(202, "POST", RULES + "/ns%20one?subtype=mimir");
    assertTrue(created.contentType().contains("json"), created.contentType());
    for (String path : List.of(RULES, RULES + "/ns%20one", "/loki/api/v1/rules/ns%20one/g1")) {
      HttpReply read = send(200, "GET", path);
      assertTrue(read.contentType().contains("yaml"), read.contentType());
      assertTrue(read.text().contains("name: g1"), read.text());
    }
    GrafanaAnswer state = GrafanaAnswer.of(send(200, "GET", STATE));
    GrafanaAnswer group = state.at("data", "groups", 0);
    assertEquals("ns one", group.at("file").text());
    assertEquals("g1", group.at("name").text());
    assertEquals(60, group.at("interval").number().intValue());
    GrafanaAnswer rule = group.at("rules", 0);
    assertEquals("alerting", rule.at("type").text());
    assertTrue(
        List.of("inactive", "pending", "firing", "unknown").contains(rule.at("state").text()));
    assertTrue(List.of("ok", "err", "unknown").contains(rule.at("health").text()));
    send(202, "DELETE", RULES + "/ns%20one/g1");
  }

  void slashesInNames() throws IOException {
    send(202, "POST", RULES + "/a%2Fb");
    assertTrue(send(200, "GET", RULES + "/a%2Fb/g1").text().contains("name: g1"));
    send(202, "DELETE", RULES + "/a%2Fb");
  }
}
