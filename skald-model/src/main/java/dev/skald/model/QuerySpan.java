package dev.skald.model;

/** What a log query reads: {@code [start, end)}, in nanoseconds since the epoch. An empty span has {@code start == end}. */
public record QuerySpan(long startEpochNanos, long endEpochNanos) {
  public QuerySpan {
    if (endEpochNanos < startEpochNanos) {
      throw new IllegalArgumentException(
          "span ends before it starts: " + startEpochNanos + " > " + endEpochNanos);
    }
  }

  public boolean contains(long epochNanos) {
    return epochNanos >= startEpochNanos && epochNanos < endEpochNanos;
  }
}
