package dev.skald.logql.syntax;

import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.RangeFunction;
import java.util.List;
import java.util.OptionalInt;

/**
 * Parses log queries in {@link Dialect#SKALD}, and the metric queries that are written like them
 * (docs/language/extensions.md).
 */
final class LogQueryParser {
  private final TokenReader in;
  private final StageParser stages;
  private final RangeParser ranges;
  private final GroupingParser groupings;
  private final Aggregations aggregations;
  private final SortParser sorts;
  private final StatsParser stats;

  LogQueryParser(
      TokenReader in,
      StageParser stages,
      RangeParser ranges,
      GroupingParser groupings,
      Aggregations aggregations) {
    this.in = in;
    this.stages = stages;
    this.ranges = ranges;
    this.groupings = groupings;
    this.aggregations = aggregations;
    this.sorts = new SortParser(in);
    this.stats = new StatsParser(in, sorts);
  }

  /** The caller has seen the selector's brace. */
  Expr query() {
    int start = in.start();
    Selector selector = stages.selector();
    List<Stage> pipeline = stages.logStages();
    if (in.at(TokenKind.PIPE, TokenKind.UNWRAP)) {
      in.next();
      throw in.unexpected();
    }
    LogExpr log = new LogExpr(selector, pipeline, in.spanFrom(start));
    return switch (QueryEnd.at(in)) {
      case NONE -> log;
      case ORDER -> ordered(log, start);
      case STATS -> stats.stats(log, start);
      case RANGE_AGGREGATION -> rangeAggregation(log, start);
    };
  }

  private LogExpr ordered(LogExpr log, int start) {
    List<SortKey> keys = sorts.keysOfLog();
    OptionalInt limit = QueryEnd.isLimit(in) ? OptionalInt.of(sorts.limit()) : OptionalInt.empty();
    return new LogExpr(log.selector(), log.stages(), new Ordering(keys, limit), in.spanFrom(start));
  }

  /** {@code | quantile_over_time(0.9, x[5m])}: a range aggregation written behind its stages. */
  private MetricExpr rangeAggregation(LogExpr log, int start) {
    in.next();
    Token word = in.next();
    RangeFunction function = QueryEnd.rangeFunction(word);
    if (log.stages().stream().anyMatch(Stage.Unwrap.class::isInstance)) {
      throw word.position()
          .error(function.text() + " unwraps its label itself and cannot follow unwrap");
    }
    in.expect(TokenKind.OPEN_PARENTHESIS);
    Token parameter = null;
    if (in.at(TokenKind.NUMBER)) {
      parameter = in.next();
      in.expect(TokenKind.COMMA);
    }
    int labelStart = in.start();
    String label = in.expect(TokenKind.IDENTIFIER).value();
    MetricExpr.Unwrap unwrap =
        new MetricExpr.Unwrap(
            MetricExpr.Conversion.NONE, label, List.of(), in.spanFrom(labelStart));
    long rangeNanos = in.expect(TokenKind.RANGE).number();
    long offsetNanos = ranges.offset();
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    LogRange range = new LogRange(log, unwrap, rangeNanos, offsetNanos, in.spanFrom(start));
    return aggregations.range(function, parameter, range, groupings.ifAny(), in.spanFrom(start));
  }
}
