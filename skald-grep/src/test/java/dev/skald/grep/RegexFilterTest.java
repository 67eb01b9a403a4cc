package dev.skald.grep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.property.ForAll;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegexFilterTest {
  /**
   * Texts that each random expression is asked about. {@code -Dskald.pairs=10000000} makes it ten
   * million pairs.
   */
  private static final int TEXTS = 8;

  private static boolean find(String expression, String text) {
    return RegexFilter.compile(expression, RegexFilter.Anchor.NONE).matches(text);
  }

  @ParameterizedTest
  @CsvSource({
    "(?i)error|exception|failed, a FAILED job, true",
    "(?i)error|exception|failed, all is well, false",
    "(?i)status, \u017ftatu\u017f, true", // the long s folds to s
    "^start, a start, false",
    "end$, the end, true",
    "\\berr\\b, an err here, true",
    "\\berr\\b, an error here, false",
    "status=[45]\\d\\d, status=503, true",
    "a.c, aüc, true",
    "[^a]$, ü, true",
    "x{3}, axxxb, true",
    "(GET|POST) /api/v\\d+/, 'POST /api/v12/x', true",
    "(?s)a.b, 'a\nb', true",
    "a.b, 'a\nb', false",
    "(?m)^b, 'a\nb', true",
    "\\Q[x]\\E, an [x], true",
    "timeout.*(db|cache), a timeout of the db, true",
    "timeout.*(db|cache), 'the db: timeout', false",
    "timeout.*(db|cache), 'timeout\ndb timeout db', true",
    "timeout.*(db|cache), 'timeout\ndb', false",
    "timeout.+db, timeoutdb, false",
    "user-\\d+, user-x user-7, true",
    "https?://\\w+, http://x, true",
    "level=(error|warn), level=warn, true",
  })
  void finds(String expression, String text, boolean expected) {
    assertEquals(expected, find(expression, text));
  }

  @Test
  void matchersAreAnchored() {
    RegexFilter filter = RegexFilter.compile("web.*", RegexFilter.Anchor.WHOLE);
    assertTrue(filter.matches("web-1\nx"));
    assertFalse(filter.matches("a web"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "a**", "[z-a]", "(?<n", "\\8", "a{1001}"})
  void refusesWhatRe2Refuses(String expression) {
    RegexSyntaxException error =
        assertThrows(
            RegexSyntaxException.class,
            () -> RegexFilter.compile(expression, RegexFilter.Anchor.NONE));
    assertTrue(error.getMessage().startsWith("error parsing regexp: "), error.getMessage());
  }

  /** Random expressions over a small alphabet on random texts; broken UTF-8 among them. */
  @Test
  void fastWayAndPlainWayAgree() {
    long seed = Long.getLong("skald.seed", ForAll.seedOfRun());
    int rounds = Integer.getInteger("skald.pairs", 160_000) / TEXTS;
    Random random = new Random(seed);
    RandomExpression expressions = new RandomExpression(random);
    int read = 0;
    for (int round = 0; round < rounds; round++) {
      String expression = expressions.next();
      RegexFilter.Anchor anchor =
          random.nextBoolean() ? RegexFilter.Anchor.NONE : RegexFilter.Anchor.WHOLE;
      RegexFilter filter;
      try {
        filter = RegexFilter.compile(expression, anchor);
      } catch (RegexSyntaxException e) {
        continue; // the generator may repeat a repetition
      }
      read += filter.isFast() ? 1 : 0;
      for (int i = 0; i < TEXTS; i++) {
        byte[] text = expressions.text();
        assertEquals(
            filter.matchesPlainly(text, 0, text.length),
            filter.matches(text, 0, text.length),
            () ->
                "rerun with -Dskald.seed="
                    + seed
                    + ": "
                    + expression
                    + " "
                    + anchor
                    + " on '"
                    + new String(text, StandardCharsets.UTF_8)
                    + "'");
      }
    }
    assertTrue(read > rounds / 4, "only " + read + " of " + rounds + " went the fast way");
  }

  /** The same over texts that lie end to end, of which some are asked about. */
  @Test
  void endToEndAndOneByOneAgree() {
    int rounds = Integer.getInteger("skald.pairs", 160_000) / 80;
    ForAll.forAll(rounds, RegexFilterTest::checkEndToEnd);
  }

  private static void checkEndToEnd(Random random) {
    RandomExpression expressions = new RandomExpression(random);
    String expression = expressions.next();
    RegexFilter filter;
    try {
      filter = RegexFilter.compile(expression, RegexFilter.Anchor.NONE);
    } catch (RegexSyntaxException e) {
      return; // the generator may repeat a repetition
    }
    int[] bounds = new int[81];
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (int i = 1; i < bounds.length; i++) {
      lines.writeBytes(expressions.text());
      bounds[i] = lines.size();
    }
    byte[] bytes = lines.toByteArray();
    RegexFilter.Keep keep =
        random.nextBoolean() ? RegexFilter.Keep.MATCHES : RegexFilter.Keep.OTHERS;
    int percent = 20 + random.nextInt(100);
    int[] rows = IntStream.range(0, 80).filter(_ -> random.nextInt(100) < percent).toArray();
    int[] expected =
        Arrays.stream(rows)
            .filter(
                row ->
                    filter.matchesPlainly(bytes, bounds[row], bounds[row + 1])
                        == (keep == RegexFilter.Keep.MATCHES))
            .toArray();
    int kept = filter.narrow(bytes, bounds, rows, 0, rows.length, keep);
    assertArrayEquals(expected, Arrays.copyOf(rows, kept), expression);
  }

  @Test
  void manyStatesStayBounded() {
    RegexFilter filter =
        RegexFilter.compile("(a|b)*a(a|b){14}c", RegexFilter.Anchor.NONE); // 2^15 states
    Random random = new Random(7);
    byte[] text = new byte[200_000];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) ('a' + random.nextInt(2));
    }
    assertFalse(filter.matches(text, 0, text.length));
    text[text.length - 1] = 'c';
    text[text.length - 16] = 'a';
    assertTrue(filter.matches(text, 0, text.length));
  }
}
