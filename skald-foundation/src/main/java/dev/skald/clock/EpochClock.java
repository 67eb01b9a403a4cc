package dev.skald.clock;

/** Wall-clock time. */
@FunctionalInterface
public interface EpochClock {
  /** Nanoseconds since 1970-01-01T00:00Z. May step backwards; use {@link Ticker} to measure. */
  long nowEpochNanos();
}
