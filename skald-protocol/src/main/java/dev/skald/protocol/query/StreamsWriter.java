package dev.skald.protocol.query;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skald.model.Direction;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Entries of a log query. Without {@code categorize-labels} they are grouped by the complete label set (stream, structured
 * metadata, parsed); with it by what is left of the stream's labels, and each entry carries the other two.
 */
final class StreamsWriter {
  private StreamsWriter() {}

  /** Entries of one group; from several result streams only where stages took labels away. */
  private static final class Group {
    final Labels labels;
    final List<ResultEntry> entries = new ArrayList<>();
    int sources;

    Group(Labels labels) {
      this.labels = labels;
    }
  }

  static void write(JsonGenerator json, QueryResult.Streams answer, ResponseFormat format)
      throws IOException {
    json.writeStartArray();
    for (Group group : groups(answer, format)) {
      json.writeStartObject();
      json.writeFieldName("stream");
      QueryResultWriter.writeLabels(json, group.labels);
      json.writeArrayFieldStart("values");
      for (ResultEntry entry : group.entries) {
        writeEntry(json, entry, format.categorizesLabels());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void writeEntry(JsonGenerator json, ResultEntry entry, boolean categorized)
      throws IOException {
    json.writeStartArray();
    json.writeString(Long.toString(entry.timestampEpochNanos()));
    json.writeString(entry.line());
    if (categorized) {
      json.writeStartObject();
      if (!entry.structuredMetadata().isEmpty()) {
        json.writeFieldName("structuredMetadata");
        QueryResultWriter.writeLabels(json, entry.structuredMetadata());
      }
      if (!entry.parsed().isEmpty()) {
        json.writeFieldName("parsed");
        QueryResultWriter.writeLabels(json, entry.parsed());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static List<Group> groups(QueryResult.Streams answer, ResponseFormat format) {
    Map<Labels, Group> byLabels = new LinkedHashMap<>();
    for (ResultStream stream : answer.streams()) {
      Set<Group> touched = new HashSet<>();
      for (ResultEntry entry : stream.entries()) {
        Labels labels = stream.stream();
        if (!format.categorizesLabels()) {
          labels = complete(stream.stream(), entry);
        }
        Group group = byLabels.computeIfAbsent(labels, Group::new);
        if (touched.add(group)) {
          group.sources++;
        }
        group.entries.add(entry);
      }
    }
    return switch (answer.order()) {
      case AS_GIVEN -> List.copyOf(byLabels.values());
      case BY_LABELS -> sorted(byLabels.values(), format);
    };
  }

  private static List<Group> sorted(Collection<Group> groups, ResponseFormat format) {
    Comparator<ResultEntry> byTime = Comparator.comparingLong(ResultEntry::timestampEpochNanos);
    TreeMap<String, Group> ordered = new TreeMap<>();
    for (Group group : groups) {
      if (group.sources > 1) {
        group.entries.sort(format.direction() == Direction.FORWARD ? byTime : byTime.reversed());
      }
      ordered.put(group.labels.toString(), group);
    }
    return List.copyOf(ordered.values());
  }

  /** All labels of an entry; of one name the parsed one wins, then structured metadata. */
  static Labels complete(Labels stream, ResultEntry entry) {
    if (entry.structuredMetadata().isEmpty() && entry.parsed().isEmpty()) {
      return stream;
    }
    Map<String, String> all = new HashMap<>();
    for (Labels labels : List.of(stream, entry.structuredMetadata(), entry.parsed())) {
      for (Label label : labels.sorted()) {
        all.put(label.name(), label.value());
      }
    }
    return Labels.of(all);
  }
}
