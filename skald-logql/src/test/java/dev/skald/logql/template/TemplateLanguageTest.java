package dev.skald.logql.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Actions, control structures, variables, numbers. */
final class TemplateLanguageTest {
  private static final TestRow ROW =
      TestRow.of(
              "app", "metric",
              "code", "200",
              "ctr", "540",
              "detected_level", "unknown",
              "host", "h1",
              "lat", "103ms",
              "op", "write",
              "service_name", "metric",
              "size", "35KB",
              "v", "4.5",
              "zone", "a")
          .withLine("v=4.5 ctr=540 lat=103ms size=35KB code=200 op=write")
          .at(1_793_498_310_000_000_442L);

  record Case(String id, String template, String expected) {}

  static Case of(String id, String template, String expected) {
    return new Case(id, template, expected);
  }

  /** Answers of the reference to the recorded cases of line_format. */
  static Stream<Case> recorded() {
    return Stream.of(
        of("001", "{{.v}} {{.op}}", "4.5 write"),
        of("003", "{{.v}}\t{{.op}}", "4.5\twrite"),
        of("004", "{{.v}}\n{{.op}}", "4.5\nwrite"),
        of("006", "constant", "constant"),
        of("007", "{{__line__}}", "v=4.5 ctr=540 lat=103ms size=35KB code=200 op=write"),
        of("009", "{{.app}}/{{.host}}/{{.detected_level}}", "metric/h1/unknown"),
        of(
            "014",
            "{{ if gt (.v | float64) 10.0 }}big{{ else if gt (.v | float64) 5.0 }}mid"
                + "{{ else }}small{{ end }}",
            "small"),
        of(
            "015",
            "{{ with .op }}op={{ . }}{{ end }}{{ with .nope }}x{{ else }} none{{ end }}",
            "op=write none"),
        of("016", "{{ $x := .v }}{{ $x }}/{{ $x }}", "4.5/4.5"),
        of("017", "  {{- .v -}}  {{ .op }}", "4.5write"),
        of("018", "{{/* comment */}}{{ .v }}", "4.5"),
        of(
            "019",
            "{{ range $i, $e := (fromJson `[1,2,3]`) }}{{$i}}={{$e}};{{ end }}",
            "0=1;1=2;2=3;"),
        of("020", "{{ printf `%5s|%-6s|%q` .v .op .code }}", "  4.5|write |\"200\""),
        of("022", "{{ print .v .op 1 2 }}", "4.5write1 2"),
        of("023", "{{ println .v }}", "4.5\n"),
        of("025", "{{ slice .op 1 3 }}", "ri"),
        of("026", "{{ index (fromJson `{\"a\":{\"b\":5}}`) `a` }}", "map[b:5]"),
        of(
            "027",
            "{{ eq .op `read` }} {{ ne .op `read` }} {{ lt 1 2 }} {{ le 2 2 }} {{ ge 3 2 }}",
            "false true true true true"),
        of("028", "{{ and .v .nope }}|{{ or .nope .v }}|{{ not .nope }}", "|4.5|true"),
        of(
            "029",
            "{{ html `<a&b>` }} {{ js `a'b\"c` }} {{ urlquery `a b&c` }}",
            "&lt;a&amp;b&gt; a\\'b\\\"c a+b%26c"),
        of("030", "{{ .v | printf `%s!` | upper }}", "4.5!"),
        of("032", "é日本😀 {{.v}}", "é日本😀 4.5"),
        of("033", "{{ eq .op `read` `scan` }}", "false"),
        of("034", "{{ define `t` }}T{{ . }}{{ end }}{{ template `t` .v }}", "T4.5"),
        of("035", "{{ block `b` .op }}B{{ . }}{{ end }}", "Bwrite"),
        of(
            "038",
            "{{ range (fromJson `[1,2,3]`) }}{{ if eq . 2.0 }}{{ continue }}{{ end }}{{ . }}"
                + "{{ end }}",
            "13"),
        of(
            "052",
            "{{ . }}",
            "map[app:metric code:200 ctr:540 detected_level:unknown host:h1 lat:103ms op:write "
                + "service_name:metric size:35KB v:4.5 zone:a]"),
        of("errors-parse-142", "{{ .v | }}", "4.5"));
  }

