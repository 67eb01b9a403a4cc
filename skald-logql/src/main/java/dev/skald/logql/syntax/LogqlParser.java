package dev.skald.logql.syntax;

import dev.skald.model.Matcher;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** LogQL text to tree. */
public final class LogqlParser {
  /** A query's UTF-8 text is shorter than this. */
  public static final int QUERY_BYTES_MAX = 131_072;

  private LogqlParser() {}

  /**
   * Parses and validates a whole query in Loki's dialect, stages included (regular expressions and
   * patterns compile); templates are taken as they are.
   *
   * @throws LogqlSyntaxException with the text of spec logql.md 13
   */
  public static Expr parse(String query) {
    return parse(query, TemplateCheck.NONE);
  }

  /**
   * As {@link #parse(String)}, templates included.
   *
   * @throws LogqlSyntaxException with the text of spec logql.md 13
   */
  public static Expr parse(String query, TemplateCheck templates) {
    return parse(query, templates, Dialect.LOKI);
  }

  /**
   * As {@link #parse(String, TemplateCheck)}, in any dialect.
   *
   * @throws LogqlSyntaxException with the text of spec logql.md 13, for what LogQL has
   */
  public static Expr parse(String query, TemplateCheck templates, Dialect dialect) {
    Expr parsed = parseUnbuilt(query, dialect);
    new StageCheck(templates).check(parsed);
    return parsed;
  }

  /**
   * Parses a query in Loki's dialect as the formatter takes it: by the grammar's rules alone, so
   * that a line filter's expression may be broken.
   *
   * @throws LogqlSyntaxException with the text of spec logql.md 13
   */
  public static Expr parseUnbuilt(String query) {
    return parseUnbuilt(query, Dialect.LOKI);
  }

  /**
   * As {@link #parseUnbuilt(String)}, in any dialect.
   *
   * @throws LogqlSyntaxException with the text of spec logql.md 13, for what LogQL has
   */
  public static Expr parseUnbuilt(String query, Dialect dialect) {
    Expr parsed =
        switch (dialect) {
          case LOKI -> parseGrammar(query, dialect, Words::keptByLoki);
          case SKALD -> parseGrammar(query, dialect, UnaryOperator.identity());
        };
    switch (dialect) {
      case LOKI -> SelectorCheck.check(parsed);
      case SKALD -> StatsCheck.check(parsed);
    }
    return parsed;
  }

  /**
   * As {@link #parse(String, TemplateCheck)}, but a selector may match all streams, as deletion
   * requests take it.
   *
   * @throws LogqlSyntaxException with the text of spec logql.md 13
   */
  public static Expr parseAnySelector(String query, TemplateCheck templates) {
    Expr parsed = parseGrammar(query, Dialect.LOKI, UnaryOperator.identity());
    new StageCheck(templates).check(parsed);
    return parsed;
  }

  /** As {@link #parseLog(String, TemplateCheck, Dialect)}, in Loki's dialect. */
  public static LogExpr parseLog(String query, TemplateCheck templates) {
    return parseLog(query, templates, Dialect.LOKI);
  }

  /** As {@link #parseMetric(String, TemplateCheck, Dialect)}, in Loki's dialect. */
  public static MetricExpr parseMetric(String query, TemplateCheck templates) {
    return parseMetric(query, templates, Dialect.LOKI);
  }

  /**
   * Parses a query that must be a log query.
   *
   * @throws LogqlSyntaxException also for a metric query
   */
  public static LogExpr parseLog(String query, TemplateCheck templates, Dialect dialect) {
    if (parse(query, templates, dialect) instanceof LogExpr log) {
      return log;
    }
    throw new LogqlSyntaxException("only log selector is supported");
  }

  /**
   * Parses a query that must be a metric query.
   *
   * @throws LogqlSyntaxException also for a log query
   */
  public static MetricExpr parseMetric(String query, TemplateCheck templates, Dialect dialect) {
    if (parse(query, templates, dialect) instanceof MetricExpr metric) {
      return metric;
    }
    throw new LogqlSyntaxException("only sample expression supported");
  }

  /**
   * Parses a selector alone, as {@code match[]} and label queries take it. {@code {}} gives the
   * empty list, which is for the caller to judge; any other selector must have a matcher that does
   * not match the empty string.
   *
   * @throws LogqlSyntaxException also if stages follow
   */
  public static List<Matcher> parseMatchers(String text) {
    Expr parsed = parseGrammar(text, Dialect.LOKI, UnaryOperator.identity());
    if (!(parsed instanceof LogExpr log) || !log.stages().isEmpty()) {
      throw new LogqlSyntaxException("only label matchers are supported");
    }
    List<Matcher> matchers = log.selector().matchers();
    if (!matchers.isEmpty()) {
      SelectorCheck.check(log);
    }
    return matchers;
  }

  private static Expr parseGrammar(String query, Dialect dialect, UnaryOperator<Token> words) {
    int bytes = query.getBytes(StandardCharsets.UTF_8).length;
    if (bytes >= QUERY_BYTES_MAX) {
      throw new LogqlSyntaxException(
          "parse error : input size too long (" + bytes + " > " + QUERY_BYTES_MAX + ")");
    }
    List<Token> tokens = Lexer.tokens(query).stream().map(words).toList();
    Expr parsed = new MetricParser(new TokenReader(tokens), dialect).query();
    Height.check(parsed);
    return parsed;
  }
}
