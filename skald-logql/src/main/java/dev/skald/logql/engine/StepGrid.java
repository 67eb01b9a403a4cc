package dev.skald.logql.engine;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;

/**
 * The evaluation times of a metric query: {@code start, start + step, …}. An instant query has one.
 *
 * @param startEpochNanos the first time
 * @param stepNanos distance of two times; positive, of no meaning if there is one time only
 * @param count how many times; 1 to {@link #STEPS_MAX}
 */
record StepGrid(long startEpochNanos, long stepNanos, int count) {
  /**
   * Far above the resolution that the HTTP layer lets through (11,000); bounds arrays, not users.
   */
  static final int STEPS_MAX = 1_000_000;

  private static final long NANOS_PER_MILLI = 1_000_000;

  static StepGrid of(QueryParams params) {
    if (params.kind() == QueryParams.Kind.INSTANT) {
      return new StepGrid(params.endEpochNanos(), 1, 1);
    }
    if (params.stepNanos() <= 0) {
      throw new SkaldException(
          ErrorKind.BAD_REQUEST, "step is not positive: nanos=%d", params.stepNanos());
    }
    long span = Math.subtractExact(params.endEpochNanos(), params.startEpochNanos());
    long count = span < 0 ? 0 : span / params.stepNanos() + 1;
    if (count > STEPS_MAX) {
      throw new SkaldException(
          ErrorKind.LIMIT, "too many steps in a range query: steps=%d max=%d", count, STEPS_MAX);
    }
    return new StepGrid(params.startEpochNanos(), params.stepNanos(), (int) count);
  }

  long timeEpochNanos(int step) {
    return startEpochNanos + step * stepNanos;
  }

  long timeEpochMillis(int step) {
    return Math.floorDiv(timeEpochNanos(step), NANOS_PER_MILLI);
  }
}
