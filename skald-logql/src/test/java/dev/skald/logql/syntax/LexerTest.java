package dev.skald.logql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How text is cut into tokens (spec logql.md 2). */
final class LexerTest {
  /**
   * @param tokens kinds with line:column, values after a slash, separated by blanks; END left out
   */
  record Case(String text, String tokens) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case("a _b1 é", "IDENTIFIER@1:1/a IDENTIFIER@1:3/_b1 IDENTIFIER@1:7/é"),
        new Case("a\n b", "IDENTIFIER@1:1/a IDENTIFIER@2:2/b"),
        new Case("a#c\nb//d\r\n/* x\n */c", "IDENTIFIER@1:1/a IDENTIFIER@2:1/b IDENTIFIER@4:4/c"),
        new Case("\ufeffa", "IDENTIFIER@1:2/a"),
        new Case("\"日\ud83d\ude00\" a", "STRING@1:1/日\ud83d\ude00 IDENTIFIER@1:6/a"),
        new Case("BY Json oR", "BY@1:1/BY JSON@1:4/Json OR@1:9/oR"),
        new Case("sum", "IDENTIFIER@1:1/sum"),
        new Case("SUM \n(", "VECTOR_OPERATOR@1:1/sum OPEN_PARENTHESIS@2:1"),
        new Case("sum by(", "VECTOR_OPERATOR@1:1/sum BY@1:5/by OPEN_PARENTHESIS@1:7"),
        new Case("sum by", "IDENTIFIER@1:1/sum BY@1:5/by"),
        new Case("sum bye(", "IDENTIFIER@1:1/sum IDENTIFIER@1:5/bye OPEN_PARENTHESIS@1:8"),
        new Case("duration(", "CONVERSION@1:1/duration OPEN_PARENTHESIS@1:9"),
        new Case("1.5 .5 5. 1e3", "NUMBER@1:1/1.5 NUMBER@1:5/.5 NUMBER@1:8/5. NUMBER@1:11/1e3"),
        new Case("1.2.3", "NUMBER@1:1/1.2 NUMBER@1:4/.3"),
        new Case(
            "5m 1.5h 250µs",
            "DURATION@0:1/300000000000 DURATION@0:4/5400000000000 DURATION@0:9/250000"),
        new Case("-5m -5 -0", "DURATION@0:1/-300000000000 SUBTRACT@1:5 NUMBER@1:6/5 DURATION@0:8"),
        new Case(
            "5M 5mm 1.5KiB", "BYTES@0:1/5000000 NUMBER@1:4/5 IDENTIFIER@1:5/mm BYTES@0:8/1536"),
        new Case("5kb 5KBB", "BYTES@0:1/5000 IDENTIFIER@1:3/b NUMBER@1:5/5 IDENTIFIER@1:6/KBB"),
        new Case("[1h30m]", "RANGE@0:1/5400000000000"),
        new Case(
            "--strict --strictly --keep-empty",
            "FUNCTION_FLAG@0:1/--strict SUBTRACT@1:10 SUBTRACT@1:11 IDENTIFIER@1:12/strictly"
                + " FUNCTION_FLAG@0:21/--keep-empty"),
        new Case(
            "|= |~ |> !> != !~",
            "PIPE_EXACT@0:1 PIPE_REGEX@0:4 PIPE_PATTERN@0:7 NOT_PATTERN@0:10 NOT_EQUAL@0:13"
                + " NOT_REGEX@0:16"),
        new Case(
            "== = =~ >= > <= <",
            "COMPARE_EQUAL@0:1 EQUAL@1:4 REGEX@0:6 GREATER_OR_EQUAL@0:9 GREATER@1:12"
                + " LESS_OR_EQUAL@0:14 LESS@1:17"),
        new Case("; @ ! 'x'", "SEMICOLON@1:1 STRAY@1:3 STRAY@1:5 STRAY@1:7"),
        new Case("`a\\n\r\nb`", "STRING@1:1/a\\n\nb"),
        new Case("\"\\a\\b\\f\\n\\r\\t\\v\\\\\\\"\"", "STRING@1:1/\u0007\b\f\n\r\t\u000b\\\""),
        new Case("\"\\101\\x42\\u0043\\U00000044\"", "STRING@1:1/ABCD"),
        new Case("\"\\xe6\\x97\\xa5\\xff\"", "STRING@1:1/日\ufffd"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void cutsText(Case c) {
    List<Token> tokens = Lexer.tokens(c.text());
    assertEquals(TokenKind.END, tokens.getLast().kind(), () -> tokens.getLast().value());
    assertEquals(
        c.tokens(),
        tokens.subList(0, tokens.size() - 1).stream()
            .map(LexerTest::written)
            .collect(Collectors.joining(" ")));
  }

  private static String written(Token token) {
    String value = token.number() == 0 ? token.value() : Long.toString(token.number());
    return token.kind()
        + "@"
        + token.position().line()
        + ":"
        + token.position().column()
        + (value.isEmpty() ? "" : "/" + value);
  }

  /** Texts that end with a fault. */
  record Fault(String text, String message) {}

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault("a \"x", "parse error at line 1, col 3: literal not terminated"),
        new Fault("\"x\n\"", "parse error at line 1, col 1: literal not terminated"),
        new Fault("\"x\\", "parse error at line 1, col 1: invalid char escape"),
        new Fault("\"\\d\"", "parse error at line 1, col 1: invalid char escape"),
        new Fault("\"\\u12\"", "parse error at line 1, col 1: invalid char escape"),
        new Fault("\"\\400\"", "parse error at line 1, col 1: invalid syntax"),
        new Fault("\"\\ud800\"", "parse error at line 1, col 1: invalid syntax"),
        new Fault("'ab'", "parse error at line 1, col 1: invalid char literal"),
        new Fault("''", "parse error at line 1, col 1: invalid char literal"),
        new Fault("`x", "parse error at line 1, col 1: literal not terminated"),
        new Fault("/* x", "parse error at line 1, col 1: comment not terminated"),
        new Fault("1e", "parse error at line 1, col 1: exponent has no digits"),
        new Fault("1P", "parse error at line 1, col 1: 'P' exponent requires hexadecimal mantissa"),
        new Fault("0x", "parse error at line 1, col 1: hexadecimal literal has no digits"),
        new Fault(
            "0x1e.8", "parse error at line 1, col 1: hexadecimal mantissa requires a 'p' exponent"),
        new Fault("08", "parse error at line 1, col 1: invalid digit '8' in octal literal"),
        new Fault("0b12", "parse error at line 1, col 1: invalid digit '2' in binary literal"),
        new Fault("0b1.1", "parse error at line 1, col 1: invalid radix point in binary literal"),
        new Fault("1__0", "parse error at line 1, col 1: '_' must separate successive digits"),
        new Fault("1_", "parse error at line 1, col 1: '_' must separate successive digits"),
        new Fault("\n[5]", "parse error at line 0, col 1: not a valid duration string: \"5\""),
        new Fault("[5m", "parse error at line 0, col 1: missing closing ']' in duration"),
        new Fault("{a=\"b\"}\0", "parse error at line 1, col 7: invalid character NUL"),
        new Fault("\0", "parse error : invalid character NUL"),
        new Fault("a=\"\ud800\"", "parse error at line 1, col 3: invalid UTF-8 encoding"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void saysWhereTextCannotBeCut(Fault fault) {
    Token last = Lexer.tokens(fault.text()).getLast();
    assertEquals(TokenKind.FAULT, last.kind());
    assertEquals(fault.message(), last.position().error(last.value()).getMessage());
  }

  @Test
  void spansCoverTheText() {
    String text = " rate ( {a=~\"日\"} [5m] ) ";
    String joined =
        Lexer.tokens(text).stream()
            .map(token -> text.substring(token.span().start(), token.span().end()))
            .collect(Collectors.joining("·"));
    assertEquals("rate·(·{·a·=~·\"日\"·}·[5m]·)·", joined);
  }
}
