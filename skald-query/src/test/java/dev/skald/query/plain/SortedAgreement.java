package dev.skald.query.plain;

import dev.skald.logql.syntax.Field;
import dev.skald.logql.syntax.Ordering;
import dev.skald.logql.syntax.SortKey;
import dev.skald.model.QueryResult.Streams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the answer of a log query with an order (docs/language/extensions.md, Order). What keys
 * leave open goes by time and stream; what these leave open, by anything.
 */
final class SortedAgreement {
  private final Ordering ordering;

  private SortedAgreement(Ordering ordering) {
    this.ordering = ordering;
  }

  /**
   * What is wrong with the answer; empty if nothing is.
   *
   * @param rows all rows
   * @param limit the request's; the order may have a smaller one
   */
  static String difference(Ordering ordering, List<PlainRow> rows, int limit, Streams answer) {
    int most = Math.min(limit, ordering.limit().orElse(Integer.MAX_VALUE));
    return new SortedAgreement(ordering).difference(rows, most, Seen.all(answer));
  }

  private String difference(List<PlainRow> rows, int limit, List<Seen> found) {
    Set<Seen> shown = new HashSet<>(); // entries that stages made alike are shown once
    List<PlainRow> expected =
        rows.stream().sorted(this::compare).filter(row -> shown.add(Seen.of(row))).toList();
    if (found.size() != Math.min(limit, expected.size())) {
      return "entries: " + found.size() + " expected: " + Math.min(limit, expected.size());
    }
    for (int from = 0; from < found.size(); ) {
      int to = from + 1;
      while (to < expected.size() && compare(expected.get(from), expected.get(to)) == 0) {
        to++;
      }
      Map<Seen, Integer> equals = new HashMap<>();
      expected.subList(from, to).forEach(row -> equals.merge(Seen.of(row), 1, Integer::sum));
      for (Seen seen : found.subList(from, Math.min(to, found.size()))) {
        if (equals.merge(seen, -1, Integer::sum) < 0) {
          return "not in place "
              + from
              + ": "
              + seen
              + " expected: "
              + new ArrayList<>(equals.keySet());
        }
      }
      from = to;
    }
    return "";
  }

  private int compare(PlainRow a, PlainRow b) {
    for (SortKey key : ordering.keys()) {
      int order =
          switch (key.field()) {
            case Field.Label(String name) ->
                PlainOrder.of(a.get(name)).compare(PlainOrder.of(b.get(name)), key.order());
            case Field.EntryTime _ ->
                key.order() == SortKey.Order.ASCENDING ? byTime(a, b) : byTime(b, a);
            case Field.Line _, Field.Value _ ->
                throw new IllegalArgumentException("no key of logs");
          };
      if (order != 0) {
        return order;
      }
    }
    boolean isByTimeAlone =
        ordering.keys().size() == 1
            && ordering.keys().getFirst().field() instanceof Field.EntryTime;
    if (isByTimeAlone) {
      return 0;
    }
    int byTime = byTime(a, b);
    return byTime != 0 ? byTime : a.entry.stream().compareTo(b.entry.stream());
  }

  private static int byTime(PlainRow a, PlainRow b) {
    return Long.compare(a.entry.epochNanos(), b.entry.epochNanos());
  }
}
