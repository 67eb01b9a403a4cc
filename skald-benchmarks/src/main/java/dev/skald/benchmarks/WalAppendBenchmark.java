package dev.skald.benchmarks;

import dev.skald.clock.SystemClock;
import dev.skald.model.EntryBatch;
import dev.skald.storage.head.BatchCodec;
import dev.skald.storage.wal.WalConfig;
import dev.skald.storage.wal.WalReplay;
import dev.skald.storage.wal.WalWriter;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * Batches to the log on a real disk; each append waits for its fdatasync. An invocation is one MB,
 * batch after batch.
 */
public class WalAppendBenchmark extends MegabyteBenchmark {
  private static final String FOLDER = "wal";

  @Param({"64", "1024"})
  int batchKilobytes = 64;

  private List<EntryBatch> batches = List.of();
  private @Nullable TemporaryFolder folder;
  private @Nullable WalWriter wal;

  @Setup
  public void open() throws IOException {
    batches = SampleBatch.split(SampleLines.JSON.make(MB), batchKilobytes << 10);
    folder = new TemporaryFolder();
    wal =
        WalWriter.start(
            folder.disk(),
            FOLDER,
            new SystemClock(),
            dev.skald.threads.Threads.jvm(),
            new Random(1)::nextLong,
            WalConfig.DEFAULT,
            WalReplay.run(folder.disk(), FOLDER, 1, WalConfig.DEFAULT, (file, payload) -> {}));
  }

  /** Deletes what was written, as a flush would; seconds of writing would fill a small disk. */
  @TearDown(Level.Iteration)
  public void truncate() throws IOException {
    WalWriter writer = wal();
    writer.deleteBefore(writer.rotate(() -> {}));
  }

  @TearDown
  public void close() throws IOException {
    wal().close();
    if (folder != null) {
      folder.close();
    }
  }

  /** One client: nobody shares its syncs. */
  @Benchmark
  @Threads(1)
  public int alone() {
    return append();
  }

  /** Sixteen clients, whose appends gather while a sync runs. */
  @Benchmark
  @Threads(16)
  public int grouped() {
    return append();
  }

  private int append() {
    WalWriter writer = wal();
    int rows = 0;
    for (EntryBatch batch : batches) {
      writer.append(BatchCodec.encode(SampleBatch.TENANT, batch, 0, batch.rowCount()), () -> {});
      rows += batch.rowCount();
    }
    return rows;
  }

  private WalWriter wal() {
    if (wal == null) {
      throw new IllegalStateException("not opened");
    }
    return wal;
  }
}
