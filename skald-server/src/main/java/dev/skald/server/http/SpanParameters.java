package dev.skald.server.http;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.QuerySpan;
import dev.skald.protocol.query.DurationParameter;
import dev.skald.protocol.query.TimeParameter;

/** {@code start}, {@code end} and {@code since} (spec http-api.md 1.2). */
final class SpanParameters {
  private static final long SINCE_DEFAULT_NANOS = 3_600_000_000_000L;

  private SpanParameters() {}

  /** As given: the end may lie before the start. */
  record Bounds(long startEpochNanos, long endEpochNanos) {
    /** Both ends included; the end does not lie before the start. */
    QuerySpan inclusive() {
      long end = endEpochNanos;
      return new QuerySpan(startEpochNanos, end == Long.MAX_VALUE ? end : end + 1);
    }
  }

  static Bounds read(Parameters parameters, long nowEpochNanos) {
    String since = parameters.first("since");
    long sinceNanos = since.isEmpty() ? SINCE_DEFAULT_NANOS : DurationParameter.parseSince(since);
    String endText = parameters.first("end");
    long end = endText.isEmpty() ? nowEpochNanos : TimeParameter.parse("end", endText);
    String startText = parameters.first("start");
    long start =
        startText.isEmpty()
            ? Math.min(end, nowEpochNanos) - sinceNanos
            : TimeParameter.parse("start", startText);
    return new Bounds(start, end);
  }

  /**
   * For queries.
   *
   * @throws SkaldException BAD_REQUEST if the end lies before the start
   */
  static Bounds forward(Parameters parameters, long nowEpochNanos) {
    Bounds bounds = read(parameters, nowEpochNanos);
    if (bounds.endEpochNanos() < bounds.startEpochNanos()) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, "end timestamp must not be before or equal to start time");
    }
    return bounds;
  }

  /**
   * For the label endpoints, whose ranges are inclusive.
   *
   * @throws SkaldException BAD_REQUEST if the end lies before the start
   */
  static QuerySpan inclusive(Parameters parameters, long nowEpochNanos) {
    Bounds bounds = read(parameters, nowEpochNanos);
    if (bounds.endEpochNanos() < bounds.startEpochNanos()) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "this data is no longer available, it is past now - max_query_lookback (0s)");
    }
    return bounds.inclusive();
  }
}
