package dev.skald.storage.removal;

import dev.skald.model.Page;
import dev.skald.model.Selection;
import dev.skald.storage.compact.RowRemoval;
import dev.skald.storage.retention.RetentionRules;
import java.util.Arrays;

/** Rows past their streams' retention at one moment are to go. Safe for concurrent use. */
public record Expiry(RetentionRules rules, long nowEpochNanos) implements RowRemoval {
  private static final long UNKNOWN = Long.MAX_VALUE;

  /** Before it everything is past; rows of streams with shorter periods may be past after it. */
  public long longestCutoff() {
    return RetentionRules.cutoff(nowEpochNanos, rules.longestNanos());
  }

  /** From it on nothing is past. */
  public long shortestCutoff() {
    return RetentionRules.cutoff(nowEpochNanos, rules.shortestNanos());
  }

  @Override
  public void keepOthers(Page page, Selection rows) {
    long[] times = page.timestampsEpochNanos();
    int[] streamOf = page.streamOrdinals();
    long[] cutoffs = new long[page.streamCount()];
    Arrays.fill(cutoffs, UNKNOWN);
    long never = shortestCutoff();
    rows.keep(
        row -> {
          if (times[row] >= never) {
            return true;
          }
          int stream = streamOf[row];
          if (cutoffs[stream] == UNKNOWN) {
            cutoffs[stream] =
                RetentionRules.cutoff(nowEpochNanos, rules.periodNanos(page.stream(stream)));
          }
          return times[row] >= cutoffs[stream];
        });
  }
}
