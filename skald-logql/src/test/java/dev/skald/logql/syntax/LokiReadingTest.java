package dev.skald.logql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is lost when Loki prints a query and reads the print, and that nothing else is. */
final class LokiReadingTest {
  private record Case(String query, String read) {}

  private static Case same(String query) {
    return new Case(query, query);
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("{a=\"b\"} | n < 1KiB", "{a=\"b\"} | n < 1kB"),
        new Case("{a=\"b\"} | n < 1.5GiB", "{a=\"b\"} | n < 1.6GB"),
        new Case("{a=\"b\"} | n < 1234567B or m = 20kB", "{a=\"b\"} | n < 1.2MB or m = 20kB"),
        new Case(
            "sum(rate({a=\"b\"} | unwrap x | x > 1MiB [1m])) > 1",
            "sum(rate({a=\"b\"} | unwrap x | x > 1MB [1m])) > 1"),
        new Case(
            "label_replace(rate({a=\"b\"} | n < 1KiB [1m]), \"x\", \"$1\", \"y\", \"(.*)\")",
            "label_replace(rate({a=\"b\"} | n < 1kB [1m]), \"x\", \"$1\", \"y\", \"(.*)\")"),
        new Case("{a=\"b\"} |= ip(\"1.1.1.1\") or \"x\"", "{a=\"b\"} |= \"1.1.1.1\" or \"x\""),
        new Case("{a=\"b\"} | x=~\"foo.*\"", "{a=\"b\"} | x=~\"(?s:.*)foo(?s:.*)\""),
        new Case("{a=\"b\"} | x!~\".*o\\\\.p|q\"", "{a=\"b\"} | x!~\"(?s:.*)o\\\\.p(?s:.*)|q\""),
        same("{a=\"b\"} | x=~\"foo|bar\" | y=~\".*\" | z=~\"a.*b\" | v=~\"a.+\" | w=~\"(a).*\""),
        new Case(
            "{a=\"b\"} | decolorize | drop x | logfmt |= \"1\" != \"2\" | y=\"z\" |= \"3\"",
            "{a=\"b\"} |= \"1\" != \"2\" | decolorize | drop x | logfmt | y=\"z\" |= \"3\""),
        same("{a=\"b\"} | decolorize | line_format \"x\" |= \"1\""),
        same("rate_counter({a=\"b\"} | unwrap x [1m])"),
        same("{a=\"b\"} |= ip(\"1.1.1.1\")"),
        same("{a=\"b\"} != ip(\"1.1.1.1\") or \"x\""),
        same("{a=\"b\"} | n = 512B | d > 90s | v > 1.25 | json | line_format \"{{.x}}\""),
        same("{a=\"b\"} | n > 18446744073709551615B"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsAsLokiDoes(Case one) {
    Expr read = LokiReading.of(LogqlParser.parse(one.query()));
    assertEquals(LogqlPrinter.print(LogqlParser.parse(one.read())), LogqlPrinter.print(read));
  }

  @Test
  void readsLabelFiltersOfOtherLabels() {
    Expr query = LogqlParser.parse("{a=\"b\"} | a=\"x\" or a > 5 | c=\"y\"");
    assertEquals(
        "{a=\"b\"} | ( z=\"x\" or z>5 ) | c=\"y\"",
        LogqlPrinter.print(LokiReading.of(query, Map.of("a", "z"))));
  }

  /** Which stages know what a parser has extracted: where it makes a difference. */
  private record EarlyCase(String stages, List<Integer> testsBehind) {}

  static Stream<EarlyCase> earlyCases() {
    return Stream.of(
        new EarlyCase("| logfmt | x > 5 | y=\"z\"", List.of()),
        new EarlyCase("| logfmt | x > 5 | y > 1s", List.of(2)),
        new EarlyCase("| logfmt | x > 5 and y > 1s", List.of()),
        new EarlyCase("| logfmt | x > 5 | label_format x=y | (y=\"a\" or z=\"b\")", List.of()),
        new EarlyCase("| logfmt | label_format x=\"1\" | x > 5", List.of(1)),
        new EarlyCase("| logfmt | drop x | x=\"\" | json", List.of(1)),
        new EarlyCase("| json a=\"b\" | drop a | a=\"\"", List.of()));
  }

  @ParameterizedTest
  @MethodSource("earlyCases")
  void asksLabelFiltersEarly(EarlyCase one) {
    LogExpr read = (LogExpr) LokiReading.of(LogqlParser.parse("{a=\"b\"} " + one.stages()));
    List<Integer> behind =
        read.stages().stream()
            .filter(Stage.Extracted.class::isInstance)
            .map(stage -> ((Stage.Extracted) stage).tests().size())
            .toList();
    assertEquals(one.testsBehind(), behind);
  }
}
