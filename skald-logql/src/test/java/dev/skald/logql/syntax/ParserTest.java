package dev.skald.logql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.model.Matcher;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trees and errors that the recorded answers do not pin. */
final class ParserTest {
  /**
   * @param want the printed tree, or the error's text
   */
  record Case(String query, String want) {}

  static Stream<Case> trees() {
    String rate = "rate({a=\"b\"}[1m])";
    return Stream.of(
        // precedence of operators
        new Case(
            "vector(1) + vector(2) * vector(3)",
            "(vector(1.000000) + (vector(2.000000) * vector(3.000000)))"),
        new Case(
            "vector(1) - vector(2) - vector(3)",
            "((vector(1.000000) - vector(2.000000)) - vector(3.000000))"),
        new Case(
            "vector(1) ^ vector(2) ^ vector(3)",
            "(vector(1.000000) ^ (vector(2.000000) ^ vector(3.000000)))"),
        new Case(
            "vector(1) or vector(2) and vector(3) unless vector(4)",
            "(vector(1.000000) or ((vector(2.000000) and vector(3.000000)) unless"
                + " vector(4.000000)))"),
        new Case(
            "vector(1) > vector(2) == vector(3) + 1",
            "((vector(1.000000) > vector(2.000000)) == (vector(3.000000) + 1))"),
        new Case("2 ^ 3 ^ 2", "512"),
        new Case("-1 ^ 2", "1"),
        new Case("1 / 0", "(0 / 0)"),
        new Case("1 % 0 == 1 % 0", "0"),
        new Case("1e308 * 10", "(1e308 * 10)"),
        new Case("1 > bool 0", "1"),
        // precedence of conditions
        new Case("{a=\"b\"} | x=1 or y=2 , z=3", "{a=\"b\"} | ( x==1 or ( y==2 , z==3 ) )"),
        new Case("{a=\"b\"} | x=1 , y=2 or z=3", "{a=\"b\"} | ( x==1 , ( y==2 or z==3 ) )"),
        new Case("{a=\"b\"} | x=1 and y=2 or z=3", "{a=\"b\"} | ( ( x==1 , y==2 ) or z==3 )"),
        new Case("{a=\"b\"} | x=1 or y=2 and z=3", "{a=\"b\"} | ( x==1 or ( y==2 , z==3 ) )"),
        new Case(
            "{a=\"b\"} | x=1 and y=2 z=3 or w=4",
            "{a=\"b\"} | ( x==1 , ( y==2 , ( z==3 or w==4 ) ) )"),
        // where the range may stand
        new Case("rate({a=\"b\"}[1m] |= \"x\" | json)", "rate({a=\"b\"} |= \"x\" | json[1m])"),
        new Case(
            "rate(({a=\"b\"} |= \"x\")[1m] offset 1m)", "rate({a=\"b\"} |= \"x\"[1m] offset 1m0s)"),
        new Case("rate(({a=\"b\"}[1m]))", rate),
        new Case("rate((({a=\"b\"})[1m]))", rate),
        new Case(
            "sum_over_time({a=\"b\"}[1m] offset 1m | json | unwrap x | y=\"z\")",
            "sum_over_time({a=\"b\"} | json | unwrap x | y=\"z\"[1m] offset 1m0s)"),
        new Case(
            "sum_over_time(({a=\"b\"})[1m] | unwrap bytes(x))",
            "sum_over_time({a=\"b\"} | unwrap bytes(x)[1m])"),
        new Case(
            "sum_over_time(({a=\"b\"} | json | unwrap x)[1m])",
            "sum_over_time({a=\"b\"} | json | unwrap x[1m])"),
        // words that are labels where nothing is called
        new Case(
            "sum by (sum, rate, count) (" + rate + ")", "sum by (sum,rate,count)(" + rate + ")"),
        new Case(
            "{rate=\"a\"} | duration > 1s | bytes >= 1B | ip=\"x\" | drop sum, count",
            "{rate=\"a\"} | duration>1s | bytes>=1B | ip=\"x\" | drop sum,count"),
        new Case("sum without () (" + rate + ")", "sum without ()(" + rate + ")"),
        new Case(
            "variants(" + rate + ") of ({a=\"b\"}[1m])",
            "variants(" + rate + ") of ({a=\"b\"}[1m])"),
        new Case(
            "vector(1) + on () group_left () (vector(2) + 1)",
            "(vector(1.000000) + on () group_left () (vector(2.000000) + 1))"),
        new Case("vector(0.0000001)", "vector(1e-07)"));
  }

