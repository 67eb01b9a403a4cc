package dev.skald.query.plain;

import dev.skald.model.Direction;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult.Streams;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares a log query's answer with the plain path's rows (spec logql.md 9). Rows of one time are
 * in order of arrival if stream and metadata are the same, otherwise in any order; the limit may
 * cut anywhere among them.
 */
final class LogAgreement {
  private final List<PlainRow> all;
  private final List<PlainRow> rows;
  private final Direction direction;
  private final int limit;

  /** @param oldestFirst all rows, in order of time and arrival */
  LogAgreement(List<PlainRow> oldestFirst, Direction direction, int limit) {
    this.all = oldestFirst;
    Set<Seen> shown = new HashSet<>(); // entries that stages made alike are shown once
    this.rows =
        (direction == Direction.FORWARD ? oldestFirst : oldestFirst.reversed())
            .stream().filter(row -> shown.add(Seen.of(row))).toList();
    this.direction = direction;
    this.limit = limit;
  }

  private record Place(long epochNanos, PlainEntry.Origin origin) {
    static Place of(PlainRow row) {
      return new Place(row.entry.epochNanos(), row.entry.origin());
    }
  }

  /** What is wrong with the answer; empty if nothing is. */
  String difference(Streams answer) {
    int entries = 0;
    Set<Seen> shown = new LinkedHashSet<>(); // the engine tells apart what differs in error details
    for (ResultStream stream : answer.streams()) {
      for (ResultEntry entry : stream.entries()) {
        shown.add(Seen.of(stream.stream(), entry));
        entries++;
      }
    }
    List<Seen> found = List.copyOf(shown);
    boolean isCut = entries == limit;
    if (entries > limit || (!isCut && found.size() != rows.size())) {
      return "entries: " + entries + " expected: " + Math.min(limit, rows.size());
    }
    String wrong = order(answer);
    wrong = wrong.isEmpty() ? contents(found) : wrong;
    return wrong.isEmpty() ? ties(found) : wrong;
  }

  private String order(Streams answer) {
    for (int i = 1; i < answer.streams().size(); i++) {
      Labels previous = answer.streams().get(i - 1).stream();
      Labels next = answer.streams().get(i).stream();
      if (previous.toString().compareTo(next.toString()) >= 0) {
        return "streams are not in order: " + previous + " before " + next;
      }
    }
    int sign = direction == Direction.FORWARD ? 1 : -1;
    for (ResultStream stream : answer.streams()) {
      for (int i = 1; i < stream.entries().size(); i++) {
        long previous = stream.entries().get(i - 1).timestampEpochNanos();
        if (sign * Long.compare(previous, stream.entries().get(i).timestampEpochNanos()) > 0) {
          return "entries are not in order of time: " + stream.stream();
        }
      }
    }
    return "";
  }

  /** All entries are the plain path's, and those before the time of the last are all there. */
  private String contents(List<Seen> found) {
    Map<Seen, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(Seen.of(row), 1, Integer::sum));
    for (Seen seen : found) {
      if (counts.merge(seen, -1, Integer::sum) < 0) {
        return "not expected: " + seen;
      }
    }
    if (found.size() < rows.size() && !found.isEmpty()) {
      long last = rows.get(found.size() - 1).entry.epochNanos();
      for (PlainRow row : rows.subList(0, found.size())) {
        if (row.entry.epochNanos() != last && counts.get(Seen.of(row)) > 0) {
          return "missing: " + Seen.of(row);
        }
      }
    }
    return "";
  }

  /** Entries that rows of several origins may be have no place of their own. */
  private String ties(List<Seen> found) {
    Map<Place, List<Seen>> places = new LinkedHashMap<>();
    Map<Seen, Place> owners = new HashMap<>();
    List<Place> mixed = new ArrayList<>();
    for (PlainRow row : rows) {
      places.computeIfAbsent(Place.of(row), p -> new ArrayList<>()).add(Seen.of(row));
    }
    for (PlainRow row : all) {
      Place owner = owners.putIfAbsent(Seen.of(row), Place.of(row));
      if (owner != null && !owner.equals(Place.of(row))) {
        mixed.add(owner);
        mixed.add(Place.of(row));
      }
    }
    mixed.forEach(places::remove);
    for (Map.Entry<Place, List<Seen>> place : places.entrySet()) {
      List<Seen> taken = found.stream().filter(s -> place.getKey().equals(owners.get(s))).toList();
      List<Seen> expected = byStream(place.getValue().subList(0, taken.size()));
      if (!byStream(taken).equals(expected)) {
        return "not in order of arrival: " + taken + " expected: " + expected;
      }
    }
    return "";
  }

  /** Stream after stream, as an answer has them; the order within each stays. */
  private static List<Seen> byStream(List<Seen> entries) {
    return entries.stream().sorted((a, b) -> a.stream().compareTo(b.stream())).toList();
  }
}
