package dev.skald.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.SkaldException;
import dev.skald.ingest.PlainQuery.Row;
import dev.skald.model.TenantId;
import dev.skald.protocol.push.PushRequest;
import dev.skald.protocol.push.PushRequest.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recorded answers of Loki 3.7.6 to pushes, and what its queries showed of them, held against the
 * ingester without a server in between. Left out is what the reference itself has changed since,
 * and where Skald decides otherwise.
 */
class ConformanceTest {
  private static final Set<String> DIFFERENT_BY_DESIGN =
      Set.of(
          "push-156", // another method: the server's business
          "push-159", // another path: OTLP
          "push-200", // entries far behind the newest of their stream are taken, not refused
          "push-stored-082"); // keywords beside a bar or an apostrophe: newer than 3.7

  record Case(String id, JsonTree json) {
    @Override
    public String toString() {
      return id + " " + json.get("note").text();
    }
  }

  private final MemoryStore store = new MemoryStore();
  private final Ingester ingester =
      new Ingester(
          () -> ReferenceTenants.NOW_EPOCH_NANOS,
          () -> 0,
          () -> 42,
          IngestMetrics.NONE,
          store,
          ReferenceTenants::of,
          IngestConfig.DEFAULTS);

  private static Stream<Case> cases(String name) {
    return JsonTree.resource("/conformance/" + name + ".json").get("cases").list().stream()
        .map(c -> new Case(c.get("id").text(), c))
        .filter(c -> !DIFFERENT_BY_DESIGN.contains(c.id()));
  }

  static Stream<Case> answers() {
    return Stream.of("push", "limits-push", "tenancy-push").flatMap(ConformanceTest::cases);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answers(Case c) {
    sendBefore(c.json());
    PushOutcome outcome = send(c.json());
    assertStatus(c.json(), outcome);
    JsonTree expect = c.json().get("expect");
    switch (c.json().get("compare").text()) {
      case "exact" -> assertEquals(expect.text(), outcome.body());
      case "prefix" ->
          assertTrue(outcome.body().startsWith(expect.text()), "found: " + outcome.body());
      case "parts" -> assertEquals(parts(expect.text()), parts(outcome.body()));
      case "status-only" -> {}
      default -> throw new IllegalArgumentException(c.json().get("compare").text());
    }
  }

  static Stream<Case> stored() {
    return cases("push-stored");
  }

  @ParameterizedTest
  @MethodSource("stored")
  void stores(Case c) {
    sendBefore(c.json());
    assertEquals(expected(c.json()), found(c.json()));
  }

  static Stream<Case> metadata() {
    return cases("structured-metadata-plain");
  }

  @ParameterizedTest
  @MethodSource("metadata")
  void storesMetadata(Case c) {
    for (JsonTree push :
        JsonTree.resource("/conformance/structured-metadata-plain.json").get("pushes").list()) {
      byte[] body = push.toJson().getBytes(StandardCharsets.UTF_8);
      PushRequest request = PushRequest.of("application/json", "", body, Shape.V1);
      assertEquals(204, ingester.push(new TenantId("fake"), request).status());
    }
    assertEquals(expected(c.json()), found(c.json()));
  }

  private void sendBefore(JsonTree c) {
    for (JsonTree step : c.get("before").list()) {
      assertStatus(step, send(step));
    }
  }

  private PushOutcome send(JsonTree request) {
    byte[] body =
        request.has("bodyBase64")
            ? Base64.getDecoder().decode(request.get("bodyBase64").text())
            : request.get("body").text().getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = request.get("headers").texts();
    Shape shape = request.get("path").text().startsWith("/api/prom") ? Shape.LEGACY : Shape.V1;
    PushRequest push =
        PushRequest.of(
            headers.getOrDefault("Content-Type", ""),
            headers.getOrDefault("Content-Encoding", ""),
            body,
            shape);
    String tenant = request.has("tenant") ? request.get("tenant").text() : "fake";
    try {
      return ingester.push(TenantHeader.parseSingle(tenant), push);
    } catch (SkaldException e) {
      int status =
          switch (e.kind()) {
            case UNAUTHENTICATED -> 401;
            case BAD_REQUEST -> 400;
            default -> 500;
          };
      return PushOutcome.of(status, e.getMessage());
    }
  }

  private static void assertStatus(JsonTree c, PushOutcome outcome) {
    List<Long> allowed = new ArrayList<>(List.of(c.get("status").number()));
    c.get("acceptStatus").list().forEach(s -> allowed.add(s.number()));
    assertTrue(
        allowed.contains((long) outcome.status()),
        "wanted " + allowed + ", found " + outcome.status() + " " + outcome.message());
  }

  private static List<String> parts(String text) {
    return Arrays.stream(text.strip().split("; ", -1)).sorted().toList();
  }

  private Map<Map<String, String>, List<Row>> found(JsonTree c) {
    JsonTree params = c.get("params");
    String tenant = c.has("tenant") ? c.get("tenant").text() : "fake";
    return PlainQuery.run(
        params.get("query").text(),
        store.entries(new TenantId(tenant)),
        params.get("start").number(),
        params.get("end").number(),
        (int) params.get("limit").number(),
        !params.get("direction").text().equals("forward"));
  }

  private static Map<Map<String, String>, List<Row>> expected(JsonTree c) {
    Map<Map<String, String>, List<Row>> series = new LinkedHashMap<>();
    for (JsonTree stream : c.get("expect").get("data").get("result").list()) {
      List<Row> rows = new ArrayList<>();
      for (JsonTree value : stream.get("values").list()) {
        rows.add(new Row(value.list().get(0).number(), value.list().get(1).text()));
      }
      series.put(new TreeMap<>(stream.get("stream").texts()), rows);
    }
    return series;
  }
}
