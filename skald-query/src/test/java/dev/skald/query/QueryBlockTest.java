package dev.skald.query;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.Dialect;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class QueryBlockTest {
  private static final String TICK = "{app=\"tick\"}";
  private static final String RATE = "sum(rate({app=\"owner\"}[5m]))";

  record Case(BlockedQuery rule, String query, Map<String, String> tags) {}

  private static BlockedQuery rule(String pattern, boolean isRegex) {
    return new BlockedQuery(pattern, isRegex, 0, List.of(), Map.of());
  }

  private static BlockedQuery of(BlockedQuery.Kind kind) {
    return new BlockedQuery("", false, 0, List.of(kind), Map.of());
  }

  private static Case plain(BlockedQuery rule, String query) {
    return new Case(rule, query, Map.of());
  }

  static Stream<Case> blocked() {
    BlockedQuery tagged =
        new BlockedQuery(TICK, false, 0, List.of(), Map.of("source", "bad", "user", "x"));
    return Stream.of(
        plain(rule(TICK, false), TICK),
        plain(rule(TICK, false), " " + TICK + "\n"),
        plain(rule("", false), RATE),
        plain(rule("rate.*owner", true), RATE),
        plain(new BlockedQuery("", false, QueryBlock.hash(TICK), List.of(), Map.of()), TICK),
        plain(of(BlockedQuery.Kind.METRIC), RATE),
        plain(of(BlockedQuery.Kind.LIMITED), TICK),
        plain(of(BlockedQuery.Kind.FILTER), TICK + " |= \"x\""),
        new Case(tagged, TICK, Map.of("source", "bad", "user", "x", "more", "y")));
  }

  private static void check(List<BlockedQuery> rules, String query, Map<String, String> tags) {
    QueryBlock.check(rules, query, QueryService.parse(query, Dialect.LOKI), tags);
  }

  @ParameterizedTest
  @MethodSource("blocked")
  void refuses(Case one) {
    SkaldException refusal =
        assertThrows(
            SkaldException.class, () -> check(List.of(one.rule()), one.query(), one.tags()));
    assertEquals("query blocked by policy", refusal.getMessage());
  }

  static Stream<Case> open() {
    BlockedQuery tagged = new BlockedQuery(TICK, false, 0, List.of(), Map.of("source", "bad"));
    return Stream.of(
        plain(rule(TICK, false), RATE),
        plain(rule("(", true), RATE),
        plain(new BlockedQuery(TICK, false, 1, List.of(), Map.of()), TICK),
        plain(of(BlockedQuery.Kind.METRIC), TICK),
        plain(of(BlockedQuery.Kind.LIMITED), TICK + " |= \"x\""),
        new Case(tagged, TICK, Map.of("source", "good")));
  }

  @ParameterizedTest
  @MethodSource("open")
  void lets(Case one) {
    assertDoesNotThrow(() -> check(List.of(one.rule()), one.query(), one.tags()));
  }

  @Test
  void theFirstRuleThatFitsDecidesAlone() {
    BlockedQuery elsewhere = new BlockedQuery(TICK, false, 0, List.of(), Map.of("source", "bad"));
    assertDoesNotThrow(() -> check(List.of(elsewhere, rule("", false)), TICK, Map.of()));
  }

  /** Values of the algorithm's authors. */
  @Test
  void hashesAsFnv1() {
    assertEquals(0x811c9dc5L, QueryBlock.hash(""));
    assertEquals(0x050c5d7eL, QueryBlock.hash("a"));
    assertEquals(0x31f0b262L, QueryBlock.hash("foobar"));
  }
}
