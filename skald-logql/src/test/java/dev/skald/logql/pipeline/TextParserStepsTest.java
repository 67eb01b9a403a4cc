package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.logql.pipeline.Rows.Row;
import dev.skald.model.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code pattern}, {@code regexp}, {@code unpack} and {@code decolorize}: a line in, a line and
 * labels out.
 */
final class TextParserStepsTest {
  record Case(String stages, String line, String newLine, Labels labels) {
    /** The line stays. */
    static Case of(String stages, String line, String... added) {
      return changed(stages, line, line, added);
    }

    static Case changed(String stages, String line, String newLine, String... added) {
      String[] all = Arrays.copyOf(added, added.length + 2);
      all[added.length] = "app";
      all[added.length + 1] = "web";
      return new Case(stages, line, newLine, Labels.of(all));
    }
  }

  static Stream<Case> pattern() {
    return Stream.of(
        Case.of(
            "| pattern `<ip> - <_> \"<m> <p> <_>\" <st>`",
            "1.2.3.4 - - \"GET /x HTTP/1.1\" 200",
            "ip",
            "1.2.3.4",
            "m",
            "GET",
            "p",
            "/x",
            "st",
            "200"),
        Case.of("| pattern `<a> zzz <b>`", "1 2 3", "a", "1 2 3"),
        Case.of("| pattern `- <x>`", "a - b"),
        Case.of("| pattern `[<a>] <_>`", "[] rest", "a", ""),
        Case.of("| pattern `<a>.`", "x.y.z", "a", "x"),
        Case.of("| pattern `<app> <_>`", "x y", "app_extracted", "x"),
        Case.of("| pattern `<a> <_>`", ""),
        Case.of("| pattern `<a> <_>` | pattern `<_> <a>`", "1 2", "a", "1"));
  }

  static Stream<Case> regexp() {
    return Stream.of(
        Case.of("| regexp `(?P<m>\\w+) (?P<p>[^ ?]+)`", "- GET /a?b", "m", "GET", "p", "/a"),
        Case.of("| regexp `(?<m>[(?<]+)`", "a(?<b", "m", "(?<"),
        Case.of("| regexp `u=(?P<u>\\w+)( id=(?P<id>\\d+))?(x)?`", "é u=bob", "u", "bob", "id", ""),
        Case.of("| regexp `(?P<a>quick)|(?P<b>lazy)`", "lazy", "a", "", "b", "lazy"),
        Case.of("| regexp `(?P<app>G)`", "GET", "app_extracted", "G"),
        Case.of("| regexp `(?P<a>z)`", "GET"));
  }

  static Stream<Case> unpack() {
    String error = "__error__";
    String details = "__error_details__";
    String json = "JSONParserErr";
    return Stream.of(
        Case.changed(
            "| unpack",
            "{\"_entry\":\"a \\\"q\\\" \\n\",\"a.b\":\"dot\",\"n\":5,\"app\":\"x\"}",
            "a \"q\" \n",
            "a_b",
            "dot",
            "app_extracted",
            "x"),
        Case.of("| unpack", "{\"pod\":\"no entry\"}"),
        Case.of("| unpack", "{\"_entry\":5,\"pod\":\"num entry\"}"),
        Case.changed("| unpack", "{\"_entry\":\"1\",\"_entry\":\"2\"}", "2"),
        Case.of("| unpack", ""),
        Case.of("| unpack", "[1]", error, json, details, "expecting json object(6), but it is not"),
        Case.of(
            "| unpack",
            "{\"p\":\"x\",\"_entry\":\"b",
            error,
            json,
            details,
            JsonValue.STRING_FAULT),
        Case.changed("| unpack |= `new`", "{\"_entry\":\"new\"}", "new"));
  }

  static Stream<Case> decolorize() {
    return Stream.of(
        Case.changed("| decolorize", "\u001b[31mred\u001b[0m plain", "red plain"),
        Case.changed("| decolorize", "\u001b]0;title\u0007after", "after"),
        Case.changed("| decolorize", "\u009b1;32mcsi", "csi"),
        Case.changed("| decolorize | logfmt", "\u001b[1ma=1\u001b[0m", "a=1", "a", "1"),
        Case.of("| decolorize", "\u001b plain é"));
  }

  static Stream<Case> cases() {
    return Stream.of(pattern(), regexp(), unpack(), decolorize()).flatMap(s -> s);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reads(Case c) {
    assertEquals(List.of(new Row(c.newLine, c.labels)), Rows.run(c.stages, c.line));
  }
}
