package dev.skald.query.plain;

import dev.skald.logql.engine.QueryParams;
import dev.skald.model.Direction;
import dev.skald.model.QueryResult.Streams;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the answer of a log query with an {@code interval} (spec logql.md 9). Which times are
 * chosen is certain; of the entries of one time it may be the first of any origin.
 */
final class ThinnedAgreement {
  private ThinnedAgreement() {}

  /**
   * What is wrong with the answer; empty if nothing is.
   *
   * @param oldestFirst all rows, in order of time and arrival
   */
  static String difference(List<PlainRow> oldestFirst, QueryParams params, Streams answer) {
    boolean isForward = params.direction() == Direction.FORWARD;
    List<Long> times = new ArrayList<>();
    Map<Long, Set<Seen>> firsts = new HashMap<>();
    Set<List<Object>> places = new HashSet<>();
    for (PlainRow row : isForward ? oldestFirst : oldestFirst.reversed()) {
      long time = row.entry.epochNanos();
      if (times.isEmpty() || Math.abs(time - times.getLast()) >= params.intervalNanos()) {
        times.add(time);
      }
      if (places.add(List.of(time, row.entry.origin()))) {
        firsts.computeIfAbsent(time, t -> new HashSet<>()).add(Seen.of(row));
      }
    }
    List<Seen> found = Seen.all(answer);
    Comparator<Long> byTime = isForward ? Comparator.naturalOrder() : Comparator.reverseOrder();
    List<Long> foundTimes = found.stream().map(Seen::epochNanos).sorted(byTime).toList();
    List<Long> wantedTimes = times.subList(0, Math.min(params.limit(), times.size()));
    if (!foundTimes.equals(wantedTimes)) {
      return "times: " + foundTimes + " expected: " + wantedTimes;
    }
    for (Seen seen : found) {
      if (!firsts.get(seen.epochNanos()).contains(seen)) {
        return "not the first of its time: " + seen;
      }
    }
    return "";
  }
}
