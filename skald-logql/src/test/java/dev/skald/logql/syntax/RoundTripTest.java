package dev.skald.logql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Properties of parser and printer together. A failure names the seed; run it again with {@code
 * -Dskald.seed}.
 */
final class RoundTripTest {
  private static final int TREES = 500;
  private static final int SOUPS = 4_000;

  private static final List<String> WORDS =
      List.of(
          "{a=\"b\"}",
          "{",
          "}",
          "(",
          ")",
          ",",
          "|",
          "|=",
          "!=",
          "|~",
          "\"x\"",
          "`y`",
          "[5m]",
          "[",
          "a",
          "b",
          "=",
          "=~",
          "==",
          ">",
          "5",
          "5m",
          "5MB",
          "-",
          "+",
          "*",
          "^",
          "or",
          "and",
          "unless",
          "json",
          "logfmt",
          "--strict",
          "unwrap",
          "drop",
          "label_format",
          "ip(\"::1\")",
          "sum",
          "rate",
          "topk",
          "by",
          "(a)",
          "on",
          "group_left",
          "bool",
          "offset",
          "stats",
          "count()",
          "quantile(0.5, a)",
          "as",
          "order by",
          "sort by a",
          "desc",
          "limit 3",
          "count",
          "avg_over_time(a[1m])",
          "let a =",
          ";",
          "__timestamp__",
          "\"2024-01-01T00:00:00Z\"",
          "vector(1)",
          "duration",
          "#",
          "\n",
          "/*",
          "'",
          "\0",
          "\ud800",
          "é",
          "0x",
          "1e",
          "rate({a=\"b\"}[1m])");

  private final long seed = Long.getLong("skald.seed", 20_260_101L);

  @ParameterizedTest
  @EnumSource
  void parsingThePrintedTreeGivesTheTree(Dialect dialect) {
    RandomExprs exprs = new RandomExprs(new Random(seed), dialect);
    for (int i = 0; i < TREES; i++) {
      Expr tree = exprs.next();
      String printed = LogqlPrinter.print(tree);
      Expr parsed = parse(printed, dialect);
      assertEquals(
          unspanned(tree), unspanned(parsed), () -> "-Dskald.seed=" + seed + ": " + printed);
      assertEquals(printed, LogqlPrinter.print(parsed), () -> "-Dskald.seed=" + seed);
    }
  }

  /** Sizes are rounded when formatted, so only the text settles, not the tree. */
  @ParameterizedTest
  @EnumSource
  void formattingTwiceGivesTheSameText(Dialect dialect) {
    RandomExprs exprs = new RandomExprs(new Random(seed), dialect);
    for (int i = 0; i < TREES; i++) {
      Expr tree = exprs.next();
      String text = LogqlPrinter.pretty(tree);
      // numbers and sizes that LogQL prints but does not read
      if (Stream.of("NaN", "Inf", "-0", "=0B", ">0B", "<0B", "PB", "EB")
          .noneMatch(text::contains)) {
        Expr again = parse(text, dialect);
        assertEquals(text, LogqlPrinter.pretty(again), () -> "-Dskald.seed=" + seed);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyTextGivesATreeOrASyntaxError(Dialect dialect) {
    Random random = new Random(seed);
    int trees = 0;
    for (int i = 0; i < SOUPS; i++) {
      String soup = soup(random);
      try {
        Expr tree = LogqlParser.parse(soup, TemplateCheck.NONE, dialect);
        trees++;
        assertEquals(unspanned(tree), unspanned(parse(LogqlPrinter.print(tree), dialect)), soup);
      } catch (LogqlSyntaxException e) {
        assertTrue(e.getMessage().startsWith("parse error"), soup);
      }
    }
    assertTrue(trees > SOUPS / 200, "too few of the texts were queries: " + trees);
  }

  private static String soup(Random random) {
    StringBuilder soup = new StringBuilder(random.nextInt(3) == 0 ? "" : "{a=\"b\"} ");
    int words = random.nextInt(8);
    for (int i = 0; i < words; i++) {
      soup.append(WORDS.get(random.nextInt(WORDS.size())));
      soup.append(random.nextInt(4) == 0 ? "" : " ");
    }
    return soup.toString();
  }

  private Expr parse(String text, Dialect dialect) {
    try {
      return LogqlParser.parse(text, TemplateCheck.NONE, dialect);
    } catch (LogqlSyntaxException e) {
      throw new AssertionError("-Dskald.seed=" + seed + ": " + text, e);
    }
  }

  /** The tree as text, without the spans. */
  private static String unspanned(Expr expr) {
    return expr.toString().replaceAll("Span\\[start=\\d+, end=\\d+\\]", "");
  }
}
