package dev.skald.logql.engine;

import dev.skald.logql.engine.MemoryPages.Row;
import dev.skald.model.Direction;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import dev.skald.model.Series;
import java.util.List;
import java.util.stream.Collectors;

/** Short ways to ask in Skald's dialect, and answers as texts. Times are whole seconds. */
final class Extended {
  /** After all entries that tests have. */
  static final long END = 3000 * EngineFixture.SECOND;

  private Extended() {}

  static Row line(Labels stream, long second, String line) {
    return new Row(stream, second * EngineFixture.SECOND, line);
  }

  static MemoryPages pages(Row... rows) {
    return MemoryPages.single(List.of(rows));
  }

  /** All lines, oldest first. */
  static String lines(String query, LogSource source) {
    return lines(query, source, 0, END, Direction.FORWARD);
  }

  /** Lines in the order of the answer, with commas between them. */
  static String lines(String query, LogSource source, long start, long end, Direction direction) {
    QueryParams params = new QueryParams(QueryParams.Kind.RANGE, start, end, 0, 0, 100, direction);
    QueryResult.Streams answer =
        (QueryResult.Streams) EngineFixture.extended(query, params, source);
    List<ResultEntry> entries =
        answer.streams().stream()
            .map(ResultStream::entries)
            .flatMap(List::stream)
            .collect(Collectors.toList());
    if (answer.order() == QueryResult.Streams.Order.BY_LABELS) {
      entries.sort((a, b) -> Long.compare(a.timestampEpochNanos(), b.timestampEpochNanos()));
    }
    return entries.stream().map(ResultEntry::line).collect(Collectors.joining(", "));
  }

  /** Series of an instant query at {@link #END}, over the hour before. */
  static String vector(String query, LogSource source) {
    QueryParams params =
        new QueryParams(
            QueryParams.Kind.INSTANT,
            END - 3600 * EngineFixture.SECOND,
            END,
            0,
            0,
            100,
            Direction.BACKWARD);
    return text(((QueryResult.Vector) EngineFixture.extended(query, params, source)).series());
  }

  /** {@code {a="b"} => 1.0; …} in the order of the answer. */
  static String text(List<Series> series) {
    return series.stream()
        .map(one -> one.labels() + " => " + one.samples().getFirst().value())
        .collect(Collectors.joining("; "));
  }
}
