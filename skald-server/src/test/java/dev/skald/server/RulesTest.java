package dev.skald.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules over HTTP: what recorded answers do not say. */
final class RulesTest {
  private static final String DONE =
      "{\"status\":\"success\",\"data\":null,\"errorType\":\"\",\"error\":\"\"}\n";
  private static final String GROUP =
      "name: g\nrules:\n  - record: a\n    expr: vector(1)\n    labels: {team: core}\n";

  private final Path folder;

  RulesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** A server and the tenant that asks. */
  private record Asked(RunningSkald skald, String tenant) implements AutoCloseable {
    HttpResponse<String> send(String method, String target, String body) throws Exception {
      return skald.send(method, target, BodyPublishers.ofString(body), "X-Scope-OrgID", tenant);
    }

    String get(int status, String target) throws Exception {
      return expect(status, "GET", target, "");
    }

    String expect(int status, String method, String target, String body) throws Exception {
      HttpResponse<String> reply = send(method, target, body);
      assertEquals(status, reply.statusCode(), method + " " + target + ": " + reply.body());
      return reply.body();
    }

    Asked as(String other) {
      return new Asked(skald, other);
    }

    @Override
    public void close() {
      skald.close();
    }
  }

  private Asked started(String yaml) throws IOException {
    return new Asked(RunningSkald.start(folder, yaml), "t");
  }

  private Asked writable() throws IOException {
    return started("auth_enabled: true\n");
  }

  @Test
  void bothPathsAreOneApiAndRulesOutliveAStop() throws Exception {
    try (Asked server = writable()) {
      assertEquals(DONE, server.expect(202, "POST", "/api/prom/rules/ns", GROUP));
      assertEquals(DONE, server.expect(202, "POST", "/loki/api/v1/rules/a%2Fb%20c", GROUP));
      assertEquals("no rule groups found\n", server.as("u").get(404, "/loki/api/v1/rules"));
    }
    try (Asked server = writable()) {
      String all = server.get(200, "/loki/api/v1/rules");
      assertTrue(all.startsWith("a/b c:\n    - name: g\n"), all);
      assertTrue(all.contains("\nns:\n    - name: g\n"), all);
      String one = server.get(200, "/api/prom/rules/a%2Fb%20c/g");
      assertTrue(one.startsWith("name: g\nrules:\n    - record: a\n"), one);
      assertEquals(DONE, server.expect(202, "DELETE", "/loki/api/v1/rules/ns/g", ""));
      assertEquals(DONE, server.expect(202, "DELETE", "/api/prom/rules/a%2Fb%20c", ""));
      assertEquals("no rule groups found\n", server.get(404, "/api/prom/rules?subtype=mimir"));
    }
    try (Asked server = writable()) {
      assertEquals("no rule groups found\n", server.get(404, "/loki/api/v1/rules"));
    }
  }

  @Test
  void labelsChooseRules() throws Exception {
    try (Asked server = writable()) {
      server.expect(202, "POST", "/api/prom/rules/ns1", GROUP);
      server.expect(202, "POST", "/api/prom/rules/ns2", GROUP.replace("core", "edge"));
      String core = server.get(200, "/api/prom/rules?labels=x:y,team:core");
      assertTrue(core.contains("ns1:") && !core.contains("ns2:"), core);
      assertEquals("no rule groups found\n", server.get(404, "/api/prom/rules?labels=team:x"));
    }
  }

