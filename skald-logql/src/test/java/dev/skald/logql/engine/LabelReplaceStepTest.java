package dev.skald.logql.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LabelReplaceStepTest {
  @ParameterizedTest
  @CsvSource({
    "$1, ab",
    "${1}, ab",
    "${1}x, abx",
    "$1x, ''",
    "${name}, 12",
    "$name-$1, 12-ab",
    "$2, 12",
    "$9, ''",
    "$$1, $1",
    "a$, a$",
    "a$-, a$-",
    "${1, ${1",
    "${}, ${}",
    "plain, plain",
    "$99999999999, ''",
  })
  void expandsGroups(String template, String expected) {
    Pattern pattern = Pattern.compile("^(?:([a-z]+)-(?P<name>[0-9]+))$");
    Matcher matcher = pattern.matcher("ab-12");
    matcher.find();
    assertEquals(expected, LabelReplaceStep.expand(template, matcher, pattern.namedGroups()));
  }
}
