package dev.skald.testkit.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that are no scripts. */
final class ScriptSyntaxTest {
  record Case(String script, String message) {}

  private static Case of(String script, String message) {
    return new Case(script, "test:" + message);
  }

  static Stream<Case> cases() {
    String asserted = "\n  expect fail";
    return Stream.of(
        of("", "1: script without eval"),
        of("load\n  {a=\"b\"} \"l\" @ 1s", "1: script without eval"),
        of("  {a=\"b\"} 1", "1: indented line without a statement before it"),
        of("evil", "1: expected dialect, load or eval: evil"),
        of("dialect other\neval instant at 1m q" + asserted, "1: expected \"skald\" at: other"),
        of(
            "eval instant at 1m q" + asserted + "\ndialect skald",
            "3: dialect stands alone, in front of all statements"),
        of(
            "\n# c\neval instant at 1m q",
            "3: eval asserts nothing: list the answer, or expect empty, or expect fail"),
        of(
            "eval instant at 1m q\n  expect ordered",
            "1: eval asserts nothing: list the answer, or expect empty, or expect fail"),
        of("eval instant at 1m" + asserted, "1: eval without a query"),
        of("eval instant at 1x q" + asserted, "1: unknown unit of time: \"x\""),
        of("eval instant at q" + asserted, "1: expected a duration at: q"),
        of("eval instant 1m q" + asserted, "1: expected \"at\" at: 1m q"),
        of("eval q" + asserted, "1: expected instant, range or logs: q"),
        of(
            "eval range from 1m to 0s step 1s q" + asserted,
            "1: range without a step: step must be positive and from not after to"),
        of(
            "eval range from 0s to 1m step 30s q\n  {} 1 2",
            "2: values do not fit the steps: values=2 steps=3"),
        of("eval range from 0s to 1m step 1m q\n  {} _ _", "2: series without a sample"),
        of("eval instant at 1m q\n  {a=\"b\"} x", "2: expected a value: x"),
        of("eval instant at 1m q\n  {a=b} 1", "2: expected a string at: b} 1"),
        of("eval instant at 1m q\n  {a=\"b} 1", "2: string does not end"),
        of(
            "eval instant at 1m q\n  {a=\"b\", a=\"c\"} 1",
            "2: a label comes twice: [Label[name=a, value=b], Label[name=a, value=c]]"),
        of("eval instant at 1m q\n  1\n  2", "2: a scalar is one number"),
        of(
            "eval instant at 1m q\n  {} 1\n  expect empty",
            "1: expect empty and expect fail stand alone"),
        of(
            "eval instant at 1m q\n  expect fail\n  expect empty",
            "3: expect empty and expect fail stand alone"),
        of("eval instant at 1m q\n  expect nothing", "2: expected \"fail\" at: nothing"),
        of("eval instant at 1m q\n  expect fail text", "2: expected \"msg:\" at: text"),
        of("eval logs from 0s to 1m q\n  {} \"a\"", "2: expected \"@\" at: end of line"),
        of("load\neval instant at 1m q" + asserted, "1: load without entries"),
        of("load\n  {a=\"b\"} \"l\" @ 1s x", "2: unexpected text: x"),
        of(
            "load\n  {a=\"b\"} \"l\" @ 1s [repeat every 1s for 0]",
            "2: repetitions out of bounds: count=0 max=1000000"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refuses(Case c) {
    var e = assertThrows(ScriptSyntaxException.class, () -> Script.parse("test", c.script()));
    assertEquals(c.message(), e.getMessage());
  }

  @Test
  void everyScriptOfTheHouseIsListedAndParses() throws Exception {
    try (Stream<Path> files = Files.list(Path.of(folder()))) {
      List<String> names =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .map(file -> file.substring(0, file.length() - Scripts.SUFFIX.length()))
              .sorted()
              .toList();
      assertEquals(names, Scripts.names());
    }
    for (Script script : Scripts.all()) {
      long evals = script.statements().stream().filter(s -> s instanceof Statement.Eval).count();
      assertTrue(evals >= 3, script + ": evals=" + evals);
    }
  }

  private static URI folder() throws Exception {
    return Objects.requireNonNull(Scripts.class.getResource("/scripts")).toURI();
  }
}
