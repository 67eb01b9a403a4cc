package dev.skald.logql.engine;

import dev.skald.model.Labels;
import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.Selection;
import java.util.HashSet;
import java.util.Set;

/** Counts what a worker's pages cost, and which streams they hold. One thread. */
final class PageTally {
  private final QueryMeter meter;
  private final Set<Labels> streams = new HashSet<>();

  PageTally(QueryMeter meter) {
    this.meter = meter;
  }

  /**
   * Counts the selected rows as examined. Their line bytes are the page's, in proportion: lines may
   * not have been read.
   */
  void count(PageRef ref, Page page, Selection rows) {
    int count = rows.count();
    page.streamsOf(rows).stream().forEach(stream -> streams.add(page.stream(stream)));
    long lineBytes =
        ref.rowCount() == 0 ? 0 : (long) ((double) ref.lineBytes() * count / ref.rowCount());
    meter.countPage(count, lineBytes, page.metadataChars(rows));
  }

  Set<Labels> streams() {
    return streams;
  }
}
