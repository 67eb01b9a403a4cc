package dev.skald.logql.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Functions on lines of text, as the reference answered; {@code id} is the number of its recorded
 * case.
 */
final class TemplateLineTest {
  record Case(String id, String template, String line, String expected) {}

  static Case of(String id, String template, String line, String expected) {
    return new Case(id, template, line, expected);
  }

  static Stream<Case> recorded() {
    return Stream.of(
        of("143", "{{ bytes .b }}", "size 5KB", "5000"),
        of(
            "144",
            "{{ __line__ | trunc 7 }}|{{ __line__ | substr 4 6 }}|{{ len __line__ }}",
            "CJK 日本語テキスト 中文 한국어",
            "CJK 日|\uFFFD\uFFFD|42"),
        of(
            "145",
            "{{ .u | urldecode }} {{ .u | urlencode }}",
            "url https://example.org/a%20b?x=1#frag",
            "https://example.org/a b?x=1#frag https%3A%2F%2Fexample.org%2Fa%2520b%3Fx%3D1%2"
                + "3frag"),
        of(
            "146",
            "{{ __line__ | replace \"\\n\" \" / \" }}",
            "multi\nline\nentry",
            "multi / line / entry"),
        of("147", "{{ __line__ | count `\"` }}", "quote \"double\" and 'single' and `back`", "2"),
        of(
            "148",
            "{{ regexReplaceAll \"([a-z.]+)@([a-z.]+)\" __line__ \"${2}:${1}\" }}",
            "mail a.b@example.org",
            "mail example.org:a.b"));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void prints(Case c) {
    TestRow row = TestRow.of("b", "5KB", "u", "https://example.org/a%20b?x=1#frag");
    assertEquals(c.expected(), row.withLine(c.line()).print(c.template()));
  }
}
