package dev.skald.logql.syntax;

/**
 * Every selector must leave out most streams: one of its matchers does not match the empty string
 * (spec logql.md 4).
 */
final class SelectorCheck {
  private static final String MESSAGE =
      "parse error : queries require at least one regexp or equality matcher that does not have an"
          + " empty-compatible value. For instance, app=~\".*\" does not meet this requirement, but"
          + " app=~\".+\" will";

  private SelectorCheck() {}

  /**
   * @throws LogqlSyntaxException if a selector in {@code expr} breaks the rule
   */
  static void check(Expr expr) {
    Exprs.forEachLog(
        expr,
        log -> {
          if (log.selector().matchers().stream().allMatch(Regexes::matchesEmpty)) {
            throw new LogqlSyntaxException(MESSAGE);
          }
        });
  }
}
