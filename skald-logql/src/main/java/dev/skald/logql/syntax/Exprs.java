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
      case MetricExpr.Stats stats -> logs.accept(stats.log());
      case MetricExpr.Program program -> {
        program.bindings().forEach(binding -> forEachRange(binding.value(), logs, ranges));
        forEachRange(program.body(), logs, ranges);
      }
      case MetricExpr.Literal _, MetricExpr.VectorLiteral _, MetricExpr.Reference _ -> {}
    }
  }

  /** Every {@code stats} inside {@code expr}, left to right; not what references stand for. */
  static void forEachStats(Expr expr, Consumer<MetricExpr.Stats> consumer) {
    switch (expr) {
      case MetricExpr.Stats stats -> consumer.accept(stats);
      case MetricExpr.VectorAggregation vector -> forEachStats(vector.inner(), consumer);
      case MetricExpr.LabelReplace replace -> forEachStats(replace.inner(), consumer);
      case MetricExpr.BinaryOperation operation -> {
        forEachStats(operation.left(), consumer);
        forEachStats(operation.right(), consumer);
      }
      case MetricExpr.Variants variants ->
          variants.variants().forEach(v -> forEachStats(v, consumer));
      case MetricExpr.Program program -> {
        program.bindings().forEach(binding -> forEachStats(binding.value(), consumer));
        forEachStats(program.body(), consumer);
      }
      case LogExpr _,
          MetricExpr.RangeAggregation _,
          MetricExpr.Literal _,
          MetricExpr.VectorLiteral _,
          MetricExpr.Reference _ -> {}
    }
  }
}
