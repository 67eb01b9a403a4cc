package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.model.Direction;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import dev.skald.model.Sample;
import dev.skald.model.Series;
import dev.skald.testkit.script.LoadedEntry;
import dev.skald.testkit.script.Script;
import dev.skald.testkit.script.ScriptAnswer;
import dev.skald.testkit.script.ScriptRunner;
import dev.skald.testkit.script.ScriptTarget;
import dev.skald.testkit.script.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts of all features against a real Skald process; each script is a tenant of its own. */
final class ScriptsOverHttpTest {
  /** Nothing is added to entries, nothing is refused: a script says what a store holds. */
  private static final String CONFIG =
      """
      auth_enabled: true
      limits_config:
        ingestion_rate_mb: 10000
        ingestion_burst_size_mb: 10000
        reject_old_samples: false
        creation_grace_period: 876000h
        discover_log_levels: false
        discover_service_name: []
        query_dialect: loki
        shard_aggregations: [approx_topk]
        enable_multi_variant_queries: true
      runtime_config: {file: ./overrides.yaml}
      """;

  @TempDir static @Nullable Path directory;
  private static @Nullable SkaldProcess skald;
  private static @Nullable RawHttp http;

  static List<Script> scripts() {
    return Scripts.all();
  }

  @BeforeAll
  static void start() throws Exception {
    Path home = Objects.requireNonNull(directory);
    Files.writeString(home.resolve("skald.yaml"), CONFIG);
    Files.writeString(home.resolve("overrides.yaml"), overrides());
    skald = SkaldProcess.up(home, "-config.file=skald.yaml");
    http = skald.http();
  }

  @AfterAll
  static void stop() throws Exception {
    if (http != null) {
      http.close();
    }
    if (skald != null) {
      skald.close();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void answersAsTheScriptExpects(Script script) {
    new ScriptRunner().run(script, new HttpTarget(Objects.requireNonNull(http), tenant(script)));
  }

  private static String tenant(Script script) {
    return script.name().replaceAll("[^a-z0-9_]", "-");
  }

  /** Tenants whose scripts are in Skald's dialect have it. */
  private static String overrides() {
    StringBuilder yaml = new StringBuilder("overrides:\n");
    for (Script script : scripts()) {
      if (script.dialect() == Script.Dialect.SKALD) {
        yaml.append("  ").append(tenant(script)).append(": {query_dialect: skald}\n");
      }
    }
    return yaml.toString();
  }

  private record HttpTarget(RawHttp http, String tenant) implements ScriptTarget {
    @Override
    public void load(List<LoadedEntry> entries) {
      List<@Nullable Object> streams = new ArrayList<>();
      for (LoadedEntry loaded : entries) {
        streams.add(
            Map.of(
                "stream",
                members(loaded.stream()),
                "values",
                List.of(
                    List.of(
                        Long.toString(loaded.entry().timestampEpochNanos()),
                        loaded.entry().line(),
                        members(loaded.entry().structuredMetadata())))));
      }
      try {
        byte[] body = JsonText.write(Map.of("streams", streams)).getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers =
            Map.of("X-Scope-OrgID", tenant, "Content-Type", "application/json");
        HttpReply reply = http.send("POST", "/loki/api/v1/push", headers, body);
        assertEquals(204, reply.status(), reply.text());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public ScriptAnswer evalInstant(String query, long timeEpochNanos) {
      return ask("query", Map.of("query", query, "time", Long.toString(timeEpochNanos)));
    }

    @Override
    public ScriptAnswer evalRange(
        String query, long startEpochNanos, long endEpochNanos, long stepNanos) {
      return ask(
          "query_range",
          Map.of(
              "query",
              query,
              "start",
              Long.toString(startEpochNanos),
              "end",
              Long.toString(endEpochNanos),
              "step",
              BigDecimal.valueOf(stepNanos, 9).toPlainString()));
    }

    @Override
    public ScriptAnswer evalLogs(
        String query, long startEpochNanos, long endEpochNanos, int limit, Direction direction) {
      return ask(
          "query_range",
          Map.of(
              "query",
              query,
              "start",
              Long.toString(startEpochNanos),
              "end",
              Long.toString(endEpochNanos),
              "limit",
              Integer.toString(limit),
              "direction",
              switch (direction) {
                case FORWARD -> "forward";
                case BACKWARD -> "backward";
              }));
    }

    private ScriptAnswer ask(String path, Map<String, String> params) {
      String text =
          params.entrySet().stream()
              .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
              .collect(Collectors.joining("&"));
      try {
        HttpReply reply =
            http.send(
                "GET", "/loki/api/v1/" + path + "?" + text, Map.of("X-Scope-OrgID", tenant), null);
        return reply.status() == 200
            ? new ScriptAnswer.Success(result(JsonTree.parse(reply.text())))
            : new ScriptAnswer.Failure(reply.text());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Map<String, String> members(Labels labels) {
    Map<String, String> members = new LinkedHashMap<>();
    for (Label label : labels.sorted()) {
      members.put(label.name(), label.value());
    }
    return members;
  }

  /** The body of an answer as the engine's own result; its labels are all in one set. */
  private static QueryResult result(@Nullable Object body) {
    Map<String, @Nullable Object> data = JsonTree.object(JsonTree.object(body).get("data"));
    List<@Nullable Object> result = JsonTree.array(data.get("result"));
    return switch (String.valueOf(data.get("resultType"))) {
      case "streams" ->
          new QueryResult.Streams(result.stream().map(ScriptsOverHttpTest::stream).toList());
      case "matrix" ->
          new QueryResult.Matrix(result.stream().map(one -> series(one, "values")).toList());
      case "vector" ->
          new QueryResult.Vector(result.stream().map(one -> series(one, "value")).toList());
      case "scalar" -> new QueryResult.Scalar(sample(result));
      case String other -> throw new AssertionError("resultType " + other);
    };
  }

  private static ResultStream stream(@Nullable Object one) {
    Map<String, @Nullable Object> members = JsonTree.object(one);
    List<ResultEntry> entries = new ArrayList<>();
    for (Object value : JsonTree.array(members.get("values"))) {
      List<@Nullable Object> parts = JsonTree.array(value);
      entries.add(
          new ResultEntry(
              Long.parseLong(String.valueOf(parts.get(0))),
              String.valueOf(parts.get(1)),
              Labels.EMPTY,
              Labels.EMPTY));
    }
    return new ResultStream(labels(members.get("stream")), entries);
  }

  private static Series series(@Nullable Object one, String samplesMember) {
    Map<String, @Nullable Object> members = JsonTree.object(one);
    List<@Nullable Object> samples = JsonTree.array(members.get(samplesMember));
    return new Series(
        labels(members.get("metric")),
        samplesMember.equals("value")
            ? List.of(sample(samples))
            : samples.stream().map(pair -> sample(JsonTree.array(pair))).toList());
  }

  /** {@code [seconds, "value"]}. */
  private static Sample sample(List<@Nullable Object> pair) {
    BigDecimal seconds = new BigDecimal(String.valueOf(pair.get(0)));
    return new Sample(
        seconds.movePointRight(3).longValueExact(), value(String.valueOf(pair.get(1))));
  }

  private static double value(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static Labels labels(@Nullable Object object) {
    Map<String, String> labels = new LinkedHashMap<>();
    JsonTree.object(object).forEach((name, value) -> labels.put(name, String.valueOf(value)));
    return Labels.of(labels);
  }
}
