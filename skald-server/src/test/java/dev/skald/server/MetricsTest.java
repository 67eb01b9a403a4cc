package dev.skald.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /metrics} shows is what is promised, and what dashboard and alerts ask for is there. */
final class MetricsTest {
  private static final String WRITE = "skald.manual";
  private static final Path ROOT = Path.of("..");
  private static final Path PAGE = ROOT.resolve("docs/metrics.md");
  private static final Pattern NAME =
      Pattern.compile("\\b(?:loki|logql|skald|process|jvm)_[a-z0-9_]+");
  private static final Pattern LABEL = Pattern.compile("[{,]([a-zA-Z_][a-zA-Z0-9_]*)=\"");
  private static final Set<String> OF_FORMAT = Set.of("le", "quantile");

  @TempDir static Path folder = Path.of("");
  private static RunningSkald skald;
  private static String scraped = "";
  private static Map<String, Family> families = Map.of();

  /** A metric as the page shows it. */
  private record Family(String type, String help, Set<String> labels) {}

  @BeforeAll
  static void start() throws Exception {
    skald = BusySkald.start(folder);
    skald.get("/metrics"); // so that it has counted itself
    scraped = skald.get("/metrics").body();
    families = families(scraped);
  }

  @AfterAll
  static void stop() {
    if (skald != null) {
      skald.close();
    }
  }

  private static Map<String, Family> families(String page) {
    Map<String, Family> found = new TreeMap<>();
    String help = "";
    String name = "";
    for (String line : page.lines().toList()) {
      if (line.startsWith("# HELP ")) {
        help = line.split(" ", 4)[3];
      } else if (line.startsWith("# TYPE ")) {
        name = line.split(" ")[2];
        found.put(name, new Family(line.split(" ")[3], help, new TreeSet<>()));
      } else if (line.startsWith(name)) {
        Matcher label = LABEL.matcher(line);
        Set<String> labels = Objects.requireNonNull(found.get(name)).labels();
        while (label.find()) {
          if (!OF_FORMAT.contains(label.group(1))) {
            labels.add(label.group(1));
          }
        }
      }
    }
    return found;
  }

  @Test
  void namesOfLokiAreThere() throws IOException {
    List<String> missing = new ArrayList<>();
    int wanted = 0;
    for (String line : resource("metrics/loki-names.txt").lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      wanted++;
      String[] words = line.split(" ");
      Set<String> labels = new TreeSet<>(Arrays.asList(words).subList(2, words.length));
      Family family = families.get(words[0]);
      boolean isAsWanted =
          family != null && family.type().equals(words[1]) && family.labels().equals(labels);
      if (!isAsWanted) {
        missing.add(line + " but found " + family);
      }
    }
    assertTrue(wanted > 50, "names read: " + wanted);
    assertEquals(List.of(), missing);
  }

  @Test
  void pageIsUpToDate() throws IOException {
    StringBuilder table =
        new StringBuilder("| name | type | labels | meaning |\n|---|---|---|---|\n");
    families.forEach(
        (name, family) ->
            table.append(
                "| `%s` | %s | %s | %s |\n"
                    .formatted(
                        name, family.type(), String.join(" ", family.labels()), family.help())));
    String page =
        resource("metrics/metrics-page.txt").replace("{{metrics}}", table.toString().strip());
    if ("write".equals(System.getProperty(WRITE))) {
      Files.writeString(PAGE, page);
    }
    String hint = "docs/metrics.md is out of date: run this test with -D" + WRITE + "=write";
    assertEquals(page, Files.readString(PAGE), hint);
  }

  @Test
  void dashboardAndAlertsAskForWhatIsThere() throws IOException {
    for (String file : List.of("grafana-dashboard.json", "prometheus-alerts.yaml")) {
      String text = Files.readString(ROOT.resolve("deploy").resolve(file));
      Set<String> names = new TreeSet<>();
      Matcher name = NAME.matcher(text);
      while (name.find()) {
        names.add(name.group());
      }
      List<String> unknown = names.stream().filter(one -> !isRoute(one) && !isKnown(one)).toList();
      assertTrue(names.size() > 5, file + " asks for " + names);
      assertEquals(List.of(), unknown, file);
    }
  }

  /** A value of the label {@code route}, which looks like a name. */
  private static boolean isRoute(String name) {
    return name.startsWith("loki_api_v1_") || name.startsWith("skald_v1_");
  }

  private static boolean isKnown(String name) {
    if (families.containsKey(name)) {
      return true;
    }
    for (String ending : List.of("_bucket", "_count", "_sum")) {
      if (name.endsWith(ending)) {
        Family family = families.get(name.substring(0, name.length() - ending.length()));
        return family != null && !family.type().equals("gauge");
      }
    }
    return false;
  }

  @Test
  void figuresAreWhatWasDone() {
    assertLine("loki_ingester_memory_streams{tenant=\"fake\"} 5.0");
    assertLine("loki_ingester_streams_created_total{tenant=\"fake\"} 5.0");
    assertLine(
        "loki_distributor_lines_received_total{format=\"loki\",is_internal_stream=\"false\","
            + "policy=\"\",tenant=\"fake\"} 6.0");
    assertLine(
        "loki_distributor_bytes_received_total{format=\"loki\",is_internal_stream=\"false\","
            + "policy=\"\",retention_hours=\"744\",tenant=\"fake\"} 1054.0");
    assertLine(
        "loki_discarded_samples_total{format=\"loki\",policy=\"\","
            + "reason=\"greater_than_max_sample_age\",retention_hours=\"744\",tenant=\"fake\"} 1.0");
    assertLine("loki_mutated_bytes_total{reason=\"line_too_long\",tenant=\"fake\"} 976.0");
    assertLine("logql_query_duration_seconds_count{query_type=\"limited\"} 1");
    assertLine("logql_query_duration_seconds_count{query_type=\"metric\"} 1");
    assertLine("loki_blocked_queries{user=\"fake\"} 1.0");
    assertLine("loki_compactor_delete_requests_received_total{user=\"fake\"} 1.0");
    assertLine("loki_runtime_config_last_reload_successful 1.0");
  }

  private static void assertLine(String line) {
    assertTrue(scraped.lines().anyMatch(line::equals), line + "\nis not in\n" + scraped);
  }

  @Test
  void openMetricsIsServedToo() throws Exception {
    HttpResponse<String> reply =
        skald.get("/metrics", "Accept", "application/openmetrics-text; version=1.0.0");
    String type = reply.headers().firstValue("Content-Type").orElse("");
    assertTrue(type.startsWith("application/openmetrics-text"), type);
    assertTrue(reply.body().endsWith("# EOF\n"), "not whole");
    assertTrue(reply.body().contains("\nloki_ingester_streams_created_total{tenant=\"fake\"} 5"));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = MetricsTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
