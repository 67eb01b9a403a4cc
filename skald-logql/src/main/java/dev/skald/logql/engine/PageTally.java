package dev.skald.logql.engine;

import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.Selection;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Counts what a worker's pages cost, and which streams they hold. One thread. */
final class PageTally {
  private final QueryMeter meter;
  private final Set<Labels> streams = new HashSet<>();
  private int[] metadataBytes = new int[16];
  private boolean[] streamSeen = new boolean[16];

  PageTally(QueryMeter meter) {
    this.meter = meter;
  }

  /**
   * Counts the selected rows as examined. Their line bytes are the page's, in proportion: lines may
   * not have been read.
   */
  void count(PageRef ref, Page page, Selection rows) {
    int count = rows.count();
    long metadata = 0;
    if (page.metadataCount() > 1) {
      metadata = metadataBytes(page, rows);
    }
    if (streamSeen.length < page.streamCount()) {
      streamSeen = new boolean[page.streamCount() * 2];
    }
    Arrays.fill(streamSeen, 0, page.streamCount(), false);
    int[] selected = rows.rows();
    int[] ordinals = page.streamOrdinals();
    int last = -1;
    for (int i = 0; i < count; i++) {
      int stream = ordinals[selected[i]];
      if (stream != last) {
        last = stream;
        if (!streamSeen[stream]) {
          streamSeen[stream] = true;
          streams.add(page.stream(stream));
        }
      }
    }
    long lineBytes =
        ref.rowCount() == 0 ? 0 : (long) ((double) ref.lineBytes() * count / ref.rowCount());
    meter.countPage(count, lineBytes, metadata);
  }

  Set<Labels> streams() {
    return streams;
  }

  private long metadataBytes(Page page, Selection rows) {
    if (metadataBytes.length < page.metadataCount()) {
      metadataBytes = new int[page.metadataCount() * 2];
    }
    Arrays.fill(metadataBytes, 0, page.metadataCount(), -1);
    int[] selected = rows.rows();
    int[] ordinals = page.metadataOrdinals();
    long sum = 0;
    for (int i = 0; i < rows.count(); i++) {
      int ordinal = ordinals[selected[i]];
      if (metadataBytes[ordinal] < 0) {
        int bytes = 0;
        for (Label label : page.metadata(ordinal).sorted()) {
          bytes += label.name().length() + label.value().length();
        }
        metadataBytes[ordinal] = bytes;
      }
      sum += metadataBytes[ordinal];
    }
    return sum;
  }
}
