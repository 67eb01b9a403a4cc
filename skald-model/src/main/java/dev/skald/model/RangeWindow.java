package dev.skald.model;

/** What {@code [5m]} sees at one step: {@code (start, end]}, in nanoseconds since the epoch. */
public record RangeWindow(long startEpochNanos, long endEpochNanos) {
  public RangeWindow {
    if (endEpochNanos < startEpochNanos) {
      throw new IllegalArgumentException(
          "window ends before it starts: " + startEpochNanos + " > " + endEpochNanos);
    }
  }

  /** The same nanoseconds as a half-open span. */
  public QuerySpan asSpan() {
    return new QuerySpan(
        startEpochNanos == Long.MAX_VALUE ? startEpochNanos : startEpochNanos + 1,
        endEpochNanos == Long.MAX_VALUE ? endEpochNanos : endEpochNanos + 1);
  }
}
