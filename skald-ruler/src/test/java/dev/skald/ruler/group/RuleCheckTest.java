package dev.skald.ruler.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.Dialect;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, word for word, and what is not. */
final class RuleCheckTest {
  record Case(String yaml, String message) {}

  static Case of(String yaml, String message) {
    return new Case(yaml, message);
  }

  /** One rule in a group of the name g. */
  static Case rule(String rule, String message) {
    return new Case("{name: g, rules: [{" + rule + "}]}", message);
  }

  static Stream<Case> refused() {
    return Stream.of(
        of("", "group 0: Groupname must not be empty"),
        of("{rules: []}", "group 0: Groupname must not be empty"),
        of("{name: '', rules: []}", "group 0: Groupname must not be empty"),
        of("{groups: [{name: g}]}", "group 0: Groupname must not be empty"),
        rule("alert: A, record: b, expr: '1'", "only one of 'record' and 'alert' must be set"),
        rule("expr: '1'", "one of 'record' or 'alert' must be set"),
        of("{name: g, rules: [null]}", "one of 'record' or 'alert' must be set"),
        rule("alert: A", "field 'expr' must be set in rule"),
        rule("alert: A, expr: ''", "field 'expr' must be set in rule"),
        rule(
            "record: a, expr: 'sum('",
            "could not parse expression for record 'a' in group 'g': parse error at line 1, col 5:"
                + " syntax error: unexpected $end"),
        rule(
            "alert: A, expr: 'sum('",
            "could not parse expression for alert 'A' in group 'g': parse error at line 1, col 5:"
                + " syntax error: unexpected $end"),
        rule(
            "record: a, expr: '1', annotations: {a: b}",
            "invalid field 'annotations' in recording rule"),
        rule("record: a, expr: '1', for: 5m", "invalid field 'for' in recording rule"),
        rule(
            "record: a, expr: '1', keep_firing_for: 5m",
            "invalid field 'keep_firing_for' in recording rule"),
        rule("record: a-b, expr: '1'", "invalid recording rule name: a-b"),
        rule("record: 1a, expr: '1'", "invalid recording rule name: 1a"),
        rule("record: a, expr: '1', labels: {a-b: x}", "invalid label name: a-b"),
        rule("record: a, expr: '1', labels: {'': x}", "invalid label name: "),
        rule("record: a, expr: '1', labels: {a:b: x}", "invalid label name: a:b"),
        rule("alert: A, expr: '1', labels: {__name__: x}", "invalid label name: __name__"),
        rule("alert: A, expr: '1', annotations: {a b: x}", "invalid annotation name: a b"),
        rule(
            "alert: A, expr: '1', annotations: {s: '{{ $x }}'}",
            "annotation \"s\": template: __alert_A:1: undefined variable \"$x\""),
        rule(
            "alert: A, expr: '1', labels: {s: '{{ $x }}'}",
            "label \"s\": template: __alert_A:1: undefined variable \"$x\""),
        rule(
            "alert: A, expr: '1', annotations: {s: \"a\\n{{ nosuch 1 }}\"}",
            "annotation \"s\": template: __alert_A:2: function \"nosuch\" not defined"),
        rule(
            "alert: A, expr: '1', annotations: {s: '{{ ToUpper .Value }}'}",
            "annotation \"s\": template: __alert_A:1: function \"ToUpper\" not defined"),
        rule(
            "alert: A, expr: '1', annotations: {s: '{{ .Value'}",
            "annotation \"s\": template: __alert_A:1: unclosed action"),
        of("{name: '../g'}", "invalid group name: path traversal not allowed"),
        of("{name: \"a\\tb\"}", "invalid group name: must be a text without control characters"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Case c) {
    GroupDraft draft = RuleGroupReader.group("test", c.yaml());
    var e = assertThrows(SkaldException.class, () -> RuleCheck.in(Dialect.LOKI).group(draft));
    assertEquals(c.message(), e.getMessage());
    assertEquals(ErrorKind.BAD_REQUEST, e.kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: g}",
        "{name: g, rules: null}",
        "{name: g, rules: []}",
        "{name: g, unknown: 1, rules: [{record: a, expr: vector(1), other: x}]}",
        "{name: a/b c, rules: [{record: 'a:b', expr: 1}]}",
        "{name: g, rules: [{record: a, expr: '{app=\"x\"}'}]}",
        "{name: g, rules: [{record: a, expr: '1', for: 0s, labels: {t: '{{ $x }}'}}]}",
        "{name: g, limit: 5, rules: [{alert: A, expr: vector(1) > 0, keep_firing_for: 5m}]}",
        "{name: g, rules: [{alert: A b, expr: '1', annotations: {s: '{{ $labels.app }} has"
            + " {{ $value | humanize }} of {{ .Labels.app }} {{ $externalURL }}"
            + " {{ range query \"up\" }}{{ .Value }}{{ end }}'}}]}",
      })
  void accepted(String yaml) {
    RuleCheck.in(Dialect.LOKI).group(RuleGroupReader.group("test", yaml));
  }

  @Test
  void expressionsAreInTheLanguageOfTheTenant() {
    GroupDraft draft =
        RuleGroupReader.group(
            "test", "{name: g, rules: [{record: a, expr: 'count_over_time({}[1m])'}]}");
    RuleCheck.in(Dialect.SKALD).group(draft);
    assertThrows(SkaldException.class, () -> RuleCheck.in(Dialect.LOKI).group(draft));
  }

  @Test
  void aFileHasEachNameOnce() {
    List<GroupDraft> drafts =
        RuleGroupReader.file("f.yaml", "groups: [{name: x}, {name: y}, {name: x}]");
    var e = assertThrows(SkaldException.class, () -> RuleCheck.in(Dialect.LOKI).file(drafts));
    assertEquals("groupname: \"x\" is repeated in the same file", e.getMessage());
  }

  @Test
  void aFileSaysWhichGroupHasNoName() {
    List<GroupDraft> drafts = RuleGroupReader.file("f.yaml", "groups: [{name: x}, {rules: []}]");
    var e = assertThrows(SkaldException.class, () -> RuleCheck.in(Dialect.LOKI).file(drafts));
    assertEquals("group 1: Groupname must not be empty", e.getMessage());
  }
}