  @ParameterizedTest
  @MethodSource("trees")
  void buildsTrees(Case c) {
    assertEquals(c.want(), LogqlPrinter.print(LogqlParser.parse(c.query())));
  }

  static Stream<Case> errors() {
    return Stream.of(
        new Case(
            "rate((5))",
            "parse error at line 1, col 7: syntax error: unexpected NUMBER, expecting { or ("),
        new Case(
            "rate((({a=\"b\"}))[5m])",
            "parse error at line 1, col 16: syntax error: unexpected ), expecting RANGE"),
        new Case(
            "rate(({a=\"b\"})[5m] | json)",
            "parse error at line 1, col 22: syntax error: unexpected json, expecting unwrap"),
        new Case(
            "rate({a=\"b\"}[5m] | json 5)",
            "parse error at line 1, col 25: syntax error: unexpected NUMBER, expecting )"),
        new Case(
            "{a=\"b\"} != 5",
            "parse error at line 1, col 12: syntax error: unexpected NUMBER, expecting STRING"
                + " or ip"),
        new Case(
            "({a=\"b\"}) |= \"x\"", "parse error at line 0, col 11: syntax error: unexpected |="),
        new Case(
            "{a=\"b\"} | $ = \"x\"",
            "parse error at line 1, col 11: syntax error: unexpected IDENTIFIER"),
        new Case(
            "vector(1) + on(a) group_left (vector(2))",
            "parse error at line 1, col 31: syntax error: unexpected VECTOR, expecting"
                + " IDENTIFIER or )"),
        new Case(
            "vector(1) > 0x10",
            "parse error : unable to parse literal as a float: strconv.ParseFloat: parsing"
                + " \"0x10\": invalid syntax"),
        new Case(
            "quantile_over_time(1e309, {a=\"b\"} | unwrap x [1m])",
            "parse error : invalid parameter for operation quantile_over_time:"
                + " strconv.ParseFloat: parsing \"1e309\": value out of range"),
        new Case(
            "label_replace(vector(1), \"a\", \"b\", \"c\", \"(\")",
            "parse error : invalid regex in label_replace: error parsing regexp: missing"
                + " closing ): `^(?:()$`"),
        new Case(
            "{a=\"b\"} | regexp \"(?P<x>a)(?P<x>b)\"",
            "parse error : invalid regexp parser: duplicate extracted label name 'x'"),
        new Case(
            "{a=\"b\"} | regexp \"(?P<1x>a)\"",
            "parse error : invalid regexp parser: invalid extracted label name '1x'"),
        new Case(
            "{a=\"b\"} | regexp \"a)\"",
            "parse error : invalid regexp parser: error parsing regexp: unexpected ): `a)`"),
        new Case(
            "{a=\"b\"} | drop x=~\"(\"",
            "parse error : error parsing regexp: missing closing ): `(`"),
        new Case(
            "sum_over_time({a=\"b\"} | unwrap x | y=ip(\"z\") [1m])",
            "parse error : stage '| y=ip(\"z\")' : ip: invalid pattern: \"z\""),
        new Case(
            "{a=\"b\"} |= \"a\" or ip(\"z\")",
            "parse error : stage '|= \"a\" or ip(\"z\")' : ip: invalid pattern: \"z\""),
        // an error of the grammar comes before a rule that an aggregation breaks
        new Case(
            "sum(3, vector(1)) }", "parse error at line 1, col 19: syntax error: unexpected }"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void saysWhatIsWrong(Case c) {
    LogqlSyntaxException e =
        assertThrows(LogqlSyntaxException.class, () -> LogqlParser.parse(c.query()));
    assertEquals(c.want(), e.getMessage());
  }

  /** Spec logql.md 2.3: as Loki up to 3.7, which has variants; later ones have not. */
  @Test
  void variantsAndOfAreLabelsButInLokisDialect() {
    String query = "sum by (of,variants)(rate({of=\"b\"}[1m]))";
    Expr parsed = LogqlParser.parse(query, TemplateCheck.NONE, Dialect.SKALD);
    assertEquals(query, LogqlPrinter.print(parsed));
    LogqlSyntaxException e =
        assertThrows(LogqlSyntaxException.class, () -> LogqlParser.parse(query));
    assertEquals(
        "parse error at line 1, col 9: syntax error: unexpected of, expecting IDENTIFIER or )",
        e.getMessage());
    assertEquals(1, LogqlParser.parseMatchers("{variants=\"x\"}").size(), "selectors alone");
  }

  /** Spec logql.md 2.6: as Loki, but for Skald's dialect, which does not guess. */
  @Test
  void numberOfLabelFilterThatDoesNotConvertIsZeroInLokisDialect() {
    String query = "{a=\"b\"} | x > 0x10";
    assertEquals("{a=\"b\"} | x>0", LogqlPrinter.print(LogqlParser.parse(query)));
    LogqlSyntaxException e =
        assertThrows(
            LogqlSyntaxException.class,
            () -> LogqlParser.parse(query, TemplateCheck.NONE, Dialect.SKALD));
    assertEquals(
        "parse error : unable to parse literal as a float: strconv.ParseFloat: parsing \"0x10\":"
            + " invalid syntax",
        e.getMessage());
  }

  @Test
  void templatesAreChecked() {
    TemplateCheck check =
        (name, text) ->
            text.startsWith("{{") ? Optional.of("template: " + name + ":1: bad") : Optional.empty();
    LogqlParser.parse("{a=\"b\"} | line_format \"x\" | label_format c=\"y\"", check);

    assertEquals(
        "parse error : stage '| line_format \"{{\"' : invalid line template: template: line:1: bad",
        assertThrows(
                LogqlSyntaxException.class,
                () -> LogqlParser.parse("{a=\"b\"} | line_format `{{`", check))
            .getMessage());
    assertEquals(
        "parse error : stage '| label_format c=d,e=\"{{\"' : invalid template for label 'e':"
            + " template: label:1: bad",
        assertThrows(
                LogqlSyntaxException.class,
                () -> LogqlParser.parse("{a=\"b\"} | label_format c=d, e=\"{{\"", check))
            .getMessage());
  }

  @Test
  void kindsOfQueriesAreToldApart() {
    assertInstanceOf(LogExpr.class, LogqlParser.parse("({a=\"b\"})"));
    assertEquals(
        "only log selector is supported",
        assertThrows(
                LogqlSyntaxException.class,
                () -> LogqlParser.parseLog("vector(1)", TemplateCheck.NONE))
            .getMessage());
    assertEquals(
        "only sample expression supported",
        assertThrows(
                LogqlSyntaxException.class,
                () -> LogqlParser.parseMetric("{a=\"b\"}", TemplateCheck.NONE))
            .getMessage());
  }

  @Test
  void matchersStandAlone() {
    assertEquals(List.of(), LogqlParser.parseMatchers(" { } "));
    assertEquals(
        List.of(Matcher.equal("a", "b"), new Matcher("c", Matcher.Op.NOT_EQUAL, "")),
        LogqlParser.parseMatchers("{a=\"b\", c!=\"\"}"));
    for (String more : List.of("{a=\"b\"} |= \"x\"", "{a=\"b\"} | json", "vector(1)")) {
      assertEquals(
          "only label matchers are supported",
          assertThrows(LogqlSyntaxException.class, () -> LogqlParser.parseMatchers(more))
              .getMessage());
    }
    assertThrows(LogqlSyntaxException.class, () -> LogqlParser.parseMatchers("{a=~\".*\"}"));
  }

  @Test
  void deletionsMaySelectEverything() {
    assertInstanceOf(
        LogExpr.class, LogqlParser.parseAnySelector("{} |= \"x\"", TemplateCheck.NONE));
    assertThrows(
        LogqlSyntaxException.class,
        () -> LogqlParser.parseAnySelector("{} |~ \"(\"", TemplateCheck.NONE));
  }

  @Test
  void nodesKnowWhereTheyStand() {
    String query = "sum ( rate({a=\"b\"} | x > 5 | json [1m]) ) / vector(2)";
    var division = assertInstanceOf(MetricExpr.BinaryOperation.class, LogqlParser.parse(query));
    assertEquals(query, covered(query, division.span()));
    assertEquals("vector(2)", covered(query, division.right().span()));
    var sum = assertInstanceOf(MetricExpr.VectorAggregation.class, division.left());
    assertEquals("sum ( rate({a=\"b\"} | x > 5 | json [1m]) )", covered(query, sum.span()));
    var rate = assertInstanceOf(MetricExpr.RangeAggregation.class, sum.inner());
    LogExpr log = rate.range().log();
    assertEquals("{a=\"b\"} | x > 5 | json [1m]", covered(query, rate.range().span()));
    assertEquals("{a=\"b\"} | x > 5 | json", covered(query, log.span()));
    assertEquals("{a=\"b\"}", covered(query, log.selector().span()));
    assertEquals("| x > 5", covered(query, log.stages().getFirst().span()));
    assertEquals("| json", covered(query, log.stages().getLast().span()));
  }

  private static String covered(String query, Span span) {
    return query.substring(span.start(), span.end());
  }
}
