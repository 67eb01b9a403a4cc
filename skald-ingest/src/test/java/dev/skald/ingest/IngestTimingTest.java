package dev.skald.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.ingest.PushBodies.Sent;
import dev.skald.ingest.PushBodies.SentEntry;
import dev.skald.model.TenantId;
import dev.skald.protocol.push.PushRequest;
import dev.skald.protocol.push.PushRequest.Shape;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How many megabytes of lines the write path takes per CPU-second without a store; run by hand
 * ({@code -Dskald.test.excludedGroups=none}). Figures only; the one bound is far below any
 * machine's.
 */
@Tag("slow")
class IngestTimingTest {
  private static final int LINE_BYTES_PER_PUSH = 1 << 20;
  private static final double SECONDS = 1;

  private boolean withMetadata;

  private final Ingester ingester =
      new Ingester(
          () -> ReferenceTenants.NOW_EPOCH_NANOS,
          () -> 0,
          () -> 42,
          IngestMetrics.NONE,
          new MemoryStore(MemoryStore.Keeping.NOTHING),
          ReferenceTenants::of,
          IngestConfig.DEFAULTS);

  @Test
  void applicationJson() {
    IntFunction<String> line =
        i ->
            ("{\"timestamp\":\"2026-11-19T10:00:0%d.123Z\",\"level\":\"%s\",\"logger\":\"api\","
                    + "\"message\":\"Request completed\",\"method\":\"GET\",\"path\":\"/api/v1\","
                    + "\"status_code\":200,\"latency_ms\":%d.25,\"request_id\":\"%08x-ab12-cd34\","
                    + "\"trace_id\":\"%016x\",\"user_id\":\"user-%d\",\"confidence\":0.123}")
                .formatted(
                    i % 10,
                    i % 10 < 6 ? "INFO" : i % 10 < 8 ? "DEBUG" : "ERROR",
                    i % 997,
                    i * 2_654_435_761L & 0xffffffffL,
                    i * 0x9e3779b97f4a7c15L,
                    i % 5000);
    time("application JSON, protobuf", line, 20, false);
    time("application JSON, JSON", line, 20, true);
  }

  @Test
  void text() {
    time(
        "text without a level, protobuf",
        i ->
            ("2026-11-19 10:00:00,%03d [pool-%d-IoTDB-Flush-7] o.a.i.d.e.f.MemTableFlushTask:%d"
                    + " - Database root.test.g_%d, flushing a memtable has finished!"
                    + " Time consumption: %dms")
                .formatted(i % 1000, i % 50, i % 300, i % 20, i % 4000),
        20,
        false);
    time(
        "logfmt, protobuf",
        i ->
            ("ts=2026-11-19T10:00:00.%03dZ caller=metrics.go:%d level=info org_id=fake"
                    + " latency=fast query=\"{app=\\\"x\\\"}\" duration=%dms")
                .formatted(i % 1000, i % 300, i % 4000),
        20,
        false);
    withMetadata = true;
    time("short lines with six pairs of metadata", i -> "served in " + i % 997 + " ms", 20, false);
    withMetadata = false;
    time("short lines of many streams, protobuf", i -> "served in " + i % 997 + " ms", 5000, false);
  }

  private void time(String what, IntFunction<String> line, int streams, boolean json) {
    long lineBytes = 0;
    List<byte[]> bodies = new ArrayList<>();
    for (int push = 0; push < 8; push++) {
      List<Sent> sent = new ArrayList<>();
      Random random = new Random(push);
      for (int s = 0; s < streams; s++) {
        Map<String, String> labels =
            Map.of("app", "app-" + s % 8, "job", "app", "namespace", "prod", "pod", "pod-" + s);
        List<SentEntry> entries = new ArrayList<>();
        for (int bytes = 0; bytes < LINE_BYTES_PER_PUSH / streams; ) {
          String text = line.apply(random.nextInt(1_000_000));
          bytes += text.length();
          lineBytes += text.getBytes(UTF_8).length;
          long time = ReferenceTenants.NOW_EPOCH_NANOS - entries.size();
          entries.add(new SentEntry(time, text, withMetadata ? metadata(random) : Map.of()));
        }
        sent.add(new Sent(labels, entries));
      }
      bodies.add(json ? PushBodies.json(sent) : PushBodies.protobuf(sent));
    }
    run(bodies, json, SECONDS / 2);
    double perSecond = run(bodies, json, SECONDS) * lineBytes / bodies.size() / 1e6;
    System.out.printf(Locale.ROOT, "%-40s %7.0f MB of lines per CPU-second%n", what, perSecond);
    assertTrue(perSecond > 1, what);
  }

  /** As an OpenTelemetry collector sends it: some the same for all, some different each time. */
  private static Map<String, String> metadata(Random random) {
    return Map.of(
        "service_version",
        "1.4.2",
        "k8s.node.name",
        "node-" + random.nextInt(4),
        "telemetry.sdk.language",
        "java",
        "severity_number",
        "9",
        "trace_id",
        Long.toHexString(random.nextLong()),
        "span_id",
        Long.toHexString(random.nextLong()));
  }

  /** Pushes per CPU-second. */
  private double run(List<byte[]> bodies, boolean json, double seconds) {
    var thread = ManagementFactory.getThreadMXBean();
    long start = thread.getCurrentThreadCpuTime();
    long pushes = 0;
    while (thread.getCurrentThreadCpuTime() - start < seconds * 1e9) {
      for (byte[] body : bodies) {
        String type = json ? "application/json" : "application/x-protobuf";
        PushOutcome outcome =
            ingester.push(new TenantId("t"), PushRequest.of(type, "", body, Shape.V1));
        assertEquals(204, outcome.status(), outcome.message());
        pushes++;
      }
    }
    return pushes / ((thread.getCurrentThreadCpuTime() - start) / 1e9);
  }
}
