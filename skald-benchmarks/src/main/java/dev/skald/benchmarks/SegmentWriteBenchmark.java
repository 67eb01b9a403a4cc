package dev.skald.benchmarks;

import dev.skald.compress.ZstdContexts;
import dev.skald.model.PageRows;
import dev.skald.model.Selection;
import dev.skald.storage.segment.SegmentId;
import dev.skald.storage.segment.SegmentLimits;
import dev.skald.storage.segment.SegmentWriter;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Rows in order of arrival become a segment: sorted, encoded, compressed, and then thrown away. */
public class SegmentWriteBenchmark extends MegabyteBenchmark {
  static final int MEGABYTES = 32;

  private static final SegmentId ID = new SegmentId(1);
  private static final int BATCH_BYTES = MB;

  @Param({"JSON", "SYSTEM"})
  SampleLines lines = SampleLines.JSON;

  private final ZstdContexts zstd = new ZstdContexts();
  private final SegmentWriter writer =
      new SegmentWriter(new ForgetfulObjects(), zstd, SegmentLimits.DEFAULT);
  private List<PageRows> rows = List.of();

  @Setup
  public void open() {
    open(MEGABYTES * MB);
  }

  void open(int lineBytes) {
    rows =
        SampleBatch.split(lines.make(lineBytes), BATCH_BYTES).stream()
            .map(batch -> new PageRows(batch, Selection.all(batch.rowCount())))
            .toList();
  }

  @TearDown
  public void close() {
    zstd.close();
  }

  /** The segment's size in bytes. */
  @Benchmark
  @OperationsPerInvocation(MEGABYTES)
  public long write() throws IOException {
    long day = SegmentWriter.utcDay(SampleBatch.START_EPOCH_NANOS);
    return writer.write(ID, SampleBatch.TENANT, day, rows).summary().sizeBytes();
  }
}
