package dev.skald.clock;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until a test moves it. Both of its times move together. Safe for
 * concurrent use.
 */
public final class ManualClock implements EpochClock, Ticker {
  private final AtomicLong epochNanos;
  private final AtomicLong elapsedNanos = new AtomicLong();

  public ManualClock(long epochNanos) {
    this.epochNanos = new AtomicLong(epochNanos);
  }

  public void advanceNanos(long nanos) {
    epochNanos.addAndGet(nanos);
    elapsedNanos.addAndGet(nanos);
  }

  /** Steps the wall clock alone, backwards too. */
  public void setEpochNanos(long nanos) {
    epochNanos.set(nanos);
  }

  @Override
  public long nowEpochNanos() {
    return epochNanos.get();
  }

  @Override
  public long nowNanos() {
    return elapsedNanos.get();
  }
}
