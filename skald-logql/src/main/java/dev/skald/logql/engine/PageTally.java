package dev.skald.logql.engine;

import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.Selection;

/** Counts what a worker's pages cost, and which streams they hold. One thread. */
final class PageTally {
  private final QueryMeter meter;
  private final MatchedStreams streams = new MatchedStreams();

  PageTally(QueryMeter meter) {
    this.meter = meter;
  }

  /**
   * Counts the selected rows as examined. Their line bytes are the page's, in proportion: lines may
   * not have been read.
   */
  void count(PageRef ref, Page page, Selection rows) {
    int count = rows.count();
    streams.page(page);
    page.streamsOf(rows).stream().forEach(stream -> streams.add(page.streamNumber(stream)));
    long lineBytes =
        ref.rowCount() == 0 ? 0 : (long) ((double) ref.lineBytes() * count / ref.rowCount());
    meter.countPage(count, lineBytes, page.metadataChars(rows));
  }

  MatchedStreams streams() {
    return streams;
  }
}