  @Test
  void statesAreShownAtOnce() throws Exception {
    try (Asked server = started("auth_enabled: true\nruler: {evaluation_interval: 2m}\n")) {
      server.expect(202, "POST", "/api/prom/rules/ns", GROUP);
      server.expect(202, "POST", "/api/prom/rules/other", GROUP.replace("name: g", "name: h"));
      String all = server.get(200, "/prometheus/api/v1/rules?exclude_alerts=true&unknown=1");
      assertTrue(all.contains("\"file\":\"ns\",\"interval\":120,"), all);
      String one = server.get(200, "/prometheus/api/v1/rules?file%5B%5D=ns&rule_group=g");
      assertTrue(one.contains("\"file\":\"ns\"") && !one.contains("other"), one);
      String page = server.get(200, "/prometheus/api/v1/rules?group_limit=1");
      assertTrue(page.contains("\"groupNextToken\":\""), page);
      assertEquals(
          "{\"status\":\"error\",\"data\":null,\"errorType\":\"bad_data\","
              + "\"error\":\"invalid group_next_token\"}\n",
          server.get(400, "/prometheus/api/v1/rules?group_limit=1&group_next_token=x"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/loki/api/v1/rules/%2e%2e,400",
    "GET,/loki/api/v1/rules/%2e%2e/g,400",
    "DELETE,/loki/api/v1/rules/..%2f..%2fetc/passwd,400",
    "POST,/loki/api/v1/rules/a%00b,400",
    "POST,/loki/api/v1/rules/%ff,400",
    "GET,/loki/api/v1/rules/../../../etc/passwd,404",
    "GET,/loki/api/v1/rules/,404",
    "GET,/loki/api/v1/rules/ns/g/x,404",
    "PUT,/loki/api/v1/rules/ns,405",
    "POST,/loki/api/v1/rules,405",
    "POST,/prometheus/api/v1/rules,405",
  })
  void oddPathsAreRefused(String method, String target, int status) throws Exception {
    try (Asked server = writable()) {
      server.expect(status, method, target, method.equals("POST") ? GROUP : "");
      assertFalse(Files.exists(folder.resolve("data/rules")));
    }
  }

  @Test
  void aBodyHasAnEnd() throws Exception {
    try (Asked server = writable()) {
      assertEquals(
          "rule group too large: max=1048576 bytes\n",
          server.expect(413, "POST", "/api/prom/rules/ns", "#" + "x".repeat(1 << 20)));
      assertEquals(
          "unable to decoded rule group\n",
          server.expect(400, "POST", "/api/prom/rules/ns", "[".repeat(100_000)));
    }
  }

  @Test
  void tenantsAreAskedForAsEverywhere() throws Exception {
    try (Asked server = writable()) {
      assertEquals(
          "multiple org IDs present\n",
          server.as("a|b").expect(400, "POST", "/loki/api/v1/rules/ns", GROUP));
      HttpResponse<String> nobody = server.skald().get("/prometheus/api/v1/alerts");
      assertEquals(401, nobody.statusCode());
      assertEquals("no org id\n", nobody.body());
    }
  }

  @Test
  void limitsOfTheTenantHold() throws Exception {
    Path overrides = folder.resolve("overrides.yaml");
    Files.writeString(
        overrides,
        "overrides: {few: {ruler_max_rules_per_rule_group: 1, ruler_max_rule_groups_per_tenant: 1}}");
    try (Asked server =
        started("auth_enabled: true\nruntime_config: {file: ['" + overrides + "']}\n")) {
      Asked few = server.as("few");
      few.expect(202, "POST", "/api/prom/rules/ns", GROUP);
      assertEquals(
          "per-user rule groups limit (limit: 1 actual: 2) exceeded\n",
          few.expect(400, "POST", "/api/prom/rules/ns2", GROUP));
      assertEquals(
          "per-user rules per rule group limit (limit: 1 actual: 2) exceeded\n",
          few.expect(
              400,
              "POST",
              "/api/prom/rules/ns",
              "{name: g, rules: [{record: a, expr: '1'}, {record: b, expr: '1'}]}"));
      server.expect(202, "POST", "/api/prom/rules/ns2", GROUP);
    }
  }

  @Test
  void withoutTheApiStatesAreShownAllTheSame() throws Exception {
    try (Asked server = started("auth_enabled: true\nruler: {enable_api: false}\n")) {
      assertEquals("404 page not found\n", server.get(404, "/api/prom/rules"));
      server.get(200, "/prometheus/api/v1/rules");
    }
  }

  @Test
  void rulesMayHaveAFolderOfTheirOwn() throws Exception {
    String own = "ruler_storage: {filesystem: {dir: '" + folder.resolve("own") + "'}}\n";
    try (Asked server = started("auth_enabled: true\n" + own)) {
      server.expect(202, "POST", "/api/prom/rules/ns", GROUP);
    }
    try (var files = Files.list(folder.resolve("own"))) {
      assertEquals(1, files.count());
    }
    try (Asked server = started("auth_enabled: true\n" + own)) {
      server.get(200, "/api/prom/rules/ns/g");
    }
  }

  /** Grafana lists such rules and hides the editor. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ruler: {storage: {type: local, local: {directory: 'DIR'}}}",
        "ruler_storage: {backend: local, local: {directory: 'DIR'}}",
      })
  void filesOfOthersAreShownAndNotWritten(String yaml) throws Exception {
    Path rules = Files.createDirectories(folder.resolve("rules/fake"));
    Files.writeString(
        rules.resolve("web.yaml"), "groups:\n- {name: g, rules: [{alert: A, expr: '1'}]}\n");
    Files.writeString(
        folder.resolve("rules/top.yaml"), "groups: [{name: t, rules: [{record: b, expr: '1'}]}]\n");
    String config = yaml.replace("DIR", folder.resolve("rules").toString());
    try (Asked server = started("auth_enabled: false\n" + config + "\n")) {
      String all = server.get(200, "/api/prom/rules");
      assertTrue(all.contains("top.yaml:") && all.contains("web.yaml:"), all);
      String states = server.get(200, "/prometheus/api/v1/rules?type=alert");
      assertTrue(states.contains("\"file\":\"web.yaml\""), states);
      assertEquals(
          "GetRuleGroup unsupported in rule local store\n",
          server.get(400, "/api/prom/rules/test/test"));
      for (String[] call :
          List.of(
              new String[] {"SetRuleGroup", "POST", "/api/prom/rules/ns"},
              new String[] {"DeleteRuleGroup", "DELETE", "/api/prom/rules/web.yaml/g"},
              new String[] {"DeleteNamespace", "DELETE", "/api/prom/rules/web.yaml"})) {
        assertEquals(
            call[0] + " unsupported in rule local store\n",
            server.expect(500, call[1], call[2], GROUP));
      }
    }
  }

  @Test
  void theLogSaysOnceThatNothingIsEvaluated() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            told.add(entry.getMessage());
          }

          @Override
          public void flush() {
            // Nothing is held back.
          }

          @Override
          public void close() {
            // Nothing is open.
          }
        };
    Logger log = Logger.getLogger("dev.skald.ruler.RuleService");
    log.addHandler(handler);
    try {
      try (Asked server = writable()) {
        assertEquals(List.of(), told);
        server.expect(202, "POST", "/api/prom/rules/ns", GROUP);
        server.expect(202, "POST", "/api/prom/rules/ns2", GROUP);
        assertEquals(1, told.size());
        assertTrue(told.getFirst().contains("not evaluated yet"), told.getFirst());
      }
      writable().close();
      assertEquals(2, told.size());
    } finally {
      log.removeHandler(handler);
    }
  }
}
