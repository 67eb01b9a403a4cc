package dev.skald.query.plain;

import dev.skald.clock.ManualClock;
import dev.skald.disk.MemoryDisk;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.Engine;
import dev.skald.logql.engine.LogPage;
import dev.skald.logql.engine.PagePosition;
import dev.skald.logql.engine.QueryBudget;
import dev.skald.logql.engine.QueryParams;
import dev.skald.logql.pipeline.PipelineLimits;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.model.EntryBatch;
import dev.skald.model.TenantId;
import dev.skald.query.MemoryLogStore;
import dev.skald.storage.DiskLogStore;
import dev.skald.storage.LogStore;
import dev.skald.storage.StoreConfig;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The engine over a store that holds some entries, cut into batches, segments and a head at random.
 */
final class StoreUnderTest implements AutoCloseable {
  private static final TenantId TENANT = new TenantId("tenant");

  private static final int WORKERS = 2;

  private static final ExecutorService COMPUTE =
      Executors.newFixedThreadPool(WORKERS, Thread.ofPlatform().daemon().factory());

  private static final Engine ENGINE =
      new Engine(() -> 0, PipelineLimits.defaults(() -> 0, ZoneOffset.UTC), COMPUTE, WORKERS);

  private static final QueryBudget AMPLE =
      new QueryBudget(1L << 32, Long.MAX_VALUE, 0, () -> false);

  private final LogStore store;

  private StoreUnderTest(LogStore store) {
    this.store = store;
  }

  /** Which store. */
  enum Kind {
    MEMORY,
    DISK
  }

  /** The same seed gives the same cuts. */
  static StoreUnderTest filled(Kind kind, List<PlainEntry> entries, long seed) throws IOException {
    Random random = new Random(seed);
    LogStore store =
        switch (kind) {
          case MEMORY -> new MemoryLogStore();
          case DISK -> disk(random);
        };
    int flushRarity = 1 + random.nextInt(6);
    int batchRowsMax = 1 + random.nextInt(60);
    for (int from = 0; from < entries.size(); ) {
      int to = Math.min(entries.size(), from + 1 + random.nextInt(batchRowsMax));
      store.append(TENANT, batch(entries.subList(from, to)));
      if (random.nextInt(flushRarity + 1) == 0) {
        store.flush();
      }
      from = to;
    }
    if (store instanceof DiskLogStore onDisk && random.nextInt(3) == 0) {
      onDisk.runUpkeep(); // what is merged must answer the same
    }
    return new StoreUnderTest(store);
  }

  private static DiskLogStore disk(Random random) throws IOException {
    ManualClock clock = new ManualClock(RandomEntries.START_EPOCH_NANOS);
    StoreConfig normal = StoreConfig.DEFAULT;
    StoreConfig config =
        new StoreConfig(
            normal.durability(),
            normal.syncIntervalNanos(),
            normal.walFileBytesMax(),
            normal.flushBytesTarget(),
            normal.headBytesMax(),
            normal.appendWaitNanosMax(),
            normal.flushAgeNanosMax(),
            normal.flushIdleNanosMax(),
            random.nextBoolean() ? 1024 : normal.pageLineBytesTarget(),
            random.nextBoolean() ? 8 : normal.pageRowsMax(),
            normal.upkeep());
    return DiskLogStore.open(
        new MemoryDisk(), clock, clock, Threads.jvm(), random::nextLong, config);
  }

  private static EntryBatch batch(List<PlainEntry> entries) {
    EntryBatch batch = new EntryBatch();
    for (PlainEntry entry : entries) {
      byte[] line = entry.line().getBytes(StandardCharsets.UTF_8);
      batch.add(
          batch.stream(entry.stream()),
          entry.epochNanos(),
          line,
          0,
          line.length,
          batch.metadataSet(entry.metadata()));
    }
    return batch;
  }

  /** Entries that come later. */
  void append(List<PlainEntry> entries) {
    store.append(TENANT, batch(entries));
  }

  /** Moves what is in memory into a segment. */
  void flush() {
    store.flush();
  }

  /** A part of a log query's answer. */
  LogPage page(LogExpr expr, QueryParams params, @Nullable PagePosition after) {
    return ENGINE.page(
        expr, params, after, AMPLE, (matchers, span) -> store.scan(TENANT, matchers, span));
  }

  Outcome ask(Question question) {
    try {
      return new Outcome.Answer(
          ENGINE
              .run(
                  question.expr(),
                  question.params(),
                  AMPLE,
                  (matchers, span) -> store.scan(TENANT, matchers, span))
              .result());
    } catch (SkaldException e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()), false);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
