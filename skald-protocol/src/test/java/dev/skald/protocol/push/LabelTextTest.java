package dev.skald.protocol.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Label;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LabelTextTest {
  record Case(String text, List<Label> want) {}

  private static Case parsed(String text, String... namesAndValues) {
    Label[] labels = new Label[namesAndValues.length / 2];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = new Label(namesAndValues[2 * i], namesAndValues[2 * i + 1]);
    }
    return new Case(text, List.of(labels));
  }

  static Stream<Case> accepted() {
    return Stream.of(
        parsed(""),
        parsed("  "),
        parsed("{}"),
        parsed(" { } "),
        parsed("{app=\"web\"}", "app", "web"),
        parsed("{app=\"web\", env=\"dev\"}", "app", "web", "env", "dev"),
        parsed("{app=\"web\",env=\"dev\",}", "app", "web", "env", "dev"),
        parsed("{\tapp = \"web\" ,\n env='dev' }", "app", "web", "env", "dev"),
        parsed("{app=`a\\n\"b'`}", "app", "a\\n\"b'"),
        parsed("{app=`two\nlines`}", "app", "two\nlines"),
        parsed("{b=\"2\", a=\"1\"}", "b", "2", "a", "1"),
        parsed("{a=\"1\", a=\"2\"}", "a", "1", "a", "2"),
        parsed("{a=\"\"}", "a", ""),
        parsed("up{job=\"x\"}", "__name__", "up", "job", "x"),
        parsed("a:b {}", "__name__", "a:b"),
        parsed("up", "__name__", "up"),
        parsed("{\"up\", job=\"x\"}", "__name__", "up", "job", "x"),
        parsed("{\"job\"=\"x\"}", "job", "x"),
        parsed("{a=\"\\a\\b\\f\\n\\r\\t\\v\\\\\\\"\"}", "a", "\u0007\b\f\n\r\t\u000b\\\""),
        parsed("{a='it\\'s'}", "a", "it's"),
        parsed("{a=\"\\x41\\101\\u00e9\\U0001f600\"}", "a", "AA\u00e9\ud83d\ude00"),
        parsed("{a=\"\\xc3\\xa9\"}", "a", "\u00e9"),
        parsed("{a=\"日本\\t😀\"}", "a", "日本\t😀"),
        parsed("{_a9=\"{,=}\"}", "_a9", "{,=}"));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void reads(Case c) {
    assertEquals(c.want(), LabelText.parse(c.text()), c.text());
  }

  static Stream<String> refused() {
    return Stream.of(
        "{",
        "}",
        "{a",
        "{a=",
        "{a=\"x\"",
        "{a=\"x",
        "{a=x}",
        "{a=\"x\"} b",
        "{a=\"x\"}}",
        "a=\"x\"",
        "{,}",
        "{a=\"x\",,b=\"y\"}",
        "{a=\"x\" b=\"y\"}",
        "{a-b=\"x\"}",
        "{\"a-b\"=\"x\"}",
        "{1a=\"x\"}",
        "{a!=\"x\"}",
        "{a=~\"x\"}",
        "{a=\"x\ny\"}",
        "{a=\"\\q\"}",
        "{a=\"\\'\"}",
        "{a=\"\\x4\"}",
        "{a=\"\\xff\"}",
        "{a=\"\\400\"}",
        "{a=\"\\ud800\"}",
        "{a=\"\\U00110000\"}",
        "{a=`x}",
        "日本{}");
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(String text) {
    SkaldException e = assertThrows(SkaldException.class, () -> LabelText.parse(text));
    assertEquals(ErrorKind.BAD_REQUEST, e.kind());
    assertTrue(e.getMessage().startsWith("couldn't parse labels: "), e.getMessage());
  }

  @Test
  void anyTextIsLabelsOrBadRequest() {
    String signs = "{}=,\"'`\\ ab_9:x0u\n\ud83d\ude00é";
    Random random = new Random(71);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(round % 2 == 0 ? "{a=\"" : "");
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(signs.charAt(random.nextInt(signs.length())));
      }
      try {
        for (Label label : LabelText.parse(text.toString())) {
          assertTrue(LabelText.isName(label.name()), text.toString());
        }
      } catch (SkaldException e) {
        assertEquals(ErrorKind.BAD_REQUEST, e.kind(), text.toString());
      }
    }
  }
}
