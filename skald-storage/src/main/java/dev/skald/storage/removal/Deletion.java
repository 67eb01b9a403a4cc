package dev.skald.storage.removal;

import dev.skald.model.Labels;
import dev.skald.model.MatcherTest;
import dev.skald.model.Page;
import dev.skald.model.Selection;
import dev.skald.storage.compact.RowRemoval;
import dev.skald.storage.retention.DeleteRequest;
import dev.skald.storage.retention.RowQuery;
import java.util.Arrays;
import java.util.List;

/** A delete request at work: its rows are to go. Safe for concurrent use. */
public final class Deletion implements RowRemoval {
  private final DeleteRequest request;
  private final RowQuery query;
  private final List<MatcherTest> tests;

  Deletion(DeleteRequest request, RowQuery query) {
    this.request = request;
    this.query = query;
    this.tests = query.matchers().stream().map(MatcherTest::of).toList();
  }

  public DeleteRequest request() {
    return request;
  }

  /** Its streams. */
  public List<MatcherTest> tests() {
    return tests;
  }

  /** Whether rows between these times, both inclusive, may be of it. */
  public boolean intersects(long minEpochNanos, long maxEpochNanos) {
    return minEpochNanos <= request.endEpochNanos() && maxEpochNanos >= request.startEpochNanos();
  }

  @Override
  public void keepOthers(Page page, Selection rows) {
    Selection gone = matching(page, rows);
    if (!gone.isEmpty()) {
      int[] rowsGone = gone.rows();
      int count = gone.count();
      rows.keep(row -> Arrays.binarySearch(rowsGone, 0, count, row) < 0);
    }
  }

  /** Those of {@code rows} that are to go; {@code rows} stays as it is. */
  public Selection matching(Page page, Selection rows) {
    long[] times = page.timestampsEpochNanos();
    int[] streamOf = page.streamOrdinals();
    byte[] isOurs = new byte[page.streamCount()]; // 0: not known yet, 1: it is, 2: it is not
    Selection matching = rows.slice(0, rows.count());
    matching.keep(
        row -> {
          if (times[row] < request.startEpochNanos() || times[row] > request.endEpochNanos()) {
            return false;
          }
          int stream = streamOf[row];
          if (isOurs[stream] == 0) {
            isOurs[stream] = (byte) (matches(page.stream(stream)) ? 1 : 2);
          }
          return isOurs[stream] == 1;
        });
    if (!matching.isEmpty()) {
      query.keepMatching(page, matching);
    }
    return matching;
  }

  private boolean matches(Labels labels) {
    for (MatcherTest test : tests) {
      if (!test.test(labels.get(test.matcher().name()))) {
        return false;
      }
    }
    return true;
  }
}
