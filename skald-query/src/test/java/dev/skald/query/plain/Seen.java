package dev.skald.query.plain;

import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult.Streams;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import java.util.ArrayList;
import java.util.List;

/** What is seen of an entry; the wording of error details is not compared. */
record Seen(Labels stream, long epochNanos, String line, Labels metadata, Labels parsed) {
  static Seen of(PlainRow row) {
    return new Seen(
        row.streamLabels(),
        row.entry.epochNanos(),
        row.line,
        row.metadataLabels(),
        withoutDetails(row.parsedLabels()));
  }

  static Seen of(Labels stream, ResultEntry entry) {
    return new Seen(
        stream,
        entry.timestampEpochNanos(),
        entry.line(),
        entry.structuredMetadata(),
        withoutDetails(entry.parsed()));
  }

  /** Of an answer, stream after stream. */
  static List<Seen> all(Streams answer) {
    List<Seen> all = new ArrayList<>();
    for (ResultStream stream : answer.streams()) {
      stream.entries().forEach(entry -> all.add(of(stream.stream(), entry)));
    }
    return all;
  }

  private static Labels withoutDetails(Labels labels) {
    List<Label> left = new ArrayList<>(labels.sorted());
    left.removeIf(label -> label.name().equals(PlainRow.DETAILS));
    return new Labels(left);
  }
}
