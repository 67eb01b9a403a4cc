package dev.skald.logql.engine;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.LogqlPrinter;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.Variants;
import dev.skald.logql.syntax.Span;
import dev.skald.logql.syntax.Stage;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code variants(a, b) of (range)}: several values of one selection of entries, told apart by a
 * label (spec logql.md 12).
 */
final class VariantsStep {
  /** Its value is the variant's place, from 0. */
  private static final String LABEL = "__variant__";

  private VariantsStep() {}

  /**
   * That all variants are of the selection: each of their ranges has its selector, range and
   * offset, and begins with its stages.
   *
   * @throws SkaldException BAD_REQUEST for one that is not
   */
  static void check(Variants variants) {
    for (int i = 0; i < variants.variants().size(); i++) {
      check(variants.variants().get(i), i, variants.of());
    }
  }

  private static void check(MetricExpr expr, int index, LogRange of) {
    switch (expr) {
      case MetricExpr.RangeAggregation aggregation -> {
        if (!isOf(aggregation.range(), of)) {
          throw new SkaldException(
              ErrorKind.BAD_REQUEST,
              "variant %d is of other entries than the range behind of: selector, range and offset"
                  + " must be the same, and its stages begin with those behind of",
              index);
        }
      }
      case MetricExpr.VectorAggregation vector -> check(vector.inner(), index, of);
      case MetricExpr.LabelReplace replace -> check(replace.inner(), index, of);
      case MetricExpr.BinaryOperation operation -> {
        check(operation.left(), index, of);
        check(operation.right(), index, of);
      }
      case Variants _, MetricExpr.Stats _, MetricExpr.Program _, MetricExpr.Reference _ ->
          throw new SkaldException(
              ErrorKind.BAD_REQUEST, "variant %d is no aggregation of the range", index);
      case MetricExpr.Literal _, MetricExpr.VectorLiteral _ -> {
        // of nothing
      }
    }
  }

  private static boolean isOf(LogRange range, LogRange of) {
    List<Stage> begin = of.log().stages();
    List<Stage> stages = range.log().stages();
    boolean sameWindow =
        range.rangeNanos() == of.rangeNanos() && range.offsetNanos() == of.offsetNanos();
    return sameWindow
        && stages.size() >= begin.size()
        && text(range.log(), stages.subList(0, begin.size())).equals(text(of.log(), begin));
  }

  /** Spans differ, so that texts are compared. */
  private static String text(LogExpr log, List<Stage> stages) {
    return LogqlPrinter.print(new LogExpr(log.selector(), stages, Span.NONE));
  }

  /** The series of one variant. */
  static List<StepSeries> labelled(List<StepSeries> series, int index, QueryMeter meter) {
    List<StepSeries> results = new ArrayList<>(series.size());
    for (StepSeries one : series) {
      List<Label> labels = new ArrayList<>(one.labels().sorted());
      labels.removeIf(label -> label.name().equals(LABEL));
      labels.add(new Label(LABEL, Integer.toString(index)));
      Labels labelled = Labels.of(labels);
      meter.reserve(SeriesTable.bytes(labelled));
      results.add(one.relabelled(labelled));
    }
    return results;
  }
}
