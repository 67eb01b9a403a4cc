package dev.skald.clock;

import java.time.Instant;

/** The machine's own clocks. */
public final class SystemClock implements EpochClock, Ticker {
  @Override
  public long nowEpochNanos() {
    Instant now = Instant.now();
    return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
  }

  @Override
  public long nowNanos() {
    return System.nanoTime();
  }
}
