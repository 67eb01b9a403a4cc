package dev.skald.logql.syntax;

/** A whole query: a log query or a metric query (spec logql.md 1 and 3). */
public sealed interface Expr permits LogExpr, MetricExpr {
  Span span();

  /** Whether {@code stats} is in it: then it has one value, over all of the request's time. */
  default boolean hasStats() {
    boolean[] found = {false};
    Exprs.forEachStats(this, stats -> found[0] = true);
    return found[0];
  }
}
