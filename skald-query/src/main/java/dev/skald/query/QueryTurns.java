package dev.skald.query;

import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Turns at running queries. There are so many for all tenants together; a turn that is free goes to
 * the tenant that waits and has the fewest, of several such to the one that has not been served for
 * the longest time, and within a tenant to who came first. So a tenant that sends a thousand
 * queries makes its own wait, and nobody else's. Safe for concurrent use.
 */
public final class QueryTurns {
  /** How often those who wait look whether their client waits still. */
  private static final long LOOK_NANOS = 250_000_000;

  private static final String GONE = "the request was cancelled by the client";
  private static final String TIMED_OUT =
      "request timed out, decrease the duration of the request or add more label matchers (prefer"
          + " exact match over regex match) to reduce the amount of data processed";

  private final Ticker ticker;
  private final int turnsMax;
  private final int waitingPerTenantMax;
  private final long lookNanos;
  private final ReentrantLock lock = new ReentrantLock();

  /** Of tenants that have turns; guarded by the lock, as all below. */
  private final Map<TenantId, Integer> held = new HashMap<>();

  /** Of tenants that wait, the one not served for the longest time first; no queue is empty. */
  private final Map<TenantId, ArrayDeque<Waiter>> queues = new LinkedHashMap<>();

  private int heldCount;
  private int waitingCount;

  /** Someone who waits. */
  private static final class Waiter {
    private final Condition served;
    private boolean isServed;

    Waiter(Condition served) {
      this.served = served;
    }
  }

  /** A turn that was taken; given back when closed. */
  public final class Turn implements AutoCloseable {
    private final TenantId tenant;
    private final long waitedNanos;
    private boolean isOver;

    private Turn(TenantId tenant, long waitedNanos) {
      this.tenant = tenant;
      this.waitedNanos = waitedNanos;
    }

    /** How long it was waited for. */
    public long waitedNanos() {
      return waitedNanos;
    }

    /** Closing twice is harmless. */
    @Override
    public void close() {
      lock.lock();
      try {
        if (!isOver) {
          isOver = true;
          release(tenant);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * @param turnsMax queries that run at once; positive
   * @param waitingPerTenantMax queries of one tenant that may wait; 0 is no limit
   */
  public QueryTurns(Ticker ticker, int turnsMax, int waitingPerTenantMax) {
    this(ticker, turnsMax, waitingPerTenantMax, LOOK_NANOS);
  }

  QueryTurns(Ticker ticker, int turnsMax, int waitingPerTenantMax, long lookNanos) {
    if (turnsMax < 1 || waitingPerTenantMax < 0) {
      throw new IllegalArgumentException("turns=" + turnsMax + " waiting=" + waitingPerTenantMax);
    }
    this.ticker = ticker;
    this.turnsMax = turnsMax;
    this.waitingPerTenantMax = waitingPerTenantMax;
    this.lookNanos = lookNanos;
  }

  /**
   * Waits for a turn.
   *
   * @param deadlineNanos of the ticker
   * @param cancelled true once the client has gone; asked now and then
   * @throws SkaldException RATE_LIMITED if too many of the tenant wait already; TIMEOUT past the deadline; CANCELLED
   *     when the client has gone
   */
  public Turn take(TenantId tenant, long deadlineNanos, BooleanSupplier cancelled) {
    long startNanos = ticker.nowNanos();
    lock.lock();
    try {
      if (heldCount < turnsMax && queues.isEmpty()) {
        hold(tenant);
        return new Turn(tenant, 0);
      }
      ArrayDeque<Waiter> queue = queues.computeIfAbsent(tenant, t -> new ArrayDeque<>());
      if (waitingPerTenantMax > 0 && queue.size() >= waitingPerTenantMax) {
        throw SkaldException.of(ErrorKind.RATE_LIMITED, "too many outstanding requests");
      }
      Waiter waiter = new Waiter(lock.newCondition());
      queue.add(waiter);
      waitingCount++;
      try {
        await(waiter, deadlineNanos, cancelled);
      } catch (SkaldException e) {
        leave(tenant, waiter);
        throw e;
      }
      return new Turn(tenant, ticker.nowNanos() - startNanos);
    } finally {
      lock.unlock();
    }
  }

  private void await(Waiter waiter, long deadlineNanos, BooleanSupplier cancelled) {
    try {
      while (!waiter.isServed) {
        long leftNanos = deadlineNanos - ticker.nowNanos();
        if (leftNanos <= 0) {
          throw SkaldException.of(ErrorKind.TIMEOUT, TIMED_OUT);
        }
        // Bounded, so a signal that comes for nothing, or never, costs no more than a look.
        boolean isSignalled =
            waiter.served.await(Math.min(leftNanos, lookNanos), TimeUnit.NANOSECONDS);
        if (!isSignalled && !waiter.isServed && cancelled.getAsBoolean()) {
          throw SkaldException.of(ErrorKind.CANCELLED, GONE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SkaldException.of(ErrorKind.CANCELLED, GONE, e);
    }
  }

  /** Of someone who gives up waiting; a turn that was given meanwhile goes to the next. */
  private void leave(TenantId tenant, Waiter waiter) {
    if (waiter.isServed) {
      release(tenant);
      return;
    }
    waitingCount--;
    ArrayDeque<Waiter> queue = queues.get(tenant);
    if (queue != null) {
      queue.remove(waiter);
      if (queue.isEmpty()) {
        queues.remove(tenant);
      }
    }
  }

  private void hold(TenantId tenant) {
    held.merge(tenant, 1, Integer::sum);
    heldCount++;
  }

  private void release(TenantId tenant) {
    heldCount--;
    held.computeIfPresent(tenant, (t, count) -> count == 1 ? null : count - 1);
    TenantId next = null;
    int fewest = Integer.MAX_VALUE;
    for (TenantId waiting : queues.keySet()) {
      int turns = held.getOrDefault(waiting, 0);
      if (turns < fewest) {
        next = waiting;
        fewest = turns;
      }
    }
    ArrayDeque<Waiter> queue = next == null ? null : queues.remove(next);
    if (next == null || queue == null) {
      return;
    }
    Waiter waiter = queue.remove();
    if (!queue.isEmpty()) {
      queues.put(next, queue); // at the end
    }
    waitingCount--;
    waiter.isServed = true;
    hold(next);
    waiter.served.signal();
  }

  /** Queries that run. */
  public int running() {
    lock.lock();
    try {
      return heldCount;
    } finally {
      lock.unlock();
    }
  }

  /** How many queries of each tenant wait; tenants of which none does are left out. */
  public Map<TenantId, Integer> waiting() {
    lock.lock();
    try {
      Map<TenantId, Integer> counts = new HashMap<>();
      queues.forEach((tenant, queue) -> counts.put(tenant, queue.size()));
      return counts;
    } finally {
      lock.unlock();
    }
  }

  /** Queries of all tenants that wait. */
  public int waitingCount() {
    lock.lock();
    try {
      return waitingCount;
    } finally {
      lock.unlock();
    }
  }

  /** Turns for all tenants together. */
  public int turnsMax() {
    return turnsMax;
  }
}
