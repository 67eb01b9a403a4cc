package dev.skald.storage.segment;

import dev.skald.compress.ZstdContexts;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.PageRows;
import dev.skald.model.TenantId;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.util.List;

/**
 * Turns rows of the head into a segment. Safe for concurrent use; holds about two pages of memory
 * while writing.
 */
@SuppressWarnings("DoNotCallSuggester") // the signature comes first, its body next
public final class SegmentWriter {
  private final ObjectStore store;
  private final ZstdContexts zstd;
  private final SegmentLimits limits;

  public SegmentWriter(ObjectStore store, ZstdContexts zstd, SegmentLimits limits) {
    this.store = store;
    this.zstd = zstd;
    this.limits = limits;
  }

  /**
   * Writes one segment of the selected rows: sorted by (stream, time, arrival), equal rows once.
   *
   * @param utcDay the UTC day (days since 1970-01-01) of every selected row
   * @param rows in order of arrival, pages as well as rows of a page; at least one row is selected
   * @return the durable segment
   * @throws IOException if the store fails; nothing is visible then, or the whole object under this
   *     id, so the next try takes a fresh id
   */
  public WrittenSegment write(SegmentId id, TenantId tenant, long utcDay, List<PageRows> rows)
      throws IOException {
    throw new SkaldException(
        ErrorKind.UNSUPPORTED,
        "segment writing: %s %s %d %d %s %s %s",
        id,
        tenant,
        utcDay,
        rows.size(),
        store,
        zstd,
        limits);
  }
}
