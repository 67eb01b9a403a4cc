package dev.skald.storage.segment;

import dev.skald.error.SkaldException;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.QuerySpan;
import dev.skald.model.VolumeGrid;
import dev.skald.model.VolumeSink;
import dev.skald.storage.index.StreamSet;
import java.util.function.Consumer;

/** A page of a segment, asked for some streams and a span. */
record SegmentPageRef(
    SegmentSource source,
    PageEntry entry,
    PageNotes notes,
    StreamSet streams,
    QuerySpan span,
    long order,
    Consumer<SkaldException> onDamage)
    implements PageRef {
  @Override
  public long minEpochNanos() {
    return Math.max(entry.minEpochNanos(), span.startEpochNanos());
  }

  @Override
  public long maxEpochNanos() {
    return Math.min(entry.maxEpochNanos(), span.endEpochNanos() - 1);
  }

  @Override
  public int rowCount() {
    return entry.rowCount();
  }

  @Override
  public long lineBytes() {
    return entry.lineBytes();
  }

  @Override
  public PageRows read() {
    SegmentPage page = page();
    return new PageRows(page, page.select(streams, span));
  }

  private SegmentPage page() {
    return new SegmentPage(source, entry, notes, onDamage);
  }

  /** A page that lies whole in the span and in one bucket needs no times; often nothing but its streams. */
  @Override
  public void weigh(VolumeGrid grid, VolumeSink sink) {
    long[] bytes = notes.weights().known();
    boolean isWhole =
        bytes != null
            && span.startEpochNanos() <= entry.minEpochNanos()
            && entry.maxEpochNanos() < span.endEpochNanos()
            && grid.bucket(entry.minEpochNanos()) == grid.bucket(entry.maxEpochNanos());
    if (bytes == null || !isWhole) {
      PageRef.super.weigh(grid, sink);
      return;
    }
    StreamRuns runs = page().runs();
    int bucket = grid.bucket(entry.minEpochNanos());
    for (int run = 0; run < runs.count(); run++) {
      if (streams.contains(runs.stream(run))) {
        int rows = runs.end(run) - runs.start(run);
        sink.add(source.streams().labels(runs.stream(run)), bucket, rows, bytes[run]);
      }
    }
  }
}
