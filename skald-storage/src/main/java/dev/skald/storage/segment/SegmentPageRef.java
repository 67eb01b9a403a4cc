package dev.skald.storage.segment;

import dev.skald.error.SkaldException;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.QuerySpan;
import dev.skald.storage.index.StreamSet;
import java.util.function.Consumer;

/** A page of a segment, asked for some streams and a span. */
record SegmentPageRef(
    SegmentSource source,
    PageEntry entry,
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
    try {
      SegmentPage page = SegmentPage.read(source, entry, onDamage);
      return new PageRows(page, page.select(streams, span));
    } catch (SkaldException e) {
      onDamage.accept(e);
      throw e;
    }
  }
}
