package dev.skald.query;

import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets so many queries run at once; others wait, of each tenant so many. Safe for concurrent use. */
final class QueryTurns {
  /** How often those who wait for their turn look whether their client waits still. */
  private static final long LOOK_NANOS = 500_000_000;

  private final Ticker ticker;
  private final Semaphore turns;
  private final int outstandingPerTenantMax;
  private final ConcurrentHashMap<TenantSet, Integer> outstanding = new ConcurrentHashMap<>();

  /**
   * @param outstandingPerTenantMax queries of one tenant that run or wait; 0 is no limit
   */
  QueryTurns(Ticker ticker, int runningMax, int outstandingPerTenantMax) {
    this.ticker = ticker;
    this.turns = new Semaphore(runningMax, true);
    this.outstandingPerTenantMax = outstandingPerTenantMax;
  }

  /**
   * Runs the work when its turn has come.
   *
   * @throws SkaldException RATE_LIMITED if too many wait or the time is over before, CANCELLED
   */
  <T> T run(TenantSet tenants, ReadWatch watch, Supplier<T> work) {
    int count = outstanding.merge(tenants, 1, Integer::sum);
    try {
      if (outstandingPerTenantMax > 0 && count > outstandingPerTenantMax) {
        throw tooMany();
      }
      await(watch);
      try {
        return work.get();
      } finally {
        turns.release();
      }
    } finally {
      outstanding.computeIfPresent(tenants, (key, now) -> now == 1 ? null : now - 1);
    }
  }

  private void await(ReadWatch watch) {
    try {
      long leftNanos = watch.deadlineNanos() - ticker.nowNanos();
      while (!turns.tryAcquire(Math.clamp(leftNanos, 0, LOOK_NANOS), TimeUnit.NANOSECONDS)) {
        leftNanos = watch.deadlineNanos() - ticker.nowNanos();
        if (watch.cancelled().getAsBoolean()) {
          throw SkaldException.of(ErrorKind.CANCELLED, ReadWatch.GONE);
        }
        if (leftNanos <= 0) {
          throw tooMany();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SkaldException.of(ErrorKind.CANCELLED, ReadWatch.GONE, e);
    }
  }

  private static SkaldException tooMany() {
    return SkaldException.of(ErrorKind.RATE_LIMITED, "too many outstanding requests");
  }
}
