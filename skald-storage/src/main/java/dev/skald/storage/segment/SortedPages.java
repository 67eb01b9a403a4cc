package dev.skald.storage.segment;

import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.model.Labels;
import dev.skald.storage.index.StreamTableWriter;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are all in memory, page by page. */
final class SortedPages implements PageSource {
  private final SortedRows rows;
  private final Iterator<PageCut.Range> ranges;
  private int stream;

  SortedPages(SortedRows rows, SegmentLimits limits) {
    this.rows = rows;
    this.ranges = PageCut.cut(rows, limits).iterator();
  }

  @Override
  public OrderedRows rows() {
    return rows;
  }

  @Override
  public @Nullable Next next() {
    if (!ranges.hasNext()) {
      return null;
    }
    PageCut.Range range = ranges.next();
    while (rows.start(stream + 1) <= range.from()) {
      stream++;
    }
    return new Next(range.from(), range.to(), range.lineBytes(), stream);
  }

  @Override
  public List<Labels> streams() {
    return rows.streams();
  }

  @Override
  public void writeStreams(ByteWriter out, ZstdContexts zstd) {
    StreamTableWriter.write(rows.columns(), out, zstd);
  }

  @Override
  public long duplicateCount() {
    return rows.duplicateCount();
  }
}
