package dev.skald.logql.engine;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.MetricExpr.BinaryOperation;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.logql.syntax.MetricExpr.Literal;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.Variants;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorLiteral;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Evaluates a metric query, innermost first, at all its steps at once. */
final class MetricQueryRun {
  /** Deeper trees are refused: evaluation is recursive. */
  static final int DEPTH_MAX = 500;

  private final RangeAggregationRun ranges;
  private final StatsRun stats;
  private final StepGrid grid;
  private final QueryMeter meter;
  private final Map<String, StepResult> bound = new HashMap<>();
  private int depth;

  MetricQueryRun(RangeAggregationRun ranges, StatsRun stats, StepGrid grid, QueryMeter meter) {
    this.ranges = ranges;
    this.stats = stats;
    this.grid = grid;
    this.meter = meter;
  }

  StepResult evaluate(MetricExpr expr) {
    if (++depth > DEPTH_MAX) {
      throw new SkaldException(
          ErrorKind.LIMIT, "query is nested too deeply: depth=%d max=%d", depth, DEPTH_MAX);
    }
    meter.check();
    StepResult result =
        switch (expr) {
          case RangeAggregation range ->
              new StepResult.Vector(ranges.run(RangePlan.of(range), seriesMax()));
          case VectorAggregation aggregation -> new StepResult.Vector(aggregate(aggregation));
          case BinaryOperation operation -> operate(operation);
          case Literal literal -> new StepResult.Constant(literal.value());
          case VectorLiteral literal -> {
            meter.reserve(StepSeries.bytes(grid.count()));
            yield new StepResult.Vector(
                List.of(StepSeries.constant(Labels.EMPTY, grid.count(), literal.value())));
          }
          case LabelReplace replace ->
              new StepResult.Vector(
                  LabelReplaceStep.apply(
                      replace, operand(replace.inner(), "label_replace"), meter));
          case MetricExpr.Stats one -> new StepResult.Vector(stats.run(one));
          case MetricExpr.Program program -> {
            for (MetricExpr.Binding binding : program.bindings()) {
              bound.put(binding.name(), evaluate(binding.value()));
            }
            yield evaluate(program.body());
          }
          case MetricExpr.Reference reference ->
              Objects.requireNonNull(bound.get(reference.name()), reference.name());
          case Variants variants -> new StepResult.Vector(variants(variants));
        };
    depth--;
    return result;
  }

  /**
   * Series of the outermost expression are the answer: beyond the limit there is no need to go on.
   */
  private int seriesMax() {
    return depth == 1 ? meter.seriesMax() : SeriesLimit.NONE;
  }

  private List<StepSeries> aggregate(VectorAggregation aggregation) {
    if (aggregation.inner() instanceof RangeAggregation range) {
      RangePlan together = RangePlan.absorbing(aggregation, range);
      if (together != null) {
        return ranges.run(together, seriesMax());
      }
    }
    String operator = aggregation.operator().text();
    List<StepSeries> inner =
        switch (aggregation.operator()) {
          case SUM, AVG, MIN, MAX, COUNT, STDDEV, STDVAR -> vector(aggregation.inner(), operator);
          case TOPK, BOTTOMK, APPROX_TOPK, SORT, SORT_DESC ->
              operand(aggregation.inner(), operator);
        };
    return VectorAggregationStep.apply(aggregation, inner, grid, meter);
  }

  private List<StepSeries> variants(Variants variants) {
    VariantsStep.check(variants);
    List<StepSeries> results = new ArrayList<>();
    for (int i = 0; i < variants.variants().size(); i++) {
      List<StepSeries> series = vector(variants.variants().get(i), "variants");
      results.addAll(VariantsStep.labelled(series, i, meter));
    }
    return results;
  }

  private StepResult operate(BinaryOperation operation) {
    StepResult left = counted(evaluate(operation.left()));
    StepResult right = counted(evaluate(operation.right()));
    if (operation.operator().isSet()) {
      return new StepResult.Vector(
          SetOperationStep.apply(
              operation,
              series(left, operation.operator().text()),
              series(right, operation.operator().text()),
              grid,
              meter));
    }
    if (left instanceof StepResult.Constant(double a)) {
      return switch (right) {
        case StepResult.Constant(double b) ->
            new StepResult.Constant(BinaryArithmetic.apply(operation.operator(), a, b));
        case StepResult.Vector(List<StepSeries> b) ->
            new StepResult.Vector(
                BinaryOperationStep.applyNumber(
                    operation, b, a, BinaryOperationStep.NumberSide.LEFT, meter));
      };
    }
    List<StepSeries> a = series(left, operation.operator().text());
    return switch (right) {
      case StepResult.Constant(double b) ->
          new StepResult.Vector(
              BinaryOperationStep.applyNumber(
                  operation, a, b, BinaryOperationStep.NumberSide.RIGHT, meter));
      case StepResult.Vector(List<StepSeries> b) ->
          new StepResult.Vector(BinaryOperationStep.apply(operation, a, b, grid, meter));
    };
  }

  private List<StepSeries> vector(MetricExpr expr, String consumer) {
    return series(evaluate(expr), consumer);
  }

  /** As {@link #vector}, of series that may have a limit of their own. */
  private List<StepSeries> operand(MetricExpr expr, String consumer) {
    return series(counted(evaluate(expr)), consumer);
  }

  private StepResult counted(StepResult operand) {
    if (operand instanceof StepResult.Vector(List<StepSeries> series)) {
      SeriesLimit.check(series.size(), meter.operandSeriesMax());
    }
    return operand;
  }

  private static List<StepSeries> series(StepResult result, String consumer) {
    return switch (result) {
      case StepResult.Vector(List<StepSeries> series) -> series;
      case StepResult.Constant(double value) ->
          throw new SkaldException(
              ErrorKind.BAD_REQUEST, "%s takes a vector, not the number %s", consumer, value);
    };
  }
}
