package dev.skald.logql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.logql.syntax.JsonPath.Step;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The small languages inside a query's strings: paths, keys, patterns, addresses. */
final class ExpressionTextTest {
  record Path(String text, List<Step> steps) {}

  static Stream<Path> paths() {
    return Stream.of(
        new Path("a", List.of(new Step.Key("a"))),
        new Path("a.b_1", List.of(new Step.Key("a"), new Step.Key("b_1"))),
        new Path("a[0][12]", List.of(new Step.Key("a"), new Step.Index(0), new Step.Index(12))),
        new Path("[\"User-Agent\"].x", List.of(new Step.Key("User-Agent"), new Step.Key("x"))),
        new Path("[3]", List.of(new Step.Index(3))),
        new Path("[\"日 本\"]", List.of(new Step.Key("日 本"))),
        new Path(" a . b ", List.of(new Step.Key("a"), new Step.Key("b"))));
  }

  @ParameterizedTest
  @MethodSource("paths")
  void readsPaths(Path path) throws ExpressionException {
    assertEquals(path.steps(), JsonPath.parse(path.text()).steps());
  }

  @ParameterizedTest
  @CsvSource({
    "x-y, unexpected char -",
    "x[, 'syntax error: unexpected $end, expecting STRING or INDEX'",
    "x[1.5], 'syntax error: unexpected $end, expecting STRING or INDEX'",
    "x[99999999999], 'syntax error: unexpected $end, expecting STRING or INDEX'",
    "x[-1], 'syntax error: unexpected $end, expecting STRING or INDEX'",
    "x[ab], non-integer value: ab",
    "'[\"x]', 'syntax error: unexpected $end, expecting RSB'",
    "x y, syntax error: unexpected FIELD",
    "x., 'syntax error: unexpected $end, expecting FIELD'",
    "x.[0], 'syntax error: unexpected LSB, expecting FIELD'",
    "'', 'syntax error: unexpected $end, expecting LSB or FIELD'"
  })
  void saysWhyATextIsNoPath(String text, String message) {
    assertEquals(
        message, assertThrows(ExpressionException.class, () -> JsonPath.parse(text)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({"level, level", "'\"my key\"', my key", "'\"a.b\"', a.b", "'\"open', open"})
  void readsLogfmtKeys(String text, String key) throws ExpressionException {
    assertEquals(key, LogfmtKey.parse(text).key());
  }

  @ParameterizedTest
  @CsvSource({
    "b c, syntax error: unexpected KEY",
    "'', 'syntax error: unexpected $end, expecting STRING or KEY'",
    "b=c, unexpected char =",
    "a.b, unexpected char .",
    "a[0], unexpected char ["
  })
  void saysWhyATextIsNoLogfmtKey(String text, String message) {
    assertEquals(
        message, assertThrows(ExpressionException.class, () -> LogfmtKey.parse(text)).getMessage());
  }

  @Test
  void cutsPatternsIntoTextAndCaptures() throws ExpressionException {
    assertEquals(
        List.of(
            new PatternNode.Capture("ip"),
            new PatternNode.Literal(" - < <1a> <> \""),
            new PatternNode.Capture("_"),
            new PatternNode.Literal("\">"),
            new PatternNode.Capture("st_1")),
        CapturePattern.parse("<ip> - < <1a> <> \"<_>\"><st_1>").nodes());
    assertEquals(List.of(), LinePattern.parse("").nodes());
    assertEquals(
        List.of(new PatternNode.Literal("a<"), new PatternNode.Capture("_")),
        LinePattern.parse("a<<_>").nodes());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "<_>, at least one capture is required",
        "text, at least one capture is required",
        "<_><a>, found consecutive capture '<_><a>': invalid expression",
        "<a> <a>, duplicate capture name (a): invalid expression"
      })
  void saysWhyACapturePatternIsNone(String text, String message) {
    assertEquals(
        message,
        assertThrows(ExpressionException.class, () -> CapturePattern.parse(text)).getMessage());
  }

  @Test
  void aCapturePatternIsNotEmpty() {
    assertEquals(
        "parse error at line 1, col 1: syntax error: unexpected $end, expecting IDENTIFIER or"
            + " LITERAL",
        assertThrows(ExpressionException.class, () -> CapturePattern.parse("")).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "a<b>c, named captures are not allowed: found '<b>'",
        "<_><_>, found consecutive capture '<_><_>': invalid expression"
      })
  void saysWhyALinePatternIsNone(String text, String message) {
    assertEquals(
        message,
        assertThrows(ExpressionException.class, () -> LinePattern.parse(text)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1, 10.0.0.2",
    "10.1.2.3/8, 10.255.255.255, 11.0.0.0",
    "10.0.0.9/32, 10.0.0.9, 10.0.0.8",
    "0.0.0.0/0, 255.255.255.255, ::",
    "10.0.0.1-10.0.1.0, 10.0.0.255, 10.0.1.1",
    "::1, 0:0:0:0:0:0:0:1, ::2",
    "2001:db8::/32, 2001:db8:ffff::1, 2001:db9::",
    "::ffff:1.2.3.4, ::ffff:102:304, 1.2.3.4",
    "fe80::1-fe80::ff, fe80::a0, fe80::100"
  })
  void ipPatternsTellAddressesApart(String pattern, String inside, String outside) {
    IpPattern parsed = IpPattern.parse(pattern).orElseThrow();
    assertTrue(parsed.matches(inside));
    assertFalse(parsed.matches(outside));
    assertFalse(parsed.matches("no address"));
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "x",
    "10.0.0",
    "10.0.0.256",
    "010.0.0.1",
    "10.0.0.0/33",
    "10.0.0.0/08",
    "10.0.0.0/",
    "10.0.0.0/-1",
    "10.0.0.2-10.0.0.1",
    "10.0.0.1-::1",
    "10.0.0.1-",
    "1:2:3:4:5:6:7:8:9",
    "1::2::3",
    ":1",
    "12345::",
    "::g",
    "1:2:3:4:5:6:7::8"
  })
  void refusesWhatIsNoIpPattern(String pattern) {
    assertTrue(IpPattern.parse(pattern).isEmpty());
  }
}
