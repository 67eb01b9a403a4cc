package dev.skald.query;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.QueryParams;
import dev.skald.logql.syntax.Dialect;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.Selector;
import dev.skald.model.Matcher;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Refuses what a tenant may not ask, with Loki's texts (spec limits.md 2). */
record QueryLimitCheck(QueryLimits limits) {

  void entries(int limit) {
    if (limits.entriesPerQueryMax() > 0 && limit > limits.entriesPerQueryMax()) {
      throw new SkaldException(
          ErrorKind.LIMIT,
          "max entries limit per query exceeded, limit > max_entries_limit_per_query (%d > %d)",
          limit,
          limits.entriesPerQueryMax());
    }
  }

  void length(long startEpochNanos, long endEpochNanos) {
    long lengthNanos = endEpochNanos - startEpochNanos;
    if (endEpochNanos > startEpochNanos && lengthNanos < 0) {
      lengthNanos = Long.MAX_VALUE; // beyond 292 years
    }
    if (limits.queryLengthNanosMax() > 0 && lengthNanos > limits.queryLengthNanosMax()) {
      throw SkaldException.of(
          ErrorKind.LIMIT,
          "the query time range exceeds the limit (query length: "
              + DurationText.go(lengthNanos)
              + ", limit: "
              + DurationText.prometheus(limits.queryLengthNanosMax())
              + ")");
    }
  }

  /**
   * Whether the tenant may ask for the volumes of its streams.
   *
   * @throws SkaldException NOT_FOUND if not
   */
  void volume() {
    switch (limits.volume().access()) {
      case OPEN -> {}
      case CLOSED -> throw SkaldException.of(ErrorKind.NOT_FOUND, "not found");
    }
  }

  /**
   * Whether the tenant may query at all.
   *
   * @throws SkaldException RATE_LIMITED if not
   */
  void querying() {
    switch (limits.querying()) {
      case ON -> {}
      case OFF ->
          throw SkaldException.of(
              ErrorKind.RATE_LIMITED, "querying is disabled, please contact your Loki operator");
    }
  }

  /** The earliest time that queries see; {@code max_query_lookback} before now. */
  long earliestEpochNanos(long nowEpochNanos) {
    return limits.queryLookbackNanosMax() <= 0
        ? Long.MIN_VALUE
        : nowEpochNanos - limits.queryLookbackNanosMax();
  }

  /**
   * Selectors and ranges anywhere in the query. In Loki's dialect the range of an instant query that Loki would split
   * has no limit (spec logql.md 8.12).
   */
  void expression(Expr expr, QueryParams.Kind kind) {
    Optional<MetricExpr.RangeAggregation> split =
        kind == QueryParams.Kind.INSTANT && limits.dialect() == Dialect.LOKI
            ? split(expr)
            : Optional.empty();
    if (split.isPresent()) {
      selector(split.get().range().log().selector());
    } else {
      expression(expr);
    }
  }

  /** The range of a query that Loki would split by time; seen of sums over what adds up. */
  private Optional<MetricExpr.RangeAggregation> split(Expr expr) {
    long pieceNanos = limits.reads().instantPieceNanos();
    if (expr instanceof MetricExpr.VectorAggregation aggregation
        && aggregation.operator() == MetricExpr.VectorOperator.SUM) {
      return split(aggregation.inner());
    }
    return expr instanceof MetricExpr.RangeAggregation range
            && range.function().value() != MetricExpr.RangeFunction.Value.OTHER
            && pieceNanos > 0
            && range.range().rangeNanos() > pieceNanos
        ? Optional.of(range)
        : Optional.empty();
  }

  private void expression(Expr expr) {
    switch (expr) {
      case LogExpr log -> selector(log.selector());
      case MetricExpr.RangeAggregation range -> range(range.range());
      case MetricExpr.VectorAggregation aggregation -> {
        if (aggregation.operator() == MetricExpr.VectorOperator.APPROX_TOPK) {
          feature(
              QueryLimits.Feature.APPROX_TOPK,
              "approx_topk is not enabled. See -limits.shard_aggregations");
        }
        expression(aggregation.inner());
      }
      case MetricExpr.BinaryOperation operation -> {
        expression(operation.left());
        expression(operation.right());
      }
      case MetricExpr.LabelReplace replace -> expression(replace.inner());
      case MetricExpr.Variants variants -> {
        feature(
            QueryLimits.Feature.VARIANTS, "multi variant queries are disabled for this instance");
        range(variants.of());
        variants.variants().forEach(this::expression);
      }
      case MetricExpr.Stats stats -> selector(stats.log().selector());
      case MetricExpr.Program program -> {
        program.bindings().forEach(binding -> expression(binding.value()));
        expression(program.body());
      }
      case MetricExpr.Literal _, MetricExpr.VectorLiteral _, MetricExpr.Reference _ -> {
        // reads nothing
      }
    }
  }

  private void feature(QueryLimits.Feature feature, String refusal) {
    if (!limits.features().contains(feature)) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, refusal);
    }
  }

  private void range(MetricExpr.LogRange range) {
    selector(range.log().selector());
    if (limits.queryRangeNanosMax() > 0 && range.rangeNanos() > limits.queryRangeNanosMax()) {
      throw SkaldException.of(
          ErrorKind.LIMIT,
          "[interval] value exceeds limit: ["
              + DurationText.prometheus(range.rangeNanos())
              + "] > ["
              + DurationText.prometheus(limits.queryRangeNanosMax())
              + "]");
    }
  }

  private void selector(Selector selector) {
    List<Matcher> matchers = selector.matchers();
    if (limits.matchersMax() > 0 && matchers.size() > limits.matchersMax()) {
      throw new SkaldException(
          ErrorKind.LIMIT,
          "max streams matchers per query exceeded, matchers-count > limit (%d > %d)",
          matchers.size(),
          limits.matchersMax());
    }
    List<String> names = matchers.stream().map(Matcher::name).toList();
    List<String> missing =
        limits.requiredLabels().stream().filter(name -> !names.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw SkaldException.of(
          ErrorKind.LIMIT,
          "stream selector is missing required matchers "
              + bracketed(missing)
              + ", labels present in the query were "
              + bracketed(names));
    }
    if (limits.labelsMin() > 0 && names.size() < limits.labelsMin()) {
      throw SkaldException.of(
          ErrorKind.LIMIT,
          "stream selector has less label matchers than required: (present: "
              + bracketed(names)
              + ", number_present: "
              + names.size()
              + ", required_number_label_matchers: "
              + limits.labelsMin()
              + ")");
    }
  }

  private static String bracketed(List<String> names) {
    return names.stream().collect(Collectors.joining(", ", "[", "]"));
  }
}
