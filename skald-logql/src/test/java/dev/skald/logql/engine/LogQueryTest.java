package dev.skald.logql.engine;

import static dev.skald.logql.engine.EngineFixture.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.MemoryPages.Row;
import dev.skald.model.Direction;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LogQueryTest {
  private static final Labels WEB = Labels.of("app", "web");

  private static QueryParams params(long start, long end, int limit, Direction direction) {
    return new QueryParams(QueryParams.Kind.RANGE, start, end, 0, 0, limit, direction);
  }

  private static List<ResultStream> ask(String query, QueryParams params, LogSource source) {
    return ((QueryResult.Streams) EngineFixture.range(query, params, source)).streams();
  }

  private static List<String> lines(List<ResultStream> streams) {
    return streams.stream().flatMap(s -> s.entries().stream()).map(ResultEntry::line).toList();
  }

  @Test
  void startIsInAndEndIsOut() {
    MemoryPages pages =
        MemoryPages.single(
            List.of(
                new Row(WEB, 9, "before"),
                new Row(WEB, 10, "start"),
                new Row(WEB, 19, "last"),
                new Row(WEB, 20, "end")));
    assertEquals(
        List.of("start", "last"),
        lines(ask("{app=\"web\"}", params(10, 20, 100, Direction.FORWARD), pages)));
  }

  @Test
  void entriesOfOneTimeComeAsTheyArrived() {
    MemoryPages pages =
        MemoryPages.of(
            List.of(
                List.of(new Row(WEB, 10, "a"), new Row(WEB, 10, "b")),
                List.of(new Row(WEB, 10, "c"), new Row(WEB, 10, "d"))));
    assertEquals(
        List.of("a", "b", "c", "d"),
        lines(ask("{app=\"web\"}", params(0, 20, 100, Direction.FORWARD), pages)));
    assertEquals(
        List.of("d", "c", "b", "a"),
        lines(ask("{app=\"web\"}", params(0, 20, 100, Direction.BACKWARD), pages)));
    assertEquals(
        List.of("d", "c", "b"),
        lines(ask("{app=\"web\"}", params(0, 20, 3, Direction.BACKWARD), pages)));
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void pagesThatCannotMatterAreNotRead(Direction direction) {
    List<List<Row>> hours = new ArrayList<>();
    for (int hour = 0; hour < 50; hour++) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        rows.add(new Row(WEB, (hour * 60L + i) * SECOND, "line " + i));
      }
      hours.add(rows);
    }
    MemoryPages pages = MemoryPages.of(hours);
    List<String> found =
        lines(ask("{app=\"web\"} |= \"line\"", params(0, 1L << 60, 70, direction), pages));
    assertEquals(70, found.size());
    // Two pages hold 70; each of two workers may have begun one more.
    assertTrue(pages.reads() <= 4, "pages read: " + pages.reads());
  }

  @Test
  void streamsKeepTheirCategories() {
    MemoryPages pages =
        MemoryPages.single(
            List.of(
                new Row(WEB, 10, "{\"status\":\"200\"}", Labels.of("user", "u1")),
                new Row(WEB, 11, "{\"status\":\"500\"}", Labels.of("user", "u2")),
                new Row(Labels.of("app", "web", "env", "dev"), 12, "{\"status\":\"200\"}")));
    List<ResultStream> streams =
        ask("{app=\"web\"} | json", params(0, 20, 100, Direction.FORWARD), pages);
    assertEquals(
        List.of(
            new ResultStream(
                WEB,
                List.of(
                    new ResultEntry(
                        10,
                        "{\"status\":\"200\"}",
                        Labels.of("user", "u1"),
                        Labels.of("status", "200")),
                    new ResultEntry(
                        11,
                        "{\"status\":\"500\"}",
                        Labels.of("user", "u2"),
                        Labels.of("status", "500")))),
            new ResultStream(
                Labels.of("app", "web", "env", "dev"),
                List.of(
                    new ResultEntry(
                        12, "{\"status\":\"200\"}", Labels.EMPTY, Labels.of("status", "200"))))),
        sortedByString(streams));
    List<ResultStream> complete = CompleteStreams.of(streams, Direction.FORWARD);
    assertEquals(
        List.of(
            "{app=\"web\", env=\"dev\", status=\"200\"}",
            "{app=\"web\", status=\"200\", user=\"u1\"}",
            "{app=\"web\", status=\"500\", user=\"u2\"}"),
        complete.stream().map(stream -> stream.stream().toString()).toList());
  }

  private static List<ResultStream> sortedByString(List<ResultStream> streams) {
    List<ResultStream> sorted = new ArrayList<>(streams);
    sorted.sort((a, b) -> Integer.compare(a.stream().size(), b.stream().size()));
    return sorted;
  }

  @Test
  void completeStreamsOfEqualLabelsBecomeOne() {
    ResultStream parsed =
        new ResultStream(
            WEB,
            List.of(
                new ResultEntry(5, "e", Labels.EMPTY, Labels.of("env", "dev")),
                new ResultEntry(1, "a", Labels.EMPTY, Labels.of("env", "dev"))));
    ResultStream stored =
        new ResultStream(
            Labels.of("app", "web", "env", "dev"),
            List.of(new ResultEntry(3, "c", Labels.EMPTY, Labels.EMPTY)));
    assertEquals(
        List.of("e", "c", "a"),
        lines(CompleteStreams.of(List.of(parsed, stored), Direction.BACKWARD)));
  }

  /** Against a plain walk over all entries in order. */
  @Test
  void intervalSkipsWhatIsTooNear() {
    long seed = 99;
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      List<Row> rows = new ArrayList<>();
      List<Long> times = new ArrayList<>();
      for (int i = random.nextInt(200); i > 0; i--) {
        long time = random.nextInt(1000);
        rows.add(new Row(WEB, time, "n" + i));
        times.add(time);
      }
      int interval = 1 + random.nextInt(50);
      int limit = 1 + random.nextInt(20);
      Direction direction = random.nextBoolean() ? Direction.FORWARD : Direction.BACKWARD;
      times.sort(direction == Direction.FORWARD ? Long::compare : (a, b) -> Long.compare(b, a));
      List<Long> expected = new ArrayList<>();
      for (long time : times) {
        boolean far = expected.isEmpty() || Math.abs(time - expected.getLast()) >= interval;
        if (far && expected.size() < limit) {
          expected.add(time);
        }
      }
      QueryParams params =
          new QueryParams(QueryParams.Kind.RANGE, 0, 1000, 0, interval, limit, direction);
      List<Long> actual =
          ask("{app=\"web\"}", params, MemoryPages.split(rows, random)).stream()
              .flatMap(stream -> stream.entries().stream())
              .map(ResultEntry::timestampEpochNanos)
              .toList();
      assertEquals(expected, actual, "seed " + seed + " round " + round);
    }
  }

  @Test
  void anInstantLogQueryIsRefused() {
    SkaldException e =
        assertThrows(
            SkaldException.class,
            () -> EngineFixture.instant("{app=\"web\"}", 10, MemoryPages.single(List.of())));
    assertEquals(ErrorKind.BAD_REQUEST, e.kind());
    assertEquals(
        "log queries are not supported as an instant query type, please change your query to a"
            + " range query type",
        e.getMessage());
  }

  @Test
  void nothingFoundIsAnEmptyList() {
    MemoryPages none = MemoryPages.single(List.of());
    assertEquals(List.of(), ask("{app=\"web\"}", params(0, 20, 100, Direction.FORWARD), none));
    assertEquals(
        new QueryResult.Matrix(List.of()),
        EngineFixture.range("rate({app=\"web\"}[1m])", EngineFixture.range(0, 60, 10), none));
    assertEquals(
        new QueryResult.Vector(List.of()),
        EngineFixture.instant("sum(rate({app=\"web\"}[1m]))", 60, none));
  }
}
