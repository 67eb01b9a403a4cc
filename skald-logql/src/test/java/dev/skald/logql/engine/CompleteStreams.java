package dev.skald.logql.engine;

import dev.skald.model.Direction;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log query's answer as clients without the {@code categorize-labels} flag get it. */
final class CompleteStreams {
  private CompleteStreams() {}

  /**
   * Groups anew by all labels: stream, structured metadata and parsed. Entries keep their order;
   * they have no labels of their own any more.
   *
   * @param direction that of the query; decides where entries of different streams become one
   */
  static List<ResultStream> of(List<ResultStream> streams, Direction direction) {
    Map<Labels, List<ResultEntry>> groups = new HashMap<>();
    for (ResultStream stream : streams) {
      for (ResultEntry entry : stream.entries()) {
        Labels all = merged(stream.stream(), entry);
        groups
            .computeIfAbsent(all, labels -> new ArrayList<>())
            .add(
                new ResultEntry(
                    entry.timestampEpochNanos(), entry.line(), Labels.EMPTY, Labels.EMPTY));
      }
    }
    Comparator<ResultEntry> byTime = Comparator.comparingLong(ResultEntry::timestampEpochNanos);
    for (List<ResultEntry> entries : groups.values()) {
      entries.sort(direction == Direction.FORWARD ? byTime : byTime.reversed());
    }
    return byLabelString(groups);
  }

  private static List<ResultStream> byLabelString(Map<Labels, List<ResultEntry>> groups) {
    record Named(String text, ResultStream stream) {}
    List<Named> named = new ArrayList<>(groups.size());
    groups.forEach(
        (labels, entries) ->
            named.add(new Named(labels.toString(), new ResultStream(labels, entries))));
    named.sort(Comparator.comparing(Named::text));
    return named.stream().map(Named::stream).toList();
  }

  /** A higher layer hides the name in lower ones. */
  private static Labels merged(Labels stream, ResultEntry entry) {
    if (entry.structuredMetadata().isEmpty() && entry.parsed().isEmpty()) {
      return stream;
    }
    Map<String, String> all = new HashMap<>();
    for (Labels layer : List.of(stream, entry.structuredMetadata(), entry.parsed())) {
      for (Label label : layer.sorted()) {
        all.put(label.name(), label.value());
      }
    }
    return Labels.of(all);
  }
}
