package dev.skald.benchmarks;

import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdEffort;
import dev.skald.model.EntryBatch;
import dev.skald.model.PageRows;
import dev.skald.model.Selection;
import dev.skald.storage.compact.RowRemoval;
import dev.skald.storage.compact.SegmentMerge;
import dev.skald.storage.object.LocalObjectStore;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.segment.SegmentId;
import dev.skald.storage.segment.SegmentLimits;
import dev.skald.storage.segment.SegmentReader;
import dev.skald.storage.segment.SegmentWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Four segments become one, on one thread: all rows are read and hashed, merged, encoded, written and synced, and read and
 * hashed again. A MB is one of the lines of the old segments.
 */
public class SegmentMergeBenchmark extends MegabyteBenchmark {
  static final int MEGABYTES = 32;

  private static final int SEGMENTS = 4;

  private final ZstdContexts zstd = new ZstdContexts();
  private final Random random = new Random(5);
  private final List<SegmentReader> readers = new ArrayList<>();
  private @Nullable TemporaryFolder folder;
  private @Nullable SegmentMerge merge;

  @Setup
  public void open() throws IOException {
    open(MEGABYTES * MB);
  }

  void open(int lineBytes) throws IOException {
    folder = new TemporaryFolder();
    ObjectStore objects = LocalObjectStore.open(folder.disk(), random::nextLong, "objects");
    SegmentWriter writer = new SegmentWriter(objects, zstd, SegmentLimits.DEFAULT);
    long day = SegmentWriter.utcDay(SampleBatch.START_EPOCH_NANOS);
    for (EntryBatch batch :
        SampleBatch.split(SampleLines.JSON.make(lineBytes), lineBytes / SEGMENTS + 1)) {
      SegmentId id = new SegmentId(random.nextLong());
      List<PageRows> rows = List.of(new PageRows(batch, Selection.all(batch.rowCount())));
      writer.write(id, SampleBatch.TENANT, day, rows);
      readers.add(SegmentReader.open(objects, id, zstd, (segment, page, damage) -> {}));
    }
    merge =
        new SegmentMerge(
            random::nextLong,
            objects,
            zstd,
            writer,
            SegmentLimits.DEFAULT,
            (segment, page, damage) -> {},
            () -> {});
  }

  @TearDown
  public void close() throws IOException {
    readers.forEach(SegmentReader::close);
    zstd.close();
    if (folder != null) {
      folder.close();
    }
  }

  /** Size of the old segments. */
  long bytesIn() {
    return readers.stream().mapToLong(reader -> reader.summary().sizeBytes()).sum();
  }

  /** Size of the new segment. */
  @Benchmark
  @OperationsPerInvocation(MEGABYTES)
  public long merge() throws IOException {
    SegmentMerge merging = merge;
    if (merging == null) {
      throw new IllegalStateException("not open");
    }
    SegmentId id = new SegmentId(random.nextLong());
    SegmentMerge.Merged merged = merging.merge(id, readers, RowRemoval.NONE, ZstdEffort.QUICK);
    SegmentReader reader = merged.reader().orElseThrow();
    merging.discard(reader);
    return reader.summary().sizeBytes();
  }
}
