package dev.skald.query;

import dev.skald.clock.ManualClock;
import dev.skald.disk.MemoryDisk;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.Engine;
import dev.skald.logql.engine.QueryParams;
import dev.skald.logql.pipeline.PipelineLimits;
import dev.skald.logql.syntax.Dialect;
import dev.skald.model.Direction;
import dev.skald.model.EntryBatch;
import dev.skald.model.TenantId;
import dev.skald.storage.DiskLogStore;
import dev.skald.storage.LogStore;
import dev.skald.storage.StoreConfig;
import dev.skald.testkit.script.LoadedEntry;
import dev.skald.testkit.script.Script;
import dev.skald.testkit.script.ScriptAnswer;
import dev.skald.testkit.script.ScriptRunner;
import dev.skald.testkit.script.ScriptTarget;
import dev.skald.testkit.script.Scripts;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scripts of all features, asked of the query service over a store on a disk. Where entries lie
 * must not be seen in an answer, so each script runs with all of them in the head, all of them in
 * segments, and some of them in each.
 */
final class ScriptsOverStoreTest {
  private static final TenantId TENANT = new TenantId("scripts");
  private static final int WORKERS = 2;
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  private static final ExecutorService COMPUTE =
      Executors.newFixedThreadPool(WORKERS, Thread.ofPlatform().daemon().factory());

  static List<Script> scripts() {
    return Scripts.all();
  }

  @AfterAll
  static void stopWorkers() {
    COMPUTE.shutdownNow();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void answersFromTheHead(Script script) throws IOException {
    run(script, Place.HEAD);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void answersFromSegments(Script script) throws IOException {
    run(script, Place.SEGMENTS);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void answersFromBoth(Script script) throws IOException {
    run(script, Place.HALF_AND_HALF);
  }

  private static QueryLimits limits(Script script) {
    QueryLimits loki = QueryLimits.defaults();
    return switch (script.dialect()) {
      case LOKI -> loki;
      case SKALD -> loki.with(Dialect.SKALD);
    };
  }

  private static void run(Script script, Place place) throws IOException {
    ManualClock clock = new ManualClock(ScriptRunner.ORIGIN_EPOCH_NANOS);
    Random ids = new Random(31);
    try (LogStore store =
        DiskLogStore.open(
            new MemoryDisk(), clock, clock, Threads.jvm(), ids::nextLong, StoreConfig.DEFAULT)) {
      Engine engine =
          new Engine(clock, PipelineLimits.defaults(clock, ZoneOffset.UTC), COMPUTE, WORKERS);
      QueryService service =
          new QueryService(
              clock,
              clock,
              store,
              engine,
              _ -> limits(script),
              new QueryTurns(clock, WORKERS, 0),
              QueryMetrics.NONE);
      new ScriptRunner().run(script, new StoreTarget(store, service, place));
    }
  }

  /** Where entries lie when they are asked for. */
  private enum Place {
    HEAD,
    SEGMENTS,
    /** Of each load, what came first is in a segment and the rest is in the head. */
    HALF_AND_HALF
  }

  private record StoreTarget(LogStore store, QueryService service, Place place)
      implements ScriptTarget {
    @Override
    public void load(List<LoadedEntry> entries) {
      int flushed =
          switch (place) {
            case HEAD -> 0;
            case SEGMENTS -> entries.size();
            case HALF_AND_HALF -> entries.size() / 2;
          };
      append(entries.subList(0, flushed));
      store.flush();
      append(entries.subList(flushed, entries.size()));
    }

    private void append(List<LoadedEntry> entries) {
      EntryBatch batch = new EntryBatch();
      for (LoadedEntry loaded : entries) {
        byte[] line = loaded.entry().line().getBytes(StandardCharsets.UTF_8);
        batch.add(
            batch.stream(loaded.stream()),
            loaded.entry().timestampEpochNanos(),
            line,
            0,
            line.length,
            batch.metadataSet(loaded.entry().structuredMetadata()));
      }
      store.append(TENANT, batch);
    }

    @Override
    public ScriptAnswer evalInstant(String query, long timeEpochNanos) {
      return ask(
          query,
          new QueryParams(
              QueryParams.Kind.INSTANT,
              timeEpochNanos - HOUR_NANOS,
              timeEpochNanos,
              0,
              0,
              100,
              Direction.BACKWARD));
    }

    @Override
    public ScriptAnswer evalRange(
        String query, long startEpochNanos, long endEpochNanos, long stepNanos) {
      return ask(
          query,
          new QueryParams(
              QueryParams.Kind.RANGE,
              startEpochNanos,
              endEpochNanos,
              stepNanos,
              0,
              100,
              Direction.BACKWARD));
    }

    @Override
    public ScriptAnswer evalLogs(
        String query, long startEpochNanos, long endEpochNanos, int limit, Direction direction) {
      return ask(
          query,
          new QueryParams(
              QueryParams.Kind.RANGE, startEpochNanos, endEpochNanos, 1, 0, limit, direction));
    }

    private ScriptAnswer ask(String query, QueryParams params) {
      try {
        return new ScriptAnswer.Success(
            service
                .run(TenantSet.of(TENANT), new QueryRequest(query, params, () -> false))
                .result());
      } catch (SkaldException e) {
        return new ScriptAnswer.Failure(String.valueOf(e.getMessage()));
      }
    }
  }
}
