package dev.skald.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.config.ConfigValue.Mapping;
import dev.skald.error.SkaldException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
  @Test
  void remembersLinesOfKeysAndValues() {
    Mapping tree = read("# head\nserver:\n  port: 1\n  tls:\n    cert: 'a'\n");
    assertEquals(new Origin("f", 2), Objects.requireNonNull(tree.entries().get("server")).origin());
    ConfigValue cert = Objects.requireNonNull(tree.at("server.tls.cert"));
    assertEquals("f: line 5", cert.origin().toString());
    assertEquals("a", tree.textAt("server.tls.cert"));
    assertNull(tree.at("server.tls.key"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "~", "null\n"})
  void nothingIsAnEmptyMap(String text) {
    assertTrue(read(text).entries().isEmpty());
  }

  record Wrong(String text, String message) {}

  static List<Wrong> wrong() {
    return List.of(
        new Wrong("a: 1\nb: 2\na: 3\n", "f: line 3: key a given twice; first in line 1"),
        new Wrong("s:\n  a: 1\n  a: 1\n", "f: line 3: key a given twice; first in line 2"),
        new Wrong("- a\n", "f: line 1: expected a map of keys at the top"),
        new Wrong("a: [1\n", "f: line 2: not YAML: expected ',' or ']', but got <stream end>"),
        new Wrong("? [a]\n: 1\n", "f: line 1: a key must be text"),
        new Wrong("a: &x\n  b: *x\n", "f: line 1: too many values: at most 200000, nested 100"),
        new Wrong("<<: 3\n", "f: line 1: << expects a map or a list of maps"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void saysWhatIsWrongAndWhere(Wrong c) {
    SkaldException e = assertThrows(SkaldException.class, () -> read(c.text()));
    assertEquals(c.message(), e.getMessage());
  }

  @Test
  void mergesAnchors() {
    Mapping tree = read("base: &b {x: 1, y: 2}\nmine:\n  <<: *b\n  y: 3\n");
    assertEquals("1", tree.textAt("mine.x"));
    assertEquals("3", tree.textAt("mine.y"));
  }

  @Test
  void aliasesThatMultiplyAreStopped() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 8; i++) {
      String ten = ("*a" + (i - 1) + ", ").repeat(10);
      text.append("a%d: &a%d [%s]\n".formatted(i, i, ten.substring(0, ten.length() - 2)));
    }
    assertThrows(SkaldException.class, () -> read(text.toString()));
  }

  @Test
  void laterTreesLieOverEarlierOnes() {
    Mapping below = read("a: {x: 1, l: [1, 2]}\nb: 1\nc: 1\n");
    Mapping above = read("a: {w: 2, l: [3]}\nb: {z: 1}\nc:\n");
    Mapping merged = below.overlay(above);
    String want = "a:\n  x: 1\n  l:\n  - 3\n  w: 2\nb:\n  z: 1\nc: 1\n";
    assertEquals(want, ConfigYaml.print(merged));
  }

  @Test
  void setsAndRemovesByPath() {
    Origin flag = Origin.of("flag -x");
    Mapping tree = read("a:\n  b: 1\n").with("a.c.d", ConfigValue.Scalar.plain("2", flag));
    assertEquals("a:\n  b: 1\n  c:\n    d: 2\n", ConfigYaml.print(tree));
    assertEquals("a:\n  b: 1\n  c: {}\n", ConfigYaml.print(tree.without("a.c.d")));
    assertEquals(tree, tree.without("q.r"));
  }

  private static Mapping read(String text) {
    return YamlReader.read("f", text);
  }
}
