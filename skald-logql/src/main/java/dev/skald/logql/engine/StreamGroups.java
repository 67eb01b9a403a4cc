package dev.skald.logql.engine;

import dev.skald.model.Labels;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Groups the entries of a log query's answer (spec logql.md 9). */
final class StreamGroups {
  private StreamGroups() {}

  /**
   * By what is left of the stream's labels. Groups are ordered by label string.
   *
   * @param entries in the order of the answer; groups keep it
   */
  static List<ResultStream> byStream(List<FoundEntry> entries) {
    record Named(String text, ResultStream stream) {}
    Map<Labels, List<ResultEntry>> groups = new HashMap<>();
    for (FoundEntry found : entries) {
      groups.computeIfAbsent(found.stream(), labels -> new ArrayList<>()).add(found.entry());
    }
    List<Named> named = new ArrayList<>(groups.size());
    groups.forEach(
        (labels, group) ->
            named.add(new Named(labels.toString(), new ResultStream(labels, group))));
    named.sort(Comparator.comparing(Named::text));
    return named.stream().map(Named::stream).toList();
  }

  /**
   * Neighbours of the same stream together.
   *
   * @param entries in the order of the answer; runs keep it
   */
  static List<ResultStream> runs(List<FoundEntry> entries) {
    List<ResultStream> runs = new ArrayList<>();
    List<ResultEntry> run = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      run.add(entries.get(i).entry());
      Labels stream = entries.get(i).stream();
      boolean isLast = i + 1 == entries.size() || !entries.get(i + 1).stream().equals(stream);
      if (isLast) {
        runs.add(new ResultStream(stream, run));
        run.clear();
      }
    }
    return runs;
  }
}
