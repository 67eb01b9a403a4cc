package dev.skald.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.grep.RegexFilter;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LiteralChoiceTest {
  record Case(String expression, Set<String> values) {}

  static Stream<Case> choices() {
    return Stream.of(
        new Case("", Set.of("")),
        new Case("web", Set.of("web")),
        new Case("web|db", Set.of("web", "db")),
        new Case("web|", Set.of("web", "")),
        new Case("a\\.b|c\\|d|e\\\\f", Set.of("a.b", "c|d", "e\\f")),
        new Case("ä b|日本", Set.of("ä b", "日本")));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void isRead(Case one) {
    assertEquals(Optional.of(one.values()), LiteralChoice.of(one.expression()));
  }

  @Test
  void anythingElseIsLeftToTheExpression() {
    for (String expression :
        List.of("a.b", "a*", "(a|b)", "[ab]", "a\\d", "a\\", "^a", "a$", "a{2}", "a?", "😀|a")) {
      assertEquals(Optional.empty(), LiteralChoice.of(expression), expression);
    }
  }

  @Test
  void matchesWhatTheExpressionMatches() {
    Random random = new Random(11);
    String alphabet = "ab|.\\-";
    for (int round = 0; round < 5_000; round++) {
      String expression = text(random, alphabet);
      String value = text(random, "ab|.-");
      LiteralChoice.of(expression)
          .ifPresent(
              values ->
                  assertEquals(
                      RegexFilter.compile(expression, RegexFilter.Anchor.WHOLE).matches(value),
                      values.contains(value),
                      () -> "seed 11: " + expression + " on " + value));
    }
  }

  private static String text(Random random, String alphabet) {
    return random
        .ints(random.nextInt(6), 0, alphabet.length())
        .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
        .collect(Collectors.joining());
  }

  @Test
  void aMatcherMayListThousandsOfValues() {
    String many =
        IntStream.range(0, 6_000).mapToObj(i -> "pod-" + i).collect(Collectors.joining("|"));
    MatcherTest in = MatcherTest.of(new Matcher("pod", Matcher.Op.REGEX, many));
    assertTrue(in.test("pod-5999"));
    assertFalse(in.test("pod-6000"));
    MatcherTest out = MatcherTest.of(new Matcher("pod", Matcher.Op.NOT_REGEX, many));
    assertFalse(out.test("pod-0"));
    assertTrue(out.test(""));
  }
}
