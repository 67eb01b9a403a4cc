package dev.skald.logql.syntax;

/**
 * What can end a log query in {@link Dialect#SKALD} besides a stage. Its words are words only where
 * LogQL would refuse them: {@code | stats = "x"} is a label filter still.
 */
enum QueryEnd {
  /** {@code | avg_over_time(x[5m])}. */
  RANGE_AGGREGATION,
  /** {@code | stats count()}. */
  STATS,
  /** {@code | order by x}. */
  ORDER,
  NONE;

  /** What begins at the next token. */
  static QueryEnd at(TokenReader in) {
    if (in.kind() != TokenKind.PIPE) {
      return NONE;
    }
    if (in.kindAt(1) == TokenKind.RANGE_FUNCTION && rangeFunction(in.peek(1)).allowsUnwrap()) {
      return RANGE_AGGREGATION;
    }
    if (in.isWordAt(1, "stats") && isStatsFunction(in)) {
      return STATS;
    }
    return isSort(in) ? ORDER : NONE;
  }

  static boolean isAt(TokenReader in) {
    return at(in) != NONE;
  }

  /** {@code | sort by}, {@code | order by}. */
  static boolean isSort(TokenReader in) {
    return in.at(TokenKind.PIPE)
        && in.kindAt(2) == TokenKind.BY
        && (in.isWordAt(1, "order") || in.isWordAt(1, "sort"));
  }

  /** {@code | limit 5}, {@code | head 5}. */
  static boolean isLimit(TokenReader in) {
    return in.at(TokenKind.PIPE)
        && in.kindAt(2) == TokenKind.NUMBER
        && (in.isWordAt(1, "limit") || in.isWordAt(1, "head"));
  }

  static MetricExpr.RangeFunction rangeFunction(Token token) {
    return MetricExpr.RangeFunction.valueOf(StageParser.upper(token.value()));
  }

  private static boolean isStatsFunction(TokenReader in) {
    TokenKind kind = in.kindAt(2);
    boolean isWord = kind == TokenKind.IDENTIFIER || kind == TokenKind.VECTOR_OPERATOR;
    return isWord
        && in.kindAt(3) == TokenKind.OPEN_PARENTHESIS
        && StatsParser.function(in.peek(2).value()).isPresent();
  }
}
