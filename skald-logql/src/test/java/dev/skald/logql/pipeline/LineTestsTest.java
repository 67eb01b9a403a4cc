package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pattern and address operands of line filters. */
final class LineTestsTest {
  record Case(String filter, List<String> kept, List<String> dropped) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case("|> \"b <_>\"", List.of("b c", "a b c"), List.of("b ", "b", "")),
        new Case("|> \"<_>b\"", List.of("ab"), List.of("b", "abc", "bab")),
        new Case("|> \"<_> b <_>\"", List.of("a b c"), List.of(" b c", "a b ")),
        new Case("|> \"a<_>b<_>c\"", List.of("a.b.c", "xa b c"), List.of("ab.c", "a.bc", "a.b.c.")),
        new Case("|> \"\"", List.of(""), List.of("a")),
        new Case("!> \"a <_>\" or \"<_> z\"", List.of("b", ""), List.of("a b", "b z")),
        new Case(
            "|= ip(\"10.0.0.0/8\")",
            List.of("from 10.1.2.3:80", "x10.0.0.7y", "10.0.0.1,1"),
            List.of("10.0.0.256", "11.0.0.1", "010.0.0.1", "1.2.3", "10.0.0.1.5")),
        new Case(
            "|= ip(\"192.168.0.250-192.168.1.5\")",
            List.of("192.168.0.250", "192.168.1.5"),
            List.of("192.168.0.249", "192.168.1.6")),
        new Case(
            "|= ip(\"2001:db8::/32\")",
            List.of("[2001:DB8::1]:80", "dst=2001:db8:0:0:0:0:0:1"),
            List.of("2001:db9::1", "12:34:56", "aa:bb:cc:dd:ee:ff", "::")),
        new Case(
            "!= ip(\"10.0.0.1\") or ip(\"10.0.0.2\")",
            List.of("10.0.0.3", ""),
            List.of("10.0.0.1", "a 10.0.0.2 b")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void keeps(Case c) {
    List<String> all = Stream.concat(c.kept.stream(), c.dropped.stream()).toList();
    assertEquals(c.kept, Rows.lines(Rows.run(c.filter, all.toArray(String[]::new))));
  }
}
