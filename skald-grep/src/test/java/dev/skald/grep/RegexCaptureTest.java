package dev.skald.grep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.property.ForAll;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegexCaptureTest {
  /**
   * Texts that each random expression is asked about. {@code -Dskald.pairs=10000000} makes it ten
   * million pairs.
   */
  private static final int TEXTS = 8;

  private static String groups(RegexCapture.Search search, byte[] text, boolean found, int count) {
    StringBuilder groups = new StringBuilder(found ? "" : "none");
    for (int group = 1; found && group <= count; group++) {
      int start = search.start(group);
      groups.append(
          start < 0
              ? "[-]"
              : "["
                  + start
                  + " "
                  + new String(text, start, search.end(group) - start, StandardCharsets.UTF_8)
                  + "]");
    }
    return groups.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "(?P<m>\\w+) (?P<p>[^ ?]+), - GET /a?b, [2 GET][6 /a]",
    "(a|ab)(c|bcd)(d*), abcd, [0 a][1 bcd][4 ]",
    "(a+?)(a*), aaa, [0 a][1 aa]",
    "(?U)(a+)(a*?), aaa, [0 a][1 aa]",
    "(.*) (.*), a b c, [0 a b][4 c]",
    "(x)|(y), y, [-][0 y]",
    "(?:(a)|b)*, ab, [0 a]",
    "^(\\S+), é x, [0 é]",
    "(\\d+)$, 12 34, [3 34]",
    "\\b(b\\w*), a abc bcd, [6 bcd]",
    "(z), abc, none",
  })
  void captures(String expression, String text, String expected) {
    RegexCapture regex = RegexCapture.compile(expression);
    assertTrue(regex.isFast());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    RegexCapture.Search search = regex.newSearch();
    boolean found = search.find(bytes, 0, bytes.length);
    assertEquals(expected, groups(search, bytes, found, regex.groupCount()));
  }

  @Test
  void fastWayAndPlainWayAgree() {
    int rounds = Integer.getInteger("skald.pairs", 160_000) / TEXTS;
    int[] fast = new int[1];
    ForAll.forAll(rounds, random -> fast[0] += check(random));
    assertTrue(
        fast[0] > rounds / 6 || Long.getLong("skald.seed") != null,
        fast[0] + " of " + rounds + " expressions went the fast way");
  }

  /** 1 if the expression has a fast way. */
  private static int check(Random random) {
    RandomExpression expressions = new RandomExpression(random);
    String expression = expressions.next();
    RegexCapture regex;
    try {
      regex = RegexCapture.compile(expression);
    } catch (RegexSyntaxException e) {
      return 0; // the generator may repeat a repetition
    }
    RegexCapture.Search fast = regex.newSearch();
    RegexCapture.Search plain = regex.newSearch();
    for (int i = 0; i < TEXTS; i++) {
      byte[] line = expressions.text();
      byte[] text = new byte[line.length + 5];
      System.arraycopy(line, 0, text, 2, line.length);
      boolean isThere = plain.findPlainly(text, 2, 2 + line.length);
      boolean isFound = fast.find(text, 2, 2 + line.length);
      assertEquals(
          groups(plain, text, isThere, regex.groupCount()),
          groups(fast, text, isFound, regex.groupCount()),
          () -> expression + " on '" + new String(line, StandardCharsets.UTF_8) + "'");
    }
    return regex.isFast() ? 1 : 0;
  }

  /** Each begin runs over the rest of the text, and each end of a word could be the last. */
  @Test
  void hostileTextsStayLinear() {
    RegexCapture.Search search = RegexCapture.compile("(\\w+) (.*)x(.*)y(.*)z=").newSearch();
    byte[] text = "xy".repeat(50_000).getBytes(StandardCharsets.UTF_8);
    assertFalse(search.find(text, 0, text.length));
  }
}
