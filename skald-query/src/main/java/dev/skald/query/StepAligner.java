package dev.skald.query;

import dev.skald.logql.engine.QueryParams;

/**
 * Moves a range query's start down and its end up to multiples of its step since the epoch, as Loki does while query
 * splitting is on (spec logql.md 8.2).
 */
final class StepAligner {
  private StepAligner() {}

  static QueryParams align(QueryParams params, QueryLimits.StepAlignment alignment) {
    return switch (alignment) {
      case AS_GIVEN -> params;
      case ALIGNED -> {
        long step = params.stepNanos();
        long start = Math.floorDiv(params.startEpochNanos(), step) * step;
        long end = Math.ceilDiv(params.endEpochNanos(), step) * step;
        yield new QueryParams(
            params.kind(),
            start,
            end,
            step,
            params.intervalNanos(),
            params.limit(),
            params.direction());
      }
    };
  }
}
