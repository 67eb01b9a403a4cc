package dev.skald.logql.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelUseTest {
  record Case(String template, Set<String> names) {}

  static Case of(String template, String... names) {
    return new Case(template, Set.of(names));
  }

  static Stream<Case> cases() {
    return Stream.of(
        of("constant"),
        of("{{ __line__ }}"),
        of("{{ .a }} {{ .b | upper }}", "a", "b"),
        of("{{ if .a }}{{ .b }}{{ else }}{{ .c }}{{ end }}", "a", "b", "c"),
        of("{{ with .a }}{{ . }}{{ $.b }}{{ end }}", "a", "b"),
        of("{{ range fromJson .a }}{{ . }}{{ end }}", "a"),
        of("{{ $x := .a }}{{ $x }}", "a"),
        of("{{ printf `%s` (.a | default .b) }}", "a", "b"),
        of("{{ (.).a }}", "a"),
        of("{{ define `t` }}{{ . }}{{ $ }}{{ end }}{{ template `t` .a }}", "a"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void namesLabels(Case c) {
    assertEquals(new LabelUse.Names(c.names()), Template.parse("line", c.template()).labelsUsed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ . }}",
        "{{ $ }}",
        "{{ range . }}{{ end }}",
        "{{ index . `a` }}",
        "{{ $x := . }}{{ $x.a }}",
        "{{ with .a }}{{ index $ `b` }}{{ end }}",
        "{{ with .a }}{{ else }}{{ . }}{{ end }}",
        "{{ template `t` . }}{{ define `t` }}{{ .a }}{{ end }}"
      })
  void mayReadAll(String template) {
    assertEquals(new LabelUse.All(), Template.parse("line", template).labelsUsed());
  }

  @Test
  void soleField() {
    assertEquals("a", Template.parse("line", "{{.a}}").soleField());
    assertEquals("a", Template.parse("line", "{{- .a -}}").soleField());
    for (String other :
        new String[] {"{{.a}} ", "{{.a.b}}", "{{.a | upper}}", "{{$x := .a}}", ""}) {
      assertNull(Template.parse("line", other).soleField(), other);
    }
  }

  @Test
  void errorLabelsAreNotSeenByASoleField() {
    TestRow row = TestRow.of("__error__", "E", "__error_details__", "why", "a", "x");
    assertEquals("", row.print("{{.__error__}}"));
    assertEquals("", row.print("{{.__error_details__}}"));
    assertEquals("[E why]", row.print("[{{.__error__}} {{.__error_details__}}]"));
    assertEquals("x", row.print("{{.a}}"));
  }
}
