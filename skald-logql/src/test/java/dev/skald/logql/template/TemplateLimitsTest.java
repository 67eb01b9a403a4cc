package dev.skald.logql.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What hostile templates cannot do. */
final class TemplateLimitsTest {
  private static final TestRow ROW = TestRow.of("a", "x".repeat(1_000)).withLine("a line");

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{{ repeat 1000000000 `ab` }}",
        "{{ indent 1000000000 `a` }}",
        "{{ alignLeft 1000000000 `a` }}",
        "{{ alignRight 9223372036854775807 `a` }}",
        "{{ printf `%1000000d` 1 }}",
        "{{ printf `%.1000000f` 1.5 }}",
        "{{ printf `%*d` 1000000 1 }}",
        "{{ replace `` .a .a }}",
        "{{ regexReplaceAll `.` .a .a }}",
        "{{ range 100000 }}abcdefgh{{ end }}",
        "{{ $x := `ab` }}{{ range 100 }}{{ $x = print $x $x }}{{ end }}",
      })
  void outputBeyondTheLimitNamesIt(String template) {
    var e = assertThrows(TemplateExecutionException.class, () -> ROW.print(template));
    assertTrue(e.getMessage().contains("template output too long: bytes="), e.getMessage());
    assertTrue(e.getMessage().endsWith(" max=65536"), e.getMessage());
  }

  @Test
  void outputMayBeAsLongAsTheLimit() {
    assertEquals(65_536, ROW.print("{{ repeat 65536 `a` }}").length());
    assertEquals(32_768, ROW.print("{{ repeat 32768 `é` }}").length());
    assertThrows(TemplateExecutionException.class, () -> ROW.print("{{ repeat 65537 `a` }}"));
    assertThrows(TemplateExecutionException.class, () -> ROW.print("{{ repeat 32769 `é` }}"));
  }

  @Test
  void failureLeavesTheOutputAsItWas() {
    TemplateOutput out = new TemplateOutput(20);
    var environment = new TemplateEnvironment(() -> 0, java.time.ZoneOffset.UTC);
    Template.parse("line", "kept").execute(ROW, environment, out);
    Template failing = Template.parse("line", "gone {{ div 1 0 }}");
    assertThrows(TemplateExecutionException.class, () -> failing.execute(ROW, environment, out));
    assertEquals("kept", out.text());
    assertEquals(4, out.bytes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{{ range 9223372036854775807 }}{{ end }}",
        "{{ define `t` }}{{ template `u` . }}{{ template `u` . }}{{ end }}"
            + "{{ define `u` }}{{ range 10000 }}{{ end }}{{ end }}"
            + "{{ range 10000 }}{{ template `t` . }}{{ end }}",
      })
  void workIsBounded(String template) {
    var e =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> assertThrows(TemplateExecutionException.class, () -> ROW.print(template)));
    assertTrue(e.getMessage().endsWith("too much work for one line: max=1000000"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{{ count `((a{100}){100}){100}` .a }} ~ expression too large: max=10000",
        "{{ count (repeat 201 `(`) .a }} ~ expression nests too deeply: max=200",
        "{{ mulf %s }} ~ decimal too long: digits=2012 max=2000",
      })
  void functionsAreBounded(String template, String message) {
    String numbers = "1.2345678901234567 ".repeat(300);
    var e =
        assertThrows(
            TemplateExecutionException.class, () -> ROW.print(template.replace("%s", numbers)));
    assertTrue(e.getMessage().endsWith(message), e.getMessage());
  }

  @Test
  void messagesAreBounded() {
    String template = "{{ unixToTime (print " + "`12345` ".repeat(3_000) + ") }}";
    var e = assertThrows(TemplateExecutionException.class, () -> ROW.print(template));
    assertTrue(e.getMessage().length() < 5_000, "chars: " + e.getMessage().length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "[0-9]{1,3}(\\.[0-9]{1,3}){3} ~ 10.0.0.1 x 10.0.0.2 ~ 2",
        "[]a]{2} ~ a] aa b ~ 2",
        "a{,2} ~ a{,2} ~ 1",
        "([a-f0-9]{8}-([a-f0-9]{4}-){3}[a-f0-9]{12}) ~ 01234567-0123-0123-0123-0123456789ab ~ 1",
      })
  void ordinaryExpressionsAreNotTooLarge(String regex, String text, String count) {
    assertEquals(count, TestRow.of("t", text).print("{{ count `" + regex + "` .t }}"));
  }

  @Test
  void callsAreBounded() {
    String template = "{{ define `t` }}{{ template `t` . }}{{ end }}{{ template `t` . }}";
    var e = assertThrows(TemplateExecutionException.class, () -> ROW.print(template));
    assertTrue(e.getMessage().endsWith("exceeded maximum template depth (50)"), e.getMessage());
  }

  @Test
  void nestingIsBounded() {
    int max = TemplateLimits.NESTING_DEPTH_MAX;
    assertEquals("1", ROW.print("{{ " + "(".repeat(max) + "1" + ")".repeat(max) + " }}"));
    assertEquals("1", ROW.print("{{if 1}}".repeat(max) + "1" + "{{end}}".repeat(max)));
    assertEquals("1", ROW.print("{{if 0}}" + "{{else if 0}}".repeat(max - 2) + "{{else}}1{{end}}"));
    for (String template :
        new String[] {
          "{{ " + "(".repeat(max + 1) + "1" + ")".repeat(max + 1) + " }}",
          "{{if 1}}".repeat(max + 1) + "1" + "{{end}}".repeat(max + 1),
          "{{if 0}}" + "{{else if 0}}".repeat(60_000) + "{{end}}"
        }) {
      var e = assertThrows(TemplateSyntaxException.class, () -> Template.parse("line", template));
      assertTrue(e.getMessage().endsWith("nested too deeply: max=200"), e.getMessage());
    }
  }

  @Test
  void deepestWalkFitsASmallStack() throws InterruptedException {
    String body = "{{if 1}}".repeat(190) + "{{ template `t` . }}" + "{{end}}".repeat(190);
    String template = "{{ define `t` }}" + body + "{{ end }}{{ template `t` . }}";
    Throwable[] thrown = new Throwable[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                ROW.print(template);
              } catch (Throwable e) {
                thrown[0] = e;
              }
            },
            "small stack",
            512 * 1024);
    thread.start();
    thread.join();
    assertTrue(thrown[0] instanceof TemplateExecutionException, String.valueOf(thrown[0]));
    assertTrue(String.valueOf(thrown[0].getMessage()).endsWith("nested too deeply: max=500"));
  }

  @Test
  void deepJsonIsMalformed() {
    String shallow = "[".repeat(100) + "]".repeat(100);
    assertEquals("1", TestRow.of("j", shallow).print("{{ fromJson .j | len }}"));
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertEquals("<no value>", TestRow.of("j", deep).print("{{ fromJson .j }}"));
  }

  /**
   * Pieces of templates in any order either parse or are refused, and run or fail, with our
   * exceptions alone.
   */
  @Test
  void anyTextEitherWorksOrIsRefused() {
    String[] pieces = {
      "{{",
      "}}",
      "{{-",
      "-}}",
      " ",
      "(",
      ")",
      "|",
      ".",
      ".a",
      ".a.b",
      "$",
      "$x",
      ":=",
      "=",
      ",",
      "1",
      "-1",
      "1.5",
      "`x`",
      "\"y\"",
      "'z'",
      "nil",
      "true",
      "if ",
      "else ",
      "end",
      "range ",
      "with ",
      "define ",
      "block ",
      "template ",
      "break",
      "continue",
      "index ",
      "slice ",
      "printf ",
      "print ",
      "len ",
      "eq ",
      "lt ",
      "and ",
      "or ",
      "not ",
      "fromJson ",
      "`[1,{\"a\":[null,2]}]`",
      "trunc ",
      "substr ",
      "now",
      "date ",
      "__timestamp__",
      ".Month",
      ".Format",
      "add ",
      "divf ",
      "round ",
      "regexReplaceAll ",
      "count ",
      "`%[2]*.[1]*f`",
      "`%#v`",
      "`%x`",
      "html ",
      "js ",
      "b64dec ",
      "urldecode ",
      "toDate ",
      "`2006-01-02`",
      "unixToTime ",
      "duration ",
      "bytes ",
      "é",
      "\n"
    };
    long seed = 4_711;
    Random random = new Random(seed);
    int ran = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "{{ " : "");
      int count = 1 + random.nextInt(8);
      for (int k = 0; k < count; k++) {
        text.append(pieces[random.nextInt(pieces.length)]);
        text.append(random.nextInt(3) == 0 ? "" : " ");
      }
      text.append(random.nextBoolean() ? "}}" : "");
      try {
        Template template = Template.parse("line", text.toString());
        ran++;
        ROW.print(template);
      } catch (TemplateSyntaxException | TemplateExecutionException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith("template: line:"), e.toString());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + text, e);
      }
    }
    assertTrue(ran > 500, "templates that parsed: " + ran);
  }
}
