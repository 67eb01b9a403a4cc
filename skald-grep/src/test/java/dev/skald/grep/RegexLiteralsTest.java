package dev.skald.grep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.property.ForAll;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegexLiteralsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "error; enough [error]",
        "(?i)error|Failed; enough [~error, ~failed]",
        "(?i)job-17 f; enough [~job-17 f]",
        ".*info.*; enough [info]",
        "(a|b|c); enough [a, b, c]",
        "abc+; needed [ab]",
        "(timeout)+; enough [timeout]",
        "x(timeout){2}; needed [timeout]",
        "user-\\d+; needed [user-]",
        "^start; needed [start]",
        "(?i)status; needed [~tatu]", // a long s is another spelling of its ends
        "(?i)ks; none",
        "\\d+; none",
        "a.*b; none", // a literal of one byte is everywhere
        "(x|y.*); enough [x, y]",
        "a?; none",
        "\uFFFD; none", // broken UTF-8 reads as it
      })
  void finds(String expression, String expected) {
    assertEquals(expected, text(RegexLiterals.of(expression)));
  }

  private static String text(Optional<RegexLiterals> found) {
    if (found.isEmpty()) {
      return "none";
    }
    List<String> literals =
        found.get().literals().stream()
            .map(l -> (l.folded() ? "~" : "") + new String(l.bytes(), StandardCharsets.UTF_8))
            .toList();
    return (found.get().areEnough() ? "enough " : "needed ") + literals;
  }

  @Test
  void agreesWithTheExpression() {
    ForAll.forAll(
        20_000,
        random -> {
          RandomExpression expressions = new RandomExpression(random);
          String expression = expressions.next();
          RegexFilter filter;
          try {
            filter = RegexFilter.compile(expression, RegexFilter.Anchor.NONE);
          } catch (RegexSyntaxException e) {
            return; // the generator may repeat a repetition
          }
          Optional<RegexLiterals> found = RegexLiterals.of(expression);
          if (found.isEmpty()) {
            return;
          }
          byte[] text = expressions.text();
          String latin = new String(text, StandardCharsets.ISO_8859_1);
          boolean holds =
              found.get().literals().stream()
                  .anyMatch(
                      literal -> {
                        String bytes = new String(literal.bytes(), StandardCharsets.ISO_8859_1);
                        return literal.folded()
                            ? asciiLower(latin).contains(bytes)
                            : latin.contains(bytes);
                      });
          boolean matches = filter.matchesPlainly(text, 0, text.length);
          assertTrue(holds || !matches, expression + " matches " + latin);
          if (found.get().areEnough()) {
            assertEquals(matches, holds, expression + " on " + latin);
          }
        });
  }

  private static String asciiLower(String text) {
    StringBuilder lower = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                lower.append(
                    c < 0x80 ? Character.toString(c).toLowerCase(Locale.ROOT) : "" + (char) c));
    return lower.toString();
  }
}
