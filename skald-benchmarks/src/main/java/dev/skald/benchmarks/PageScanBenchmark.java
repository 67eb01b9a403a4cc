package dev.skald.benchmarks;

import dev.skald.clock.SystemClock;
import dev.skald.logql.pipeline.PipelineRun;
import dev.skald.model.EntryBatch;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.storage.DiskLogStore;
import dev.skald.storage.StoreConfig;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One thread over all pages of a store whose entries are in segments, and the segments in the
 * operating system's cache.
 */
public class PageScanBenchmark extends MegabyteBenchmark {
  static final int MEGABYTES = 32;

  private static final QuerySpan ALWAYS = new QuerySpan(Long.MIN_VALUE, Long.MAX_VALUE);
  private static final int BATCH_BYTES = MB;

  private @Nullable TemporaryFolder folder;
  private @Nullable DiskLogStore store;
  private final PipelineRun absent = Queries.compile("|= `zzqqxx`").newRun();

  @Setup
  public void open() throws IOException {
    open(MEGABYTES * MB);
  }

  void open(int lineBytes) throws IOException {
    SystemClock clock = new SystemClock();
    Random random = new Random(1);
    folder = new TemporaryFolder();
    store =
        DiskLogStore.open(
            folder.disk(), clock, clock, Threads.jvm(), random::nextLong, StoreConfig.DEFAULT);
    for (EntryBatch batch : SampleBatch.split(SampleLines.JSON.make(lineBytes), BATCH_BYTES)) {
      store.append(SampleBatch.TENANT, batch);
    }
    store.flush();
  }

  @TearDown
  public void close() throws IOException {
    if (store != null) {
      store.close();
    }
    if (folder != null) {
      folder.close();
    }
  }

  /** Times and streams are read, lines are not. */
  @Benchmark
  @OperationsPerInvocation(MEGABYTES)
  public int countRows() {
    return scan(page -> page.rows().count());
  }

  /** Lines are read and decompressed; the sum is of their ends. */
  @Benchmark
  @OperationsPerInvocation(MEGABYTES)
  public int readLines() {
    return scan(page -> page.page().lines().end(page.page().rowCount() - 1));
  }

  /** Lines are searched too, for a string that is not there. */
  @Benchmark
  @OperationsPerInvocation(MEGABYTES)
  public int absentLiteral() {
    return scan(
        page -> {
          absent.filter(page.page(), page.rows());
          return page.rows().count();
        });
  }

  private int scan(ToIntFunction<PageRows> work) {
    if (store == null) {
      throw new IllegalStateException("not opened");
    }
    int sum = 0;
    try (PageScan scan = store.scan(SampleBatch.TENANT, List.of(), ALWAYS)) {
      for (PageRef ref : scan.pages()) {
        sum += work.applyAsInt(ref.read());
      }
    }
    return sum;
  }
}
