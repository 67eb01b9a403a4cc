package dev.skald.logql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
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
}
