package dev.skald.logql.syntax;

import java.util.function.Consumer;

/** Walks over trees. */
final class Exprs {
  private Exprs() {}

  /** Every log query inside {@code expr}, left to right. */
  static void forEachLog(Expr expr, Consumer<LogExpr> consumer) {
    forEachRange(expr, consumer, range -> consumer.accept(range.log()));
  }

  /** Every part that reads logs: either a log query or a range over one. */
  static void forEachRange(
      Expr expr, Consumer<LogExpr> logs, Consumer<MetricExpr.LogRange> ranges) {
    switch (expr) {
      case LogExpr log -> logs.accept(log);
      case MetricExpr.RangeAggregation range -> ranges.accept(range.range());
      case MetricExpr.VectorAggregation vector -> forEachRange(vector.inner(), logs, ranges);
      case MetricExpr.LabelReplace replace -> forEachRange(replace.inner(), logs, ranges);
      case MetricExpr.BinaryOperation operation -> {
        forEachRange(operation.left(), logs, ranges);
        forEachRange(operation.right(), logs, ranges);
      }
      case MetricExpr.Variants variants -> {
        variants.variants().forEach(v -> forEachRange(v, logs, ranges));
        ranges.accept(variants.of());
      }
      case MetricExpr.Literal _, MetricExpr.VectorLiteral _ -> {}
    }
  }
}
