package dev.skald.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.error.SkaldException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnvironmentExpansionTest {
  private static final EnvironmentExpansion EXPANSION =
      new EnvironmentExpansion(
          Map.of("V", "Hello/World/x", "EMPTY", "", "LOW", "abc", "UP", "ABC", "v", "small")::get);

  record Case(String text, String want) {}

  static List<Case> cases() {
    return List.of(
        new Case("a ${V} b", "a Hello/World/x b"),
        new Case("${UNSET}", ""),
        new Case("${v}${V}", "smallHello/World/x"),
        new Case("$V stays", "$V stays"),
        new Case("${UNSET:-d}", "d"),
        new Case("${EMPTY:-d}", "d"),
        new Case("${V:-d}", "Hello/World/x"),
        new Case("${UNSET:=d}", "d"),
        new Case("${UNSET=d}", "d"),
        new Case("${UNSET:-}", ""),
        new Case("${UNSET:-${LOW}}", "abc"),
        new Case("${UNSET:-http://${LOW}:80/${UNSET:-x}}", "http://abc:80/x"),
        new Case("${UP,}", "aBC"),
        new Case("${UP,,}", "abc"),
        new Case("${LOW^}", "Abc"),
        new Case("${LOW^^}", "ABC"),
        new Case("${EMPTY^}", ""),
        new Case("${#LOW}", "3"),
        new Case("${#UNSET}", "0"),
        new Case("${V:6}", "World/x"),
        new Case("${V:6:5}", "World"),
        new Case("${V:99}", ""),
        new Case("${V:6:99}", "World/x"),
        new Case("${V#*/}", "World/x"),
        new Case("${V##*/}", "x"),
        new Case("${V%/*}", "Hello/World"),
        new Case("${V%%/*}", "Hello"),
        new Case("${V#H?l}", "lo/World/x"),
        new Case("${V#none}", "Hello/World/x"),
        new Case("${V/o/0}", "Hell0/World/x"),
        new Case("${V//o/0}", "Hell0/W0rld/x"),
        new Case("${V/#Hello/Bye}", "Bye/World/x"),
        new Case("${V/#World/Bye}", "Hello/World/x"),
        new Case("${V/%x/y}", "Hello/World/y"),
        new Case("${V/%Hello/y}", "Hello/World/x"),
        new Case("${LOW/b}", "ac"),
        new Case("$${1}", "${1}"),
        new Case("$${V} and ${LOW}", "${V} and abc"),
        new Case("$1", "$1"),
        new Case("\"\\\\\\\\d\\/\"", "\"\\\\d/\""),
        new Case("\\d", "\\d"),
        new Case("$", "$"),
        new Case("${V-d}", "Hello/World/x"),
        new Case("${V:?d}", "Hello/World/x"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void replacesForms(Case c) {
    assertEquals(c.want(), EXPANSION.expand("loki.yaml", c.text()));
  }

  @Test
  void saysWhereABraceIsOpen() {
    SkaldException e =
        assertThrows(
            SkaldException.class, () -> EXPANSION.expand("loki.yaml", "a: 1\nb: ${V:-${W}"));
    assertEquals("loki.yaml: line 2: ${ without }", e.getMessage());
  }
}
