package dev.skald.logql.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How executions fail, word for word as the reference did; {@code id} is the number of its recorded
 * case.
 */
final class TemplateErrorsTest {
  private static final TestRow ROW = TestRow.of("msg", "plain", "v", "4.5").withLine("a line");

  record Case(String id, String template, String message) {}

  static Case of(String id, String template, String message) {
    return new Case(id, template, message);
  }

  static Stream<Case> recorded() {
    return Stream.of(
        of(
            "line-format-046",
            "{{ index . 5 }}",
            "template: line:1:3: executing \"line\" at <index . 5>: error calling index: "
                + "value has type int; should be string"),
        of(
            "line-format-047",
            "{{ .v.x }}",
            "template: line:1:5: executing \"line\" at <.v.x>: "
                + "can't evaluate field x in type string"),
        of(
            "errors-parse-147",
            "{{ template `x` }}",
            "template: line:1:12: executing \"line\" at <{{template \"x\"}}>: "
                + "template \"x\" not defined"),
        of(
            "006",
            "{{ substr 4 2 `abcdef` }}",
            "template: line:1:3: executing \"line\" at <substr 4 2 `abcdef`>: error "
                + "calling substr: runtime error: slice bounds out of range [4:2]"),
        of(
            "007",
            "{{ substr 9 12 `abc` }}",
            "template: line:1:3: executing \"line\" at <substr 9 12 `abc`>: error calling "
                + "substr: runtime error: slice bounds out of range [9:3]"),
        of(
            "014",
            "{{ repeat -1 `ab` }}",
            "template: line:1:3: executing \"line\" at <repeat -1 `ab`>: error calling "
                + "repeat: strings: negative Repeat count"),
        of(
            "020",
            "{{ div 1 0 }}",
            "template: line:1:3: executing \"line\" at <div 1 0>: error calling div: "
                + "runtime error: integer divide by zero"),
        of(
            "021",
            "{{ mod 1 0 }}",
            "template: line:1:3: executing \"line\" at <mod 1 0>: error calling mod: "
                + "runtime error: integer divide by zero"),
        of(
            "034",
            "{{ count `(` `abc` }}",
            "template: line:1:3: executing \"line\" at <count `(` `abc`>: error calling "
                + "count: error parsing regexp: missing closing ): `(`"),
        of(
            "037",
            "{{ regexReplaceAll `(` `abc` `x` }}",
            "template: line:1:3: executing \"line\" at <regexReplaceAll `(` `abc` `x`>: "
                + "error calling regexReplaceAll: error parsing regexp: missing closing ): `(`"),
        of(
            "039",
            "{{ urlencode `a b&c=d/é?` }}|{{ urldecode `a+b%26c%3Dd%2F` }}|{{ urldecode "
                + "`%zz` }}",
            "template: line:1:66: executing \"line\" at <urldecode `%zz`>: error calling "
                + "urldecode: invalid URL escape \"%zz\""),
        of(
            "045",
            "{{ duration `abc` }}",
            "template: line:1:3: executing \"line\" at <duration `abc`>: error calling "
                + "duration: time: invalid duration \"abc\""),
        of(
            "046",
            "{{ duration `1d` }}",
            "template: line:1:3: executing \"line\" at <duration `1d`>: error calling "
                + "duration: time: unknown unit \"d\" in duration \"1d\""),
        of(
            "048",
            "{{ bytes `huge` }}",
            "template: line:1:3: executing \"line\" at <bytes `huge`>: error calling "
                + "bytes: strconv.ParseFloat: parsing \"\": invalid syntax"),
        of(
            "057",
            "{{ unixToTime `abcdefghij` }}",
            "template: line:1:3: executing \"line\" at <unixToTime `abcdefghij`>: error "
                + "calling unixToTime: unable to parse time 'abcdefghij': strconv.ParseInt: "
                + "parsing \"abcdefghij\": invalid syntax"),
        of(
            "058",
            "{{ unixToTime `0` }}",
            "template: line:1:3: executing \"line\" at <unixToTime `0`>: error calling "
                + "unixToTime: unable to parse time '0': %!w(<nil>)"),
        of(
            "095",
            "{{ nil }}",
            "template: line:1:3: executing \"line\" at <nil>: nil is not a command"),
        of(
            "099",
            "{{ slice `abc` 5 }}",
            "template: line:1:3: executing \"line\" at <slice `abc` 5>: error calling "
                + "slice: index out of range: 5"),
        of(
            "100",
            "{{ call .msg }}",
            "template: line:1:3: executing \"line\" at <call .msg>: error calling call: "
                + "non-function .msg of type string"),
        of(
            "101",
            "{{ eq 1 1.0 }}",
            "template: line:1:3: executing \"line\" at <eq 1 1.0>: error calling eq: "
                + "incompatible types for comparison: int and float64"),
        of(
            "102",
            "{{ eq `1` 1 }}",
            "template: line:1:3: executing \"line\" at <eq `1` 1>: error calling eq: "
                + "incompatible types for comparison: string and int"),
        of(
            "104",
            "{{ lt 1 2.0 }}",
            "template: line:1:3: executing \"line\" at <lt 1 2.0>: error calling lt: "
                + "incompatible types for comparison: int and float64"),
        of(
            "130",
            "{{ now 5 }}",
            "template: line:1:3: executing \"line\" at <now>: wrong number of args for "
                + "now: want 0 got 1"),
        of(
            "131",
            "{{ trunc `a` `b` }}",
            "template: line:1:9: executing \"line\" at <`a`>: expected integer; found `a`"),
        of(
            "133",
            "{{ int }}",
            "template: line:1:3: executing \"line\" at <int>: wrong number of args for "
                + "int: want 1 got 0"));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void fails(Case c) {
    var e = assertThrows(TemplateExecutionException.class, () -> ROW.print(c.template()));
    assertEquals(c.message(), e.getMessage());
  }

  /**
   * Not recorded: what Go says in places that the recorded cases do not reach. An error about a
   * value is reported at the node that was looked at last, which may be inside the one that gave
   * the value.
   */
  static Stream<Case> derived() {
    return Stream.of(
        of("piped to text", "{{ `a` | .v }}", at("9", ".v", "v is not a method but has arguments")),
        of("argument to text", "{{ .v 1 }}", at("3", ".v", "v is not a method but has arguments")),
        of("argument to dot", "{{ . 1 }}", at("3", ".", "can't give argument to non-function .")),
        of(
            "type of a pipe",
            "{{ trunc (add 1 2) `abc` }}",
            at("16", "2", "wrong type for value; expected int; got int64")),
        of("nil argument", "{{ upper nil }}", at("9", "nil", "cannot assign nil to string")),
        of(
            "too few",
            "{{ printf }}",
            at("3", "printf", "wrong number of args for printf: want at least 1 got 0")),
        of("bool for text", "{{ upper true }}", at("9", "true", "expected string; found true")),
        of(
            "range over a float",
            "{{ range 1.5 }}{{ end }}",
            at("9", "1.5", "range can't iterate over 1.5")),
        of(
            "range over a count, two variables",
            "{{ range $i, $x := 3 }}{{ end }}",
            at("19", "3", "can't use 3 to iterate over more than one variable")),
        of(
            "field of a number in JSON",
            "{{ (fromJson `{\"a\":1}`).a.b }}",
            at("13", "`{\"a\":1}`", "can't evaluate field b in type interface {}")),
        of(
            "field of null in JSON",
            "{{ (fromJson `{\"a\":null}`).a.b }}",
            at("13", "`{\"a\":null}`", "nil pointer evaluating interface {}.b")),
        of(
            "second line",
            "x\ny {{ div 1 0 }}",
            "template: line:2:5: executing \"line\" at <div 1 0>: "
                + "error calling div: runtime error: integer divide by zero"),
        of(
            "bytes before",
            "é {{ div 1 0 }}",
            at("6", "div 1 0", "error calling div: runtime error: integer divide by zero")),
        of(
            "in a called template",
            "{{ define `t` }}{{ div 1 0 }}{{ end }}{{ template `t` }}",
            "template: line:1:19: executing \"t\" at <div 1 0>: "
                + "error calling div: runtime error: integer divide by zero"),
        of(
            "order of bools",
            "{{ lt true false }}",
            at("3", "lt true false", "error calling lt: invalid type for comparison")),
        of(
            "length of a number",
            "{{ len 3 }}",
            at("3", "len 3", "error calling len: len of type int")),
        of(
            "index behind the end",
            "{{ index `abc` 3 }}",
            at("3", "index `abc` 3", "error calling index: reflect: string index out of range")),
        of(
            "unknown method",
            "{{ now.Foo }}",
            at("3", "now", "can't evaluate field Foo in type time.Time")),
        of(
            "decimal zero",
            "{{ divf 1 0 }}",
            at("3", "divf 1 0", "error calling divf: decimal division by 0")));
  }

  private static String at(String column, String node, String message) {
    return "template: line:1:" + column + ": executing \"line\" at <" + node + ">: " + message;
  }

  @ParameterizedTest
  @MethodSource("derived")
  void failsAsGoDoes(Case c) {
    var e = assertThrows(TemplateExecutionException.class, () -> ROW.print(c.template()));
    assertEquals(c.message(), e.getMessage());
  }
}
