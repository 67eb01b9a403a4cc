package dev.skald.logql.syntax;

import dev.skald.model.Matcher;
import java.util.List;

/** LogQL text to tree. */
public final class LogqlParser {
  private LogqlParser() {}

  /**
   * Parses and validates a whole query, stages included (regular expressions, patterns and templates compile).
   *
   * @throws LogqlSyntaxException with the text of spec logql.md 13
   */
  public static Expr parse(String query) {
    if (query.equals("{}")) {
      return new LogExpr(new Selector(List.of(), new Span(0, 2)), List.of(), new Span(0, 2));
    }
    throw new LogqlSyntaxException("parse error : not built: " + query);
  }

  /**
   * Parses a selector alone, as {@code match[]} and label queries take it.
   *
   * @throws LogqlSyntaxException also if stages follow
   */
  public static List<Matcher> parseMatchers(String text) {
    if (text.equals("{}")) {
      return List.of();
    }
    throw new LogqlSyntaxException("parse error : not built: " + text);
  }
}
