package dev.skald.logql.syntax;

/** A whole query: a log query or a metric query (spec logql.md 1 and 3). */
public sealed interface Expr permits LogExpr, MetricExpr {
  Span span();
}
