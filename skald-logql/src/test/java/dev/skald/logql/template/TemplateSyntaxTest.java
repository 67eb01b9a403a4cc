package dev.skald.logql.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that are no templates, and the words in which they are refused. */
final class TemplateSyntaxTest {
  record Case(String template, String message) {}

  static Case of(String template, String message) {
    return new Case(template, "template: line:" + message);
  }

  /** Answers of the reference. */
  static Stream<Case> recorded() {
    return Stream.of(
        of("{{", "1: unclosed action"),
        of("{{.a", "1: unclosed action"),
        of("{{ nosuch .a }}", "1: function \"nosuch\" not defined"),
        of("{{ .v | nosuch }}", "1: function \"nosuch\" not defined"),
        of("{{ env `HOME` }}", "1: function \"env\" not defined"),
        of("{{ end }}", "1: unexpected {{end}}"),
        of("{{ 1a }}", "1: bad number syntax: \"1a\""),
        of("{{ $x }}", "1: undefined variable \"$x\""),
        of("{{ range }}{{ end }}", "1: missing value for range"),
        of("{{ else }}", "1: unexpected {{else}}"),
        of("{{ .a }", "1: unexpected \"}\" in operand"),
        of("{{ (.a }}", "1: unclosed left paren"),
        of("{{ `x }}", "1: unterminated raw quoted string"),
        of("{{ .v }}{{ break }}", "1: {{break}} outside {{range}}"));
  }

  /** Not recorded: Go's words elsewhere. */
  static Stream<Case> derived() {
    return Stream.of(
        of("a\n{{ .b\n", "3: unclosed action started at line:2"),
        of("a\n{{ .b\n\"", "3: unterminated quoted string in action started at line:2"),
        of("{{ \"x }}", "1: unterminated quoted string"),
        of("{{ 'x }}", "1: unterminated character constant"),
        of("{{ 'xy' }}", "1: malformed character constant: 'xy'"),
        of("{{ \"\\z\" }}", "1: invalid syntax"),
        of("{{/* x", "1: unclosed comment"),
        of("{{/* x */ }}", "1: comment ends before closing delimiter"),
        of("{{ .a) }}", "1: unexpected right paren"),
        of("{{ }}", "1: missing value for command"),
        of("{{ if .a }}", "1: unexpected EOF"),
        of("{{ if .a }}{{ else }}{{ else }}{{ end }}", "1: expected end; found {{else}}"),
        of("{{ if }}{{ end }}", "1: missing value for if"),
        of("{{ .a | 5 }}", "1: non executable command in pipeline stage 2"),
        of("{{ 5.x }}", "1: bad number syntax: \"5.x\""),
        of("{{ nil.x }}", "1: unexpected . after term \"nil\""),
        of("{{ .a; }}", "1: bad character U+003B ';'"),
        of("{{ § }}", "1: unrecognized character in action: U+00A7 '§'"),
        of("{{ $a, $b := . }}", "1: too many declarations in command"),
        of("{{ range $a, 1 }}{{ end }}", "1: range can only initialize variables"),
        of("{{ $x := }}", "1: missing value for command"),
        of("{{ : }}", "1: expected :="),
        of("{{ template }}", "1: unexpected \"}}\" in template clause"),
        of("{{ define x }}{{ end }}", "1: unexpected \"x\" in define clause"),
        of("{{ if .a }}{{ define `x` }}{{ end }}{{ end }}", "1: unexpected <define> in command"),
        of("{{ 99999999999999999999 }}", "1: integer overflow: \"99999999999999999999\""),
        of(
            "{{ define `x` }}1{{ end }}{{ define `x` }}2{{ end }}",
            "1: template: multiple definition of template \"x\""),
        of(
            "{{ range 3 }}{{ template `t` }}{{ end }}{{ define `t` }}{{ break }}{{ end }}",
            "1: {{break}} outside {{range}}"));
  }

  @ParameterizedTest
  @MethodSource({"recorded", "derived"})
  void refuses(Case c) {
    var e = assertThrows(TemplateSyntaxException.class, () -> Template.parse("line", c.template()));
    assertEquals(c.message(), e.getMessage());
  }

  /** Others than line_format have other functions; what is none of theirs is refused. */
  @Test
  void functionsAreThoseOfWhoExecutes() {
    Template.check("alert", "{{ humanize .Value }}", "humanize"::equals);
    var e =
        assertThrows(
            TemplateSyntaxException.class,
            () -> Template.check("alert", "{{ ToLower .Value }}", "humanize"::equals));
    assertEquals("template: alert:1: function \"ToLower\" not defined", e.getMessage());
  }
}
