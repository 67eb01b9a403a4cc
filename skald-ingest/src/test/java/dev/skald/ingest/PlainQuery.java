package dev.skald.ingest;

import dev.skald.ingest.MemoryStore.Stored;
import dev.skald.model.Label;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Just enough of a query to look at what a push stored: {@code {a="b", c!=""}}, then {@code |=
 * "text"} or {@code | n > 2} at most.
 */
final class PlainQuery {
  private PlainQuery() {}

  /** Time and line. */
  record Row(long timestampEpochNanos, String line) {}

  /** By all labels of a row, stream labels and metadata, as the reference shows them flat. */
  static Map<Map<String, String>, List<Row>> run(
      String query, List<Stored> entries, long start, long end, int limit, boolean backward) {
    int brace = query.indexOf('}');
    String rest = query.substring(brace + 1).trim();
    List<Stored> found = new ArrayList<>();
    for (Stored stored : entries) {
      long time = stored.entry().timestampEpochNanos();
      if (time >= start
          && time < end
          && selects(query.substring(1, brace), stored)
          && passes(rest, stored)) {
        found.add(stored);
      }
    }
    Comparator<Stored> byTime = Comparator.comparingLong(s -> s.entry().timestampEpochNanos());
    found.sort(backward ? byTime.reversed() : byTime);
    Map<Map<String, String>, List<Row>> series = new LinkedHashMap<>();
    for (Stored stored : found.subList(0, Math.min(limit, found.size()))) {
      series
          .computeIfAbsent(flat(stored), labels -> new ArrayList<>())
          .add(new Row(stored.entry().timestampEpochNanos(), stored.entry().line()));
    }
    return series;
  }

  private static boolean selects(String matchers, Stored stored) {
    for (String matcher : matchers.split(", ", -1)) {
      int sign = matcher.indexOf('=');
      boolean not = matcher.charAt(sign - 1) == '!';
      String name = matcher.substring(0, not ? sign - 1 : sign);
      String value = unquoted(matcher.substring(sign + 1));
      if (stored.labels().get(name).equals(value) == not) {
        return false;
      }
    }
    return true;
  }

  private static boolean passes(String stage, Stored stored) {
    if (stage.isEmpty()) {
      return true;
    }
    if (stage.startsWith("|= ")) {
      return stored.entry().line().contains(unquoted(stage.substring(3)));
    }
    String[] words = stage.split(" ", -1);
    if (words.length == 4 && words[2].equals(">")) {
      String value = stored.entry().structuredMetadata().get(words[1]);
      return Long.parseLong(value) > Long.parseLong(words[3]);
    }
    throw new IllegalArgumentException("not plain: " + stage);
  }

  private static String unquoted(String text) {
    return text.substring(1, text.length() - 1);
  }

  private static Map<String, String> flat(Stored stored) {
    Map<String, String> all = new TreeMap<>();
    for (Label label : stored.labels().sorted()) {
      all.put(label.name(), label.value());
    }
    for (Label label : stored.entry().structuredMetadata().sorted()) {
      String name = stored.labels().has(label.name()) ? label.name() + "_extracted" : label.name();
      all.put(name, label.value());
    }
    return all;
  }
}
