package dev.skald.protocol.query;

import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.QueryStats;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The answer of {@code /api/prom/query} (spec http-api.md 3.17). */
public final class LegacyStreams {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** As Go's RFC3339Nano: as many digits as there are. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendLiteral('Z')
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private LegacyStreams() {}

  /** Entries by their complete label set. */
  public static byte[] write(QueryResult.Streams result, QueryStats stats) throws IOException {
    Map<String, List<Object>> streams = new LinkedHashMap<>();
    for (ResultStream stream : result.streams()) {
      for (ResultEntry entry : stream.entries()) {
        streams
            .computeIfAbsent(complete(stream.stream(), entry).toString(), l -> new ArrayList<>())
            .add(entry(entry));
      }
    }
    List<Object> list = new ArrayList<>();
    streams.forEach(
        (labels, entries) -> {
          Map<String, Object> stream = new LinkedHashMap<>();
          stream.put("labels", labels);
          stream.put("entries", entries);
          list.add(stream);
        });
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("streams", list);
    body.put("stats", stats);
    return JsonTreeWriter.write(body);
  }

  private static Map<String, Object> entry(ResultEntry entry) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("ts", time(entry.timestampEpochNanos()));
    members.put("line", entry.line());
    return members;
  }

  /** {@code 2026-11-01T01:41:40.00000007Z}. */
  static String time(long epochNanos) {
    return TIME.format(
        Instant.ofEpochSecond(
            Math.floorDiv(epochNanos, NANOS_PER_SECOND),
            Math.floorMod(epochNanos, NANOS_PER_SECOND)));
  }

  private static Labels complete(Labels stream, ResultEntry entry) {
    Map<String, String> all = new HashMap<>();
    for (Labels labels : List.of(stream, entry.structuredMetadata(), entry.parsed())) {
      for (Label label : labels.sorted()) {
        all.put(label.name(), label.value());
      }
    }
    return Labels.of(all);
  }
}
