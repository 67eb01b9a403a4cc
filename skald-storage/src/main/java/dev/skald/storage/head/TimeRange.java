package dev.skald.storage.head;

import dev.skald.model.QuerySpan;

/**
 * Nanoseconds since the epoch from the first to the last, both inclusive; empty if the first is the
 * later one.
 */
public record TimeRange(long minEpochNanos, long maxEpochNanos) {
  public static final TimeRange EMPTY = new TimeRange(Long.MAX_VALUE, Long.MIN_VALUE);

  public boolean isEmpty() {
    return minEpochNanos > maxEpochNanos;
  }

  public boolean intersects(TimeRange other) {
    return !intersection(other).isEmpty();
  }

  public TimeRange intersection(TimeRange other) {
    return new TimeRange(
        Math.max(minEpochNanos, other.minEpochNanos), Math.min(maxEpochNanos, other.maxEpochNanos));
  }

  /** Smallest range that holds both. */
  public TimeRange union(TimeRange other) {
    return new TimeRange(
        Math.min(minEpochNanos, other.minEpochNanos), Math.max(maxEpochNanos, other.maxEpochNanos));
  }

  public boolean contains(long epochNanos) {
    return epochNanos >= minEpochNanos && epochNanos <= maxEpochNanos;
  }

  /** The same nanoseconds as a span; only the very last one of time is beyond it. */
  public QuerySpan asSpan() {
    return isEmpty()
        ? new QuerySpan(0, 0)
        : new QuerySpan(
            minEpochNanos, maxEpochNanos == Long.MAX_VALUE ? maxEpochNanos : maxEpochNanos + 1);
  }

  /** A range with these ends; itself if they are its own. */
  TimeRange updated(long min, long max) {
    return min == minEpochNanos && max == maxEpochNanos ? this : new TimeRange(min, max);
  }

  /** What a span covers. */
  public static TimeRange of(QuerySpan span) {
    return span.startEpochNanos() == span.endEpochNanos()
        ? EMPTY
        : new TimeRange(span.startEpochNanos(), span.endEpochNanos() - 1);
  }
}
