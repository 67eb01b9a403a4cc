package dev.skald.logql.engine;

import static dev.skald.logql.engine.EngineFixture.SECOND;
import static dev.skald.logql.engine.Extended.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.error.SkaldException;
import dev.skald.logql.engine.MemoryPages.Row;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.model.Direction;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.ResultStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Orders that a log query asks for itself. */
final class OrderByTest {
  private static final Labels A = Labels.of("app", "a");
  private static final Labels B = Labels.of("app", "b");
  private static final MemoryPages PAGES =
      Extended.pages(
          line(A, 1, "n=9 who=ann"),
          line(B, 2, "n=10 who=bob"),
          line(A, 3, "who=cid"),
          line(B, 4, "n=1a who=dan"),
          line(A, 5, "n=9.0 who=eve"));

  /** What follows the selector and {@code logfmt}, and the answer's {@code who}. */
  record Case(String order, String who) {}

  static List<Case> cases() {
    return List.of(
        new Case("| order by timestamp asc", "ann bob cid dan eve"),
        new Case("| order by timestamp", "ann bob cid dan eve"),
        new Case("| sort by __timestamp__ desc", "eve dan cid bob ann"),
        new Case("| ORDER BY timestamp DESC | limit 2", "eve dan"),
        new Case("| order by timestamp | head 2", "ann bob"),
        // numbers before texts, entries without the label last, equal numbers by time
        new Case("| order by n", "ann eve bob dan cid"),
        new Case("| order by n desc", "dan bob ann eve cid"),
        new Case("| order by n desc, who desc", "dan bob eve ann cid"),
        new Case("| order by app desc, timestamp desc", "dan bob eve cid ann"),
        new Case("| order by who desc | limit 3", "eve dan cid"),
        new Case("| order by \"timestamp\", who desc", "eve dan cid bob ann"),
        new Case("| order by nothing", "ann bob cid dan eve"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void entriesComeInThatOrder(Case c) {
    String query = "{app=~\".+\"} | logfmt " + c.order();
    for (Direction direction : Direction.values()) {
      String lines = Extended.lines(query, PAGES, 0, Extended.END, direction);
      assertEquals(c.who(), lines.replaceAll("[^,]*who=", "").replace(",", " "));
    }
  }

  @Test
  void theRequestsLimitHoldsToo() {
    QueryParams params =
        new QueryParams(QueryParams.Kind.RANGE, 0, Extended.END, 0, 0, 2, Direction.BACKWARD);
    String query = "{app=~\".+\"} | logfmt | order by who | limit 4";
    QueryResult.Streams answer = (QueryResult.Streams) EngineFixture.extended(query, params, PAGES);
    assertEquals(List.of(A, B), answer.streams().stream().map(ResultStream::stream).toList());
    assertEquals(QueryResult.Streams.Order.AS_GIVEN, answer.order());
  }

  /** Against sorting everything; pages cut at random. */
  @Test
  void theFirstOfManyAreFound() {
    long seed = 20_260_107;
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      List<Row> rows = new ArrayList<>();
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        int number = random.nextInt(100_000);
        numbers.add(number);
        rows.add(new Row(random.nextBoolean() ? A : B, i * SECOND, "n=" + number));
      }
      numbers.sort(Collections.reverseOrder());
      List<String> expected = numbers.subList(0, 20).stream().map(n -> "n=" + n).toList();
      assertEquals(
          String.join(", ", expected),
          Extended.lines(
              "{app=~\".+\"} | logfmt | order by n desc | limit 20",
              MemoryPages.split(rows, random)),
          "seed " + seed + " round " + round);
    }
  }

  @Test
  void intervalsGoWithTimeAlone() {
    QueryParams params =
        new QueryParams(QueryParams.Kind.RANGE, 0, Extended.END, 0, SECOND, 10, Direction.BACKWARD);
    assertThrows(
        SkaldException.class,
        () -> EngineFixture.extended("{app=\"a\"} | order by app", params, PAGES));
    EngineFixture.extended("{app=\"a\"} | order by timestamp", params, PAGES);
  }

  /** LogQL takes these words as label names. */
  @Test
  void theWordsAreLabelsElsewhere() {
    assertEquals("", Extended.lines("{app=\"a\"} | order = \"x\"", PAGES));
    assertEquals("", Extended.lines("{app=\"a\"} | limit > 5 | sort = \"x\"", PAGES));
  }

  /** A text and what is wrong with it. */
  record Refusal(String query, String message) {}

  static List<Refusal> refusals() {
    return List.of(
        new Refusal(
            "{app=\"a\"} | order by timestamp | json",
            "parse error at line 1, col 32: syntax error: unexpected |"),
        new Refusal(
            "{app=\"a\"} | order by timestamp | limit 0",
            "parse error at line 1, col 40: not a limit between 1 and 2147483647: 0"),
        new Refusal(
            "{app=\"a\"} | limit 5",
            "parse error at line 1, col 19: syntax error: unexpected NUMBER"),
        new Refusal(
            "rate({app=\"a\"} | order by timestamp [5m])",
            "parse error at line 1, col 24: syntax error: unexpected by"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void orderIsTheLastStageOfALogQuery(Refusal refusal) {
    LogqlSyntaxException e =
        assertThrows(LogqlSyntaxException.class, () -> Extended.lines(refusal.query(), PAGES));
    assertEquals(refusal.message(), e.getMessage());
  }
}
