package dev.skald.logql.syntax;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries that people have written in documents; those in another language are left out. */
final class SeedQueriesTest {
  /**
   * @param error what the reference says; empty if it takes the query
   */
  record Seed(String id, String query, String error) {}

  static List<Seed> seeds() throws IOException {
    List<Seed> seeds = new ArrayList<>();
    for (String line : RecordedCase.resource("seeds/queries.jsonl").split("\n")) {
      Map<String, Object> members = JsonTree.object(JsonTree.parse(line));
      if (!"promql".equals(members.get("kind"))) {
        seeds.add(
            new Seed(
                JsonTree.text(members, "id"),
                JsonTree.text(members, "query"),
                (String) members.getOrDefault("loki_error", "")));
      }
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void answersAsTheReference(Seed seed) {
    if (seed.error().isEmpty()) {
      assertDoesNotThrow(() -> LogqlParser.parse(seed.query()));
    } else {
      LogqlSyntaxException e =
          assertThrows(LogqlSyntaxException.class, () -> LogqlParser.parse(seed.query()));
      assertEquals(seed.error(), e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void allAreQueriesOfSkaldsDialect(Seed seed) {
    Expr parsed = LogqlParser.parse(seed.query(), TemplateCheck.NONE, Dialect.SKALD);
    String printed = LogqlPrinter.print(parsed);
    Expr again = LogqlParser.parse(printed, TemplateCheck.NONE, Dialect.SKALD);
    assertEquals(printed, LogqlPrinter.print(again));
  }
}
