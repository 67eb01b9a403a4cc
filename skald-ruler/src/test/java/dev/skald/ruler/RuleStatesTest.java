package dev.skald.ruler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.ruler.group.Rule;
import dev.skald.ruler.group.RuleGroup;
import dev.skald.ruler.group.TestGroups;
import dev.skald.ruler.store.TenantRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RuleStatesTest {
  private static final String RECORDING =
      "{\"name\":\"m:rate\",\"query\":\"vector(1)\",\"labels\":{\"team\":\"core\"},"
          + "\"health\":\"unknown\",\"lastError\":\"\",\"type\":\"recording\","
          + "\"lastEvaluation\":\"0001-01-01T00:00:00Z\",\"evaluationTime\":0}";

  private static final String ALERTING =
      "{\"state\":\"inactive\",\"name\":\"HighErrors\",\"query\":\"vector(1) \\u003e 0\","
          + "\"duration\":600,\"labels\":{\"severity\":\"page\"},"
          + "\"annotations\":{\"summary\":\"{{ $value }} errors\"},\"alerts\":[],"
          + "\"health\":\"unknown\",\"lastError\":\"\",\"type\":\"alerting\","
          + "\"lastEvaluation\":\"0001-01-01T00:00:00Z\",\"evaluationTime\":0}";

  private static TenantRules rules(String... places) {
    Map<String, List<RuleGroup>> namespaces = new TreeMap<>();
    for (String place : places) {
      String[] parts = place.split("/", 2);
      RuleGroup group =
          parts[1].startsWith("a")
              ? TestGroups.alerting(parts[1])
              : TestGroups.recording(parts[1], "vector(1)");
      namespaces.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(group);
    }
    return new TenantRules(new TreeMap<>(namespaces));
  }

  private static StateQuery query(String type, String file, String group, String rule) {
    return StateQuery.of(type, list(file), list(group), list(rule), "", "");
  }

  private static List<String> list(String one) {
    return one.isEmpty() ? List.of() : List.of(one);
  }

  private static String json(TenantRules rules, StateQuery query) {
    return new String(
        RuleStates.groups(rules, query, Duration.ofSeconds(90)), StandardCharsets.UTF_8);
  }

  private static StateQuery page(String limit, String token) {
    return StateQuery.of("", List.of(), List.of(), List.of(), limit, token);
  }

  @Test
  void everyMember() {
    assertEquals(
        "{\"status\":\"success\",\"data\":{\"groups\":["
            + "{\"name\":\"a1\",\"file\":\"ns\",\"interval\":90,\"limit\":5,"
            + "\"lastEvaluation\":\"0001-01-01T00:00:00Z\",\"evaluationTime\":0,"
            + "\"rules\":["
            + ALERTING
            + "]},{\"name\":\"r1\",\"file\":\"ns\",\"interval\":60,\"limit\":0,"
            + "\"lastEvaluation\":\"0001-01-01T00:00:00Z\",\"evaluationTime\":0,"
            + "\"rules\":["
            + RECORDING
            + "]}]},\"errorType\":\"\",\"error\":\"\"}\n",
        json(rules("ns/r1", "ns/a1"), query("", "", "", "")));
  }

  @ParameterizedTest
  @CsvSource({
    "'','','','',f/a1 f/r1 g/a1 g/r2",
    "alert,'','','',f/a1 g/a1",
    "record,'','','',f/r1 g/r2",
    "'',f,'','',f/a1 f/r1",
    "'','',a1,'',f/a1 g/a1",
    "'','','',m:rate,f/r1 g/r2",
    "record,g,r2,m:rate,g/r2",
    "alert,'','',m:rate,''",
    "'',h,'','',''",
  })
  void filters(String type, String file, String group, String rule, String found) {
    String json = json(rules("g/r2", "g/a1", "f/r1", "f/a1"), query(type, file, group, rule));
    assertEquals(found, shown(json));
  }

  /** The groups of an answer as file/name. */
  private static String shown(String json) {
    List<String> places = new ArrayList<>();
    String[] parts = json.split("\\{\"name\":\"", -1);
    for (String part : parts) {
      int file = part.indexOf("\",\"file\":\"");
      if (file > 0) {
        int start = file + "\",\"file\":\"".length();
        places.add(part.substring(start, part.indexOf('"', start)) + "/" + part.substring(0, file));
      }
    }
    return String.join(" ", places);
  }

  @Test
  void aGroupWithoutRulesIsShownUnlessRulesAreChosen() {
    TenantRules rules =
        new TenantRules(
            new TreeMap<>(
                Map.of("ns", List.of(new RuleGroup("g", Duration.ZERO, 0, List.<Rule>of())))));
    assertEquals("ns/g", shown(json(rules, query("", "", "", ""))));
    assertEquals("", shown(json(rules, query("alert", "", "", ""))));
  }

  @Test
  void pagesJoinedAreTheWhole() {
    TenantRules rules = rules("g/r2", "g/a1", "f/r1", "f/a1", "ü ☃/x");
    List<String> pages = new ArrayList<>();
    String token = "";
    do {
      String json = json(rules, page("2", token));
      pages.add(shown(json));
      token = token(json);
    } while (!token.isEmpty());
    assertEquals(List.of("f/a1 f/r1", "g/a1 g/r2", "ü ☃/x"), pages);
    assertEquals("", token(json(rules, page("5", ""))));
  }

  private static String token(String json) {
    String key = "\"groupNextToken\":\"";
    int at = json.indexOf(key);
    return at < 0 ? "" : json.substring(at + key.length(), json.indexOf('"', at + key.length()));
  }

  @Test
  void aPageBeginsWhereItsGroupWasThoughItIsGone() {
    String token = token(json(rules("f/a1", "f/a2", "g/a3"), page("1", "")));
    assertEquals("g/a3", shown(json(rules("f/a1", "g/a3"), page("1", token))));
  }

  @Test
  void whatIsNoPageIsRefused() {
    refused("not supported value \"x\"", () -> query("x", "", "", ""));
    refused("group_limit must be a number greater than 0: \"0\"", () -> page("0", ""));
    refused("group_limit must be a number greater than 0: \"x\"", () -> page("x", ""));
    refused("group_limit must be given with group_next_token", () -> page("", "abc"));
    for (String token : List.of("%", "abc", "OTk6eA", "LTE6eA")) {
      refused("invalid group_next_token", () -> json(rules("f/a1"), page("1", token)));
    }
  }

  private static void refused(String message, Runnable call) {
    var e = assertThrows(SkaldException.class, call::run);
    assertEquals(message, e.getMessage());
    assertEquals(ErrorKind.BAD_REQUEST, e.kind());
  }

  @Test
  void partsOfASecondAreShown() {
    TenantRules rules =
        new TenantRules(
            new TreeMap<>(
                Map.of("ns", List.of(new RuleGroup("g", Duration.ofMillis(1500), 0, List.of())))));
    String json = json(rules, query("", "", "", ""));
    assertTrue(json.contains("\"interval\":1.5,"), json);
  }
}