  /** Not recorded: the rest of the language. */
  static Stream<Case> derived() {
    return Stream.of(
        of("empty", "", ""),
        of("comment with trim marks", "a {{- /* c */ -}} b", "ab"),
        of("trim at line ends", "a\n{{- .op -}}\n b", "awriteb"),
        of("hyphen is no trim mark", "{{-3}}", "-3"),
        of("missing label", "[{{ .nope }}]", "[]"),
        of("missing label in JSON", "[{{ (fromJson `{}`).x }}]", "[<no value>]"),
        of("null in JSON", "{{ range fromJson `[null]` }}{{ . }}{{ end }}", "<no value>"),
        of("root inside with", "{{ with .op }}{{ $.v }}{{ . }}{{ end }}", "4.5write"),
        of(
            "with else with",
            "{{ with .a }}1{{ else with .op }}{{ . }}{{ else }}3{{ end }}",
            "write"),
        of("range else", "{{ range fromJson `[]` }}x{{ else }}none{{ end }}", "none"),
        of("range break", "{{ range fromJson `[1,2,3]` }}{{ . }}{{ break }}{{ end }}", "1"),
        of("range over a number", "{{ range 3 }}{{ . }}{{ end }}", "012"),
        of("range declares", "{{ range $x := fromJson `[5]` }}{{ $x }}{{ end }}", "5"),
        of("range assigns", "{{ $x := 0 }}{{ range $x = fromJson `[5,6]` }}{{ end }}{{ $x }}", "6"),
        of(
            "inner variable",
            "{{ $x := 1 }}{{ if true }}{{ $x := 2 }}{{ $x }}{{ end }}{{ $x }}",
            "21"),
        of("and keeps the last", "{{ and 1 `x` 0 `y` }}", "0"),
        of("or does not go on", "{{ or 1 (div 1 0) }}", "1"),
        of("and does not go on", "{{ and 0 (div 1 0) }}", "0"),
        of("piped to or", "{{ .v | or .nope }}", "4.5"),
        of("nested pipes", "{{ ((.v)) | printf `%s-%s` .op }}", "write-4.5"),
        of(
            "defined behind its use",
            "{{ template `t` 7 }}{{ define `t` }}<{{ . }}>{{ end }}",
            "<7>"),
        of(
            "template without argument",
            "{{ template `t` }}{{ define `t` }}{{ . }}{{ end }}",
            "<no value>"),
        of("character", "{{ '\\n' }} {{ 'é' }} {{ '\\u00e9' }}", "10 233 233"),
        of(
            "numbers",
            "{{ 0x10 }} {{ 010 }} {{ 0o17 }} {{ 1e3 }} {{ .5 }} {{ 0x1p4 }}",
            "16 8 15 1000 0.5 16"),
        of("escapes", "{{ \"a\\tb\\x41\\u00e9\\\"\" }}", "a\tbAé\""),
        of("bytes of a character", "{{ \"\\xc3\\xa9\" }}", "é"),
        of("cut and joined again", "{{ $s := `é` }}{{ slice $s 0 1 }}{{ slice $s 1 2 }}", "é"),
        of("cut", "{{ slice `é!` 1 }}", "\uFFFD!"),
        of("nil in a comparison", "{{ eq (fromJson `x`) nil }}", "true"),
        of("bool without text", "{{ if eq .nope `` }}empty{{ end }}", "empty"),
        of("month", "{{ printf `%d %s` __timestamp__.Month __timestamp__.Weekday }}", "11 Sunday"),
        of(
            "types",
            "{{ printf `%T %T %T %T %T %T` 1 1.5 true now (add 1) . }}",
            "int float64 bool time.Time int64 map[string]string"),
        of(
            "error of base64 is text",
            "{{ b64dec `YWJj!` }}",
            "illegal base64 data at input byte 4"));
  }

  @ParameterizedTest
  @MethodSource({"recorded", "derived"})
  void prints(Case c) {
    assertEquals(c.expected(), ROW.print(c.template()));
  }
}
