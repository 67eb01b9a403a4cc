package dev.skald.ruler.group;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.config.YamlReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RuleYamlTest {
  private static final RuleGroup RECORDING =
      new RuleGroup(
          "g1",
          Duration.ofMinutes(1),
          0,
          List.of(
              new Rule.Recording(
                  "m:rate", "sum(rate({app=\"x\"}[5m]))", new TreeMap<>(Map.of("team", "core")))));

  private static final RuleGroup ALERTING =
      new RuleGroup(
          "a1",
          Duration.ZERO,
          3,
          List.of(
              new Rule.Alerting(
                  "HighErrors",
                  "sum(\n  rate({app=\"x\"}[5m])\n) > 10\n",
                  Duration.ofMinutes(10),
                  Duration.ofMinutes(5),
                  new TreeMap<>(Map.of("severity", "page")),
                  new TreeMap<>(Map.of("summary", "{{ $value }} errors")))));

  /** As the reference writes it. */
  @Test
  void groupByItself() {
    assertEquals(
        """
        name: g1
        interval: 1m
        rules:
            - record: m:rate
              expr: sum(rate({app="x"}[5m]))
              labels:
                team: core
        """,
        RuleYaml.group(RECORDING));
  }

  @Test
  void namespaces() {
    Map<String, List<RuleGroup>> namespaces = new TreeMap<>();
    namespaces.put("ns1", List.of(RECORDING, ALERTING));
    namespaces.put("a: b", List.of(new RuleGroup("empty", Duration.ZERO, 0, List.of())));
    assertEquals(
        """
        'a: b':
            - name: empty
              rules: []
        ns1:
            - name: g1
              interval: 1m
              rules:
                - record: m:rate
                  expr: sum(rate({app="x"}[5m]))
                  labels:
                    team: core
            - name: a1
              limit: 3
              rules:
                - alert: HighErrors
                  expr: |
                    sum(
                      rate({app="x"}[5m])
                    ) > 10
                  for: 10m
                  keep_firing_for: 5m
                  labels:
                    severity: page
                  annotations:
                    summary: '{{ $value }} errors'
        """,
        RuleYaml.namespaces(namespaces));
  }

  record Text(String text, String yaml) {}

  static List<Text> texts() {
    return List.of(
        new Text("abc", "abc"),
        new Text("a b", "a b"),
        new Text("it's", "it's"),
        new Text("sum by (a) (rate({b=\"c\"}[5m])) > 1", "sum by (a) (rate({b=\"c\"}[5m])) > 1"),
        new Text("", "''"),
        new Text("a: b", "'a: b'"),
        new Text("'it'", "'''it'''"),
        new Text("{x}", "'{x}'"),
        new Text("yes", "\"yes\""),
        new Text("1m", "\"1m\""),
        new Text("Null", "\"Null\""),
        new Text("a\tb", "\"a\\tb\""),
        new Text("\u0000\ufeff", "\"\\u0000\\ufeff\""));
  }

  @ParameterizedTest
  @MethodSource
  void texts(Text c) {
    assertEquals(c.yaml(), YamlText.of(c.text()));
  }

  @Test
  void whatIsWrittenIsReadAsTheSameGroup() {
    forAll(
        2_000,
        random -> {
          RuleGroup group = group(random);
          GroupDraft draft = RuleGroupReader.group("test", RuleYaml.group(group));
          assertEquals(group, RuleCheck.ofKept().group(draft));
        });
  }

  @Test
  void namespacesAreReadAsTheSameMap() {
    forAll(
        500,
        random -> {
          String namespace = text(random);
          String yaml = RuleYaml.namespaces(Map.of(namespace, List.of(group(random))));
          assertEquals(
              List.of(namespace),
              List.copyOf(YamlReader.read("test", yaml).entries().keySet()),
              yaml);
        });
  }

  private static RuleGroup group(Random random) {
    Rule alert =
        new Rule.Alerting(
            "A" + text(random),
            "e" + text(random),
            Duration.ofMillis(random.nextInt(1_000_000)),
            Duration.ofSeconds(random.nextInt(100)),
            new TreeMap<>(Map.of("a", text(random), "yes", text(random))),
            new TreeMap<>(Map.of("n", text(random))));
    Rule recording = new Rule.Recording("r", "e" + text(random), new TreeMap<>());
    return new RuleGroup(
        "g" + random.nextInt(),
        Duration.ofSeconds(random.nextInt(3)),
        2,
        List.of(alert, recording));
  }

  /** Texts of the signs that mean something in YAML. */
  private static String text(Random random) {
    String[] signs = {
      " ",
      "\n",
      ":",
      "#",
      "-",
      "'",
      "\"",
      "\\",
      "|",
      ">",
      "&",
      "*",
      "!",
      "%",
      "@",
      "`",
      "[",
      "]",
      "{",
      "}",
      ",",
      "?",
      "~",
      "=",
      "<<",
      "\t",
      "\r",
      "\u0085",
      "\u2028",
      "\ufeff",
      "\u0000",
      "é",
      "\ud83d\ude00",
      "\ue000",
      "0",
      "1e3",
      "null",
      "yes",
      ".",
      "+",
      "---",
      "...",
      "a",
      "b c",
      "x",
      "\u00a0",
      "\u007f",
      "\uffff"
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(signs[random.nextInt(signs.length)]);
    }
    return text.toString();
  }
}
