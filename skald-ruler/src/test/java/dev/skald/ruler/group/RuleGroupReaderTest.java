package dev.skald.ruler.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RuleGroupReaderTest {
  @Test
  void everyKeyArrives() {
    GroupDraft draft =
        RuleGroupReader.group(
            "test",
            """
            name: g
            interval: 1h30m
            limit: 7
            rules:
              - alert: A
                expr: |
                  sum(
                    rate({app="x"}[5m])
                  )
                for: 10m
                keep_firing_for: 5m
                labels: {severity: page, level: 1, on: yes}
                annotations: {summary: "a \\"b\\""}
              - record: a:b
                expr: 1
            """);
    assertEquals(
        new GroupDraft(
            "g",
            Duration.ofMinutes(90),
            7,
            List.of(
                new GroupDraft.RuleDraft(
                    "",
                    "A",
                    "sum(\n  rate({app=\"x\"}[5m])\n)\n",
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(5),
                    Map.of("severity", "page", "level", "1", "on", "yes"),
                    Map.of("summary", "a \"b\"")),
                new GroupDraft.RuleDraft(
                    "a:b", "", "1", Duration.ZERO, Duration.ZERO, Map.of(), Map.of()))),
        draft);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "just a text",
        "[]",
        "{name: g",
        "{name: [g]}",
        "{name: g, name: h}",
        "{name: g, rules: {}}",
        "{name: g, rules: 1}",
        "{name: g, rules: [1]}",
        "{name: g, interval: 5}",
        "{name: g, interval: 1.5h}",
        "{name: g, interval: 1m1h}",
        "{name: g, interval: -1m}",
        "{name: g, interval: ' 1m'}",
        "{name: g, interval: 300y}",
        "{name: g, limit: x}",
        "{name: g, limit: 1.5}",
        "{name: g, rules: [{alert: A, labels: x}]}",
        "{name: g, rules: [{alert: A, labels: {a: [b]}}]}",
        "{name: g, rules: [{alert: {a: b}}]}",
        "{name: g, rules: [{alert: \"\\ud800\"}]}",
        "---\nname: g\n---\nname: h\n",
      })
  void anotherTypeIsRefused(String yaml) {
    var e = assertThrows(SkaldException.class, () -> RuleGroupReader.group("test", yaml));
    assertEquals(ErrorKind.BAD_REQUEST, e.kind(), e.getMessage());
  }

  record FileCase(String yaml, String message) {}

  static Stream<FileCase> badFiles() {
    return Stream.of(
        new FileCase(
            "groups:\n- name: g\n  intervall: 1m\n", "f.yaml: line 3: unknown key intervall"),
        new FileCase("group: []\n", "f.yaml: line 1: unknown key group"),
        new FileCase(
            "groups:\n- name: g\n  rules:\n  - alert: A\n    sevrity: x\n",
            "f.yaml: line 5: unknown key sevrity"),
        new FileCase(
            "groups:\n- name: g\n  interval: soon\n",
            "f.yaml: line 3: interval: not a valid duration string: soon"),
        new FileCase("groups: g\n", "f.yaml: line 1: expected a list"),
        new FileCase("groups:\n- 5\n", "f.yaml: line 2: expected a map of keys"));
  }

  @ParameterizedTest
  @MethodSource
  void badFiles(FileCase c) {
    var e = assertThrows(SkaldException.class, () -> RuleGroupReader.file("f.yaml", c.yaml()));
    assertEquals(c.message(), e.getMessage());
  }

  @Test
  void aFileMayHaveWhatPrometheusHas() {
    List<GroupDraft> groups =
        RuleGroupReader.file(
            "f.yaml",
            """
            namespace: other
            groups:
              - name: g
                query_offset: 1m
                labels: {a: b}
                partial_response_strategy: warn
            """);
    assertEquals(List.of(new GroupDraft("g", Duration.ZERO, 0, List.of())), groups);
    assertEquals(List.of(), RuleGroupReader.file("f.yaml", ""));
    assertEquals(List.of(), RuleGroupReader.file("f.yaml", "groups:\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0s",
    "1m,1m",
    "90s,1m30s",
    "1y,1y",
    "1w,1w",
    "8d,8d",
    "1h5ms,1h5ms",
    "1y2w3d4h5m6s7ms,382d4h5m6s7ms"
  })
  void durations(String text, String printed) {
    assertEquals(printed, RuleDuration.format(RuleDuration.parse(text)));
  }

  /** A body's length is bounded; within it nothing may take the thread or the machine. */
  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? ", "- - ? "})
  void whatIsNestedDeeplyIsRefusedSoon(String open) {
    String yaml = open.repeat((1 << 20) / open.length());
    assertTimeout(
        Duration.ofSeconds(20),
        () -> assertThrows(SkaldException.class, () -> RuleGroupReader.group("test", yaml)));
  }

  @Test
  void aliasesCountEachTime() {
    String text = "x".repeat(10_000);
    String yaml =
        "a: &a " + text + "\nname: g\nrules: [" + "{alert: A, expr: *a},".repeat(1_000) + "]\n";
    assertEquals(
        true, RuleGroupReader.group("test", yaml).weightChars() > 10_000_000L, "weighs what it is");
  }
}
