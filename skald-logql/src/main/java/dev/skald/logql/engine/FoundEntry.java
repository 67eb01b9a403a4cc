package dev.skald.logql.engine;

import dev.skald.logql.pipeline.RowBatch;
import dev.skald.logql.pipeline.RowLabels;
import dev.skald.model.Direction;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Page;
import dev.skald.model.ResultEntry;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * An entry that passed the pipeline, with what decides its place in the answer.
 *
 * @param source labels of the stream as stored
 * @param pageOrder {@link dev.skald.model.PageRef#order}
 * @param stream what the pipeline left of the stream's labels
 */
record FoundEntry(Labels source, long pageOrder, int row, Labels stream, ResultEntry entry) {
  /** Objects of an entry, its strings' headers and its places in lists. */
  private static final int OVERHEAD_BYTES = 240;

  /** Of one stream and time, by arrival. */
  private static final Comparator<FoundEntry> ARRIVAL =
      Comparator.comparingLong(FoundEntry::pageOrder).thenComparingInt(FoundEntry::row);

  /**
   * Order of the answer (spec logql.md 9): by time, of one time by stream, of one stream by
   * arrival. Backward turns times and arrival around, and leaves streams. Does not depend on which
   * pages hold the entries, as long as pages keep the order of arrival.
   */
  static Comparator<FoundEntry> order(Direction direction) {
    Comparator<FoundEntry> byTime =
        Comparator.comparingLong(found -> found.entry.timestampEpochNanos());
    return switch (direction) {
      case FORWARD -> byTime.thenComparing(FoundEntry::source).thenComparing(ARRIVAL);
      case BACKWARD ->
          byTime.reversed().thenComparing(FoundEntry::source).thenComparing(ARRIVAL.reversed());
    };
  }

  /** Makes objects of a row of a batch. */
  static FoundEntry of(Page page, long pageOrder, RowBatch batch, int index) {
    RowLabels labels = batch.labels(index);
    int row = batch.pageRow(index);
    int start = batch.lineStart(index);
    String line =
        new String(
            batch.lineBytes(index), start, batch.lineEnd(index) - start, StandardCharsets.UTF_8);
    return new FoundEntry(
        page.stream(page.streamOrdinals()[row]),
        pageOrder,
        row,
        labels.stream(),
        new ResultEntry(
            batch.timestampEpochNanos(index), line, labels.structuredMetadata(), labels.parsed()));
  }

  /**
   * Memory that the entry takes, about. Stream labels and metadata are shared, parsed labels are
   * its own.
   */
  long bytes() {
    long bytes = OVERHEAD_BYTES + 2L * entry.line().length();
    for (Label label : entry.parsed().sorted()) {
      bytes += 120 + label.name().length() + label.value().length();
    }
    return bytes;
  }
}
