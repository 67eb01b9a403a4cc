package dev.skald.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.ingest.IngestLimits.Discovery;
import dev.skald.ingest.IngestLimits.Enforcement;
import dev.skald.ingest.IngestLimits.LineLimits;
import dev.skald.ingest.IngestLimits.PolicyRule;
import dev.skald.ingest.IngestLimits.RateLimits;
import dev.skald.ingest.IngestLimits.StreamLimits;
import dev.skald.ingest.MemoryStore.Stored;
import dev.skald.ingest.PushBodies.Sent;
import dev.skald.ingest.PushBodies.SentEntry;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.TenantId;
import dev.skald.protocol.push.PushRequest;
import dev.skald.protocol.push.PushRequest.Shape;
import dev.skald.protocol.wire.BodyLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngesterTest {
  private static final TenantId T1 = new TenantId("t1");
  private static final long NOW = ReferenceTenants.nanos("2026-11-20T00:00:00Z");
  private static final long SECOND = 1_000_000_000L;

  private final MemoryStore store = new MemoryStore();
  private final List<String> counted = Collections.synchronizedList(new ArrayList<>());
  private IngestLimits limits = IngestLimits.DEFAULTS;
  private long ticks;
  private int created;

  private final Ingester ingester =
      new Ingester(
          () -> NOW,
          () -> ticks,
          () -> 42,
          new IngestMetrics() {
            @Override
            public void stored(TenantId tenant, Format format, StoredCounts counts) {
              counts.forEach(
                  (stream, policy, lines, bytes, metadataBytes) ->
                      counted.add("stored " + lines + " " + bytes));
            }

            @Override
            public void discarded(Origin origin, DiscardReason reason, long lines, long bytes) {
              counted.add(reason.text() + " " + lines + " " + bytes);
            }

            @Override
            public void mutated(TenantId tenant, DiscardReason reason, long lines, long bytes) {
              counted.add("mutated " + reason.text() + " " + lines + " " + bytes);
            }

            @Override
            public void created(TenantId tenant, int streams) {
              created += streams;
            }

            @Override
            public void appended() {}

            @Override
            public void appendFailed() {
              counted.add("append failed");
            }
          },
          store,
          tenant -> limits,
          new IngestConfig(new BodyLimits(1 << 20, 2 << 20), 64 << 20, 1000, 2, 7));

  private PushOutcome push(Sent... streams) {
    byte[] body = PushBodies.json(List.of(streams));
    return ingester.push(T1, PushRequest.of("application/json", "", body, Shape.V1));
  }

  private static Sent app(String name, SentEntry... entries) {
    return Sent.of(Map.of("app", name), entries);
  }

  private static SentEntry line(String text) {
    return SentEntry.of(NOW, text);
  }

  private static SentEntry at(long offsetNanos, String text) {
    return SentEntry.of(NOW + offsetNanos, text);
  }

  private List<String> lines() {
    return store.entries(T1).stream().map(s -> s.entry().line()).toList();
  }

  @Test
  void storesWithServiceNameAndLevel() {
    assertEquals(new PushOutcome(204, "", 0), push(app("web", line("an error"))));
    Stored stored = store.entries(T1).getFirst();
    assertEquals(Labels.of("app", "web", "service_name", "web"), stored.labels());
    assertEquals(Labels.of("detected_level", "error"), stored.entry().structuredMetadata());
    assertEquals(List.of("stored 1 8"), counted);
  }

  @Test
  void aPushWithoutStreamsIs422() {
    assertEquals(422, push().status());
  }

  @Test
  void goodEntriesStayAndBadOnesAreGrouped() {
    long day = Duration.ofDays(1).toNanos();
    PushOutcome outcome =
        push(
            app("web", at(-8 * day, "old"), line("good"), at(day, "new"), at(-8 * day, "older")),
            Sent.of(Map.of("bad", "x".repeat(3000)), line("a"), line("b")));
    assertEquals(400, outcome.status());
    String labels = "{app=\"web\", service_name=\"web\"}";
    assertTrue(
        outcome
            .message()
            .startsWith(
                "2 errors like: entry for stream '"
                    + labels
                    + "' has timestamp too old: 2026-11-12T00:00:00Z, oldest acceptable timestamp"
                    + " is: 2026-11-13T00:00:00Z; 1 errors like: entry for stream '"
                    + labels
                    + "' has timestamp too new: 2026-11-21T00:00:00Z; 1 errors like: stream '"),
        outcome.message());
    assertTrue(outcome.body().endsWith("'\n"));
    assertEquals(List.of("good"), lines());
    assertEquals(
        List.of(
            "stored 1 4",
            "greater_than_max_sample_age 2 8",
            "too_far_in_future 1 3",
            "label_value_too_long 2 2"),
        counted);
  }

  @Test
  void timesAtTheLimitsAreTaken() {
    long week = Duration.ofDays(7).toNanos();
    long grace = Duration.ofMinutes(10).toNanos();
    assertEquals(204, push(app("web", at(-week, "a"), at(grace, "b"))).status());
    assertEquals(400, push(app("web", at(-week - 1, "a"))).status());
    assertEquals(400, push(app("web", at(grace + 1, "a"))).status());
  }

  @Test
  void aRequestThatCannotBeReadIsLostWhole() {
    byte[] good = PushBodies.json(List.of(app("web", line("a"))));
    byte[] cut = java.util.Arrays.copyOf(good, good.length - 2);
    PushRequest request = PushRequest.of("application/json", "", cut, Shape.V1);
    assertEquals(400, ingester.push(T1, request).status());
    PushOutcome labels = push(app("web", line("a")), Sent.of(Map.of("a-b", "c"), line("b")));
    assertEquals(400, labels.status());
    assertEquals("couldn't parse labels: invalid label name \"a-b\"", labels.message());
    assertEquals(List.of(), lines());
  }

  @Test
  void bodiesBeyondTheLimitAre413() {
    byte[] large = new byte[(1 << 20) + 1];
    PushOutcome outcome =
        ingester.push(T1, PushRequest.of("application/json", "", large, Shape.V1));
    assertEquals(413, outcome.status());
    assertEquals(
        "request body too large: message size too large than max (1048577 vs 1048576)\n",
        outcome.body());
    assertEquals(List.of("request_body_too_large 0 1048577"), counted);
    SentEntry[] many = new SentEntry[1001];
    java.util.Arrays.fill(many, line(""));
    assertEquals(413, push(app("web", many)).status());
  }

  @Test
  void aFullStoreIs503AndSaysWhenToTryAgain() {
    store.fill();
    assertEquals(new PushOutcome(503, "disk is full: free=0", 7), push(app("web", line("a"))));
    assertEquals(List.of("append failed"), counted);
  }

  @Test
  void theTenantsRateIsATokenBucket() {
    double mib = 1 << 20;
    limits = limits.with(new RateLimits(100 / mib, 150 / mib, 1, 1, true));
    assertEquals(204, push(app("web", line("x".repeat(150)))).status());
    PushOutcome tooSoon = push(app("web", line("y")), app("db", line("z")));
    assertEquals(429, tooSoon.status());
    assertEquals(
        "ingestion rate limit exceeded for user t1 (limit: 100 bytes/sec) while attempting to"
            + " ingest '2' lines totaling '2' bytes, reduce log volume or contact your Loki"
            + " administrator to see if the limit can be increased",
        tooSoon.message());
    ticks += SECOND / 2;
    assertEquals(204, push(app("web", line("y".repeat(50)))).status());
    assertEquals(429, push(app("web", line("z"))).status());
    ticks += 1000 * SECOND;
    assertEquals(429, push(app("web", line("z".repeat(151)))).status());
    assertEquals(204, push(app("web", line("z".repeat(150)))).status());
    assertEquals(
        List.of(
            "stored 1 150",
            "rate_limited 2 2",
            "stored 1 50",
            "rate_limited 1 1",
            "rate_limited 1 151",
            "stored 1 150"),
        counted);
  }

  @Test
  void newStreamsBeyondTheLimitAreRefused() {
    limits = limits.with(new StreamLimits(3, 2));
    PushOutcome outcome =
        push(app("a", line("1")), app("b", line("2")), app("a", line("3")), app("c", line("4")));
    assertEquals(429, outcome.status());
    assertEquals(
        "maximum active stream limit exceeded when trying to create stream {app=\"c\","
            + " service_name=\"c\"}, reduce the number of active streams (reduce labels or reduce"
            + " label values), or contact your Loki administrator to see if the limit can be"
            + " increased, user: 't1'",
        outcome.message());
    assertEquals(List.of("1", "2", "3"), lines());
    assertEquals(204, push(app("b", line("5")), app("a", line("6"))).status());
    assertEquals(429, push(app("b", line("7")), app("d", line("8"))).status());
    assertEquals(List.of("1", "2", "3", "5", "6", "7"), lines());
    assertTrue(counted.contains("stream_limit 1 1"));
    assertEquals(2, created);
  }

  @Test
  void ratesOfStreamsHoldWhereStreamsAreNotSharded() {
    limits = limits.with(new RateLimits(100, 100, 3 << 20, 10, false));
    PushOutcome outcome =
        push(
            app("a", line("123456"), line("567890"), at(-SECOND / 2, "bcdefgh"), line("1234")),
            app("b", line("1234567890")));
    assertEquals(429, outcome.status());
    String reason =
        "Per stream rate limit exceeded (limit: 3MB/sec) while attempting to ingest for stream"
            + " '{app=\"a\", service_name=\"a\"}' totaling %s, consider splitting a stream via"
            + " additional labels or contact your Loki administrator to see if the limit can be"
            + " increased";
    assertEquals(
        "entry with timestamp 2026-11-20 00:00:00 +0000 UTC ignored, reason: '"
            + reason.formatted("6B")
            + "',\nentry with timestamp 2026-11-19 23:59:59.5 +0000 UTC ignored, reason: '"
            + reason.formatted("7B")
            + "',\nuser 't1', total ignored: 2 out of 4 for stream: {app=\"a\","
            + " service_name=\"a\"}",
        outcome.message());
    assertEquals(List.of("123456", "1234", "1234567890"), lines());
    assertEquals(List.of("per_stream_rate_limit 2 13", "stored 2 10", "stored 1 10"), counted);
    limits = limits.with(new RateLimits(100, 100, 3 << 20, 10, true));
    assertEquals(204, push(app("a", line("x".repeat(1000)))).status());
  }

  @Test
  void linesBeyondTheLimitAreRefusedOrCut() {
    limits = limits.with(new LineLimits(5, false, ""));
    assertEquals(400, push(app("a", line("12345"), line("123456"))).status());
    limits = limits.with(new LineLimits(5, true, ".."));
    assertEquals(204, push(app("a", line("abcdef"))).status());
    limits = limits.with(new LineLimits(1, true, ".."));
    assertEquals(204, push(app("a", line("xyz"))).status());
    limits = limits.with(new LineLimits(0, false, ""));
    assertEquals(204, push(app("a", line("no limit"))).status());
    assertEquals(List.of("12345", "abc..", ".", "no limit"), lines());
    assertTrue(counted.contains("mutated line_too_long 1 1"), counted.toString());
    assertTrue(counted.contains("mutated line_too_long 1 2"), counted.toString());
  }

  @Test
  void blocksWithStatus200AreSilent() {
    limits = limits.with(new Enforcement(List.of(), Map.of(), NOW + 1, Map.of(), 200, List.of()));
    assertEquals(new PushOutcome(204, "", 0), push(app("a", line("1"))));
    assertEquals(List.of("blocked_ingestion 1 1"), counted);
    limits = limits.with(new Enforcement(List.of(), Map.of(), NOW, Map.of(), 200, List.of()));
    push(app("a", line("2")));
    assertEquals(List.of("2"), lines());
  }

  @Test
  void policiesEnforceAndBlockTheStreamsTheySelect() {
    List<PolicyRule> rules =
        List.of(
            new PolicyRule("low", List.of(Matcher.equal("app", "a")), 1),
            new PolicyRule("high", List.of(new Matcher("app", Matcher.Op.REGEX, "a|b")), 2));
    limits =
        limits.with(
            new Enforcement(
                List.of(),
                Map.of("low", List.of("never"), "high", List.of("team", "app")),
                IngestLimits.NEVER,
                Map.of(),
                260,
                rules));
    PushOutcome outcome = push(app("a", line("1")), app("c", line("2")));
    assertEquals(
        "missing required labels 'team' for user 't1' for stream '{app=\"a\","
            + " service_name=\"a\"}' (policy: 'high')",
        outcome.message());
    limits =
        limits.with(
            new Enforcement(
                List.of(), Map.of(), IngestLimits.NEVER, Map.of("high", NOW + SECOND), 260, rules));
    outcome = push(app("b", line("3")), app("c", line("4")));
    assertEquals(260, outcome.status());
    assertEquals(
        "ingestion blocked for user 't1' (policy: 'high') until '2026-11-20T00:00:01Z' with"
            + " status code '260'",
        outcome.message());
    assertEquals(List.of("2", "4"), lines());
  }

  @Test
  void duplicateTimestampsAreIncremented() {
    Discovery base = Discovery.DEFAULTS;
    limits =
        limits.with(new Discovery(base.serviceNames(), base.levels(), base.levelFields(), 2, true));
    push(app("a", line("a"), line("b"), line("b"), line("c"), at(1, "d")), app("b", line("e")));
    assertEquals(
        List.of("0:a", "1:b", "0:b", "1:c", "2:d", "0:e"),
        store.entries(T1).stream()
            .map(s -> s.entry().timestampEpochNanos() - NOW + ":" + s.entry().line())
            .toList());
  }

  @Test
  void metadataIsNormalisedAndLevelled() {
    SentEntry entry =
        new SentEntry(
            NOW, "an error", Map.of("a.b", "1", "empty", "", "severity_number", "9", "1x", "y"));
    assertEquals(204, push(app("a", entry)).status());
    assertEquals(
        Labels.of("a_b", "1", "detected_level", "info", "key_1x", "y", "severity_number", "9"),
        store.entries(T1).getFirst().entry().structuredMetadata());
    assertEquals(List.of("stored 1 36"), counted);
  }

  /** From labels, then what was sent, then the line. */
  @Test
  void genericFieldsAreTakenFromWhereTheyAre() {
    Map<String, List<String>> fields =
        Map.of(
            "trace", List.of("trace_id", "traceID", "ids.trace"),
            "org", List.of("org_id"),
            "app-name", List.of("app"));
    limits = limits.with(new Discovery(List.of(), false, List.of(), 2, false, fields));
    push(
        app(
            "a",
            line("{\"x\":[{\"trace_id\":\"no\"}],\"ids\":{\"trace\":\"t\\u00e9\"},\"org_id\":7}"),
            line("level=info org_id=\"o 1\" traceID=t2 end"),
            new SentEntry(NOW, "trace_id=t3", Map.of("traceID", "t4", "org", "kept")),
            line("nothing")));
    assertEquals(
        List.of(
            Labels.of("app_name", "a", "org", "7", "trace", "té"),
            Labels.of("app_name", "a", "org", "o 1", "trace", "t2"),
            Labels.of("app_name", "a", "org", "kept", "trace", "t4", "traceID", "t4"),
            Labels.of("app_name", "a")),
        store.entries(T1).stream().map(s -> s.entry().structuredMetadata()).toList());
  }

  /** Lines that begin as one thing and go on as another neither fail nor take long. */
  @Test
  void genericFieldsAreLookedForInAnyBytes() {
    java.util.Random random = new java.util.Random(5);
    byte[][] path = {{'a'}, {'b'}};
    byte[] signs = "{}[]\":,\\ab= \u00e9u0".getBytes(UTF_8);
    int found = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] line = new byte[random.nextInt(24)];
      for (int b = 0; b < line.length; b++) {
        line[b] = signs[random.nextInt(signs.length)];
      }
      found += LineField.json(line, 0, line.length, path) == null ? 0 : 1;
      found += LineField.json(line, 0, line.length, new byte[][] {{'a'}}) == null ? 0 : 1;
      found += LineField.logfmt(line, 0, line.length, new byte[] {'a'}) == null ? 0 : 1;
    }
    assertTrue(found > 100, "found: " + found);
  }

  @Test
  void changedLimitsHoldAtOnce() {
    assertEquals(204, push(app("a", line("1"))).status());
    limits = limits.with(new IngestLimits.LabelLimits(0, 1024, 2048));
    assertEquals(400, push(app("a", line("2"))).status());
  }

  @Test
  void jsonAndProtobufStoreTheSame() {
    Ingester wide =
        new Ingester(
            () -> NOW,
            () -> 0,
            () -> 42,
            IngestMetrics.NONE,
            store,
            t -> limits,
            IngestConfig.DEFAULTS);
    limits = limits.with(new RateLimits(1e6, 1e6, 1, 1, true));
    for (int seed = 0; seed < 300; seed++) {
      List<Sent> sent = RandomPushes.next(seed, NOW);
      TenantId a = new TenantId("json-" + seed);
      TenantId b = new TenantId("protobuf-" + seed);
      PushOutcome fromJson =
          wide.push(a, PushRequest.of("application/json", "", PushBodies.json(sent), Shape.V1));
      PushOutcome fromProtobuf =
          wide.push(b, PushRequest.of("x/y", "", PushBodies.protobuf(sent), Shape.V1));
      assertEquals(fromProtobuf, fromJson, "seed " + seed);
      assertEquals(store.entries(b), store.entries(a), "seed " + seed);
    }
  }

  @Test
  void manyPushesAtOnceAreAllStored() throws InterruptedException {
    limits = limits.with(new RateLimits(1e6, 1e6, 1, 1, true));
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 16; t++) {
      String name = "app-" + t;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < 50; i++) {
                      push(app(name, at(i, name + i), at(i, "same")), app("all", at(i, name)));
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(16 * 50 * 3, store.entries(T1).size());
  }

  @Test
  void anyBytesAreAnswered() {
    for (int seed = 0; seed < 3_000; seed++) {
      java.util.Random random = new java.util.Random(seed);
      List<Sent> sent = RandomPushes.next(seed, NOW);
      byte[] body = random.nextBoolean() ? PushBodies.json(sent) : PushBodies.protobuf(sent);
      for (int i = random.nextInt(3); i > 0; i--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      byte[] cut = java.util.Arrays.copyOf(body, random.nextInt(body.length + 1));
      for (String type : List.of("application/json", "x/y")) {
        for (byte[] sentBody : List.of(body, cut)) {
          int status = ingester.push(T1, PushRequest.of(type, "", sentBody, Shape.V1)).status();
          assertTrue(status == 204 || (status >= 400 && status < 500), seed + ": " + status);
        }
      }
    }
  }

  @Test
  void labelTextIsResolvedAsJsonLabelsAre() {
    byte[] legacy =
        ("{\"streams\":[{\"labels\":\"{app='a', x=\\\"\\\"}\","
                + "\"entries\":[{\"ts\":\"2026-11-19T23:59:59Z\",\"line\":\"l\"}]}]}")
            .getBytes(UTF_8);
    for (int i = 0; i < 2; i++) { // the second time from the cache
      PushRequest request = PushRequest.of("application/json", "", legacy, Shape.LEGACY);
      assertEquals(204, ingester.push(T1, request).status());
    }
    push(app("a", line("m")));
    List<Labels> streams = store.entries(T1).stream().map(Stored::labels).distinct().toList();
    assertEquals(List.of(Labels.of("app", "a", "service_name", "a")), streams);
  }
}
