package dev.skald.logql.engine;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Workers that take items, pages as a rule, one by one from a list until it ends, one of them has
 * seen enough, or something fails. Each item is a task of its own, so that queries which share the
 * pool take turns.
 *
 * <p>A worker's items come in ascending order of their index; its tasks never overlap, and what one
 * writes the next sees.
 */
final class Crew<T, W extends Crew.Worker<T>> {
  /** How often the waiting caller looks at deadline and client while workers are busy. */
  private static final long LOOK_MILLIS = 20;

  private static final String STOPPED = "query workers are stopped";

  private final ExecutorService compute;
  private final QueryMeter meter;
  private final List<T> items;
  private final List<W> workers = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final CountDownLatch busy;
  private final long startNanos;
  private volatile boolean enough;
  private volatile @Nullable Throwable failure;

  /** What one worker does with an item. */
  interface Worker<T> {
    /**
     * @param index of the item in the crew's list
     * @return whether later items may matter still
     */
    Wanted work(T item, int index);
  }

  /** Whether to go on. */
  enum Wanted {
    MORE,
    ENOUGH
  }

  private Crew(
      ExecutorService compute, QueryMeter meter, List<T> items, int size, Supplier<W> newWorker) {
    this.compute = compute;
    this.meter = meter;
    this.items = items;
    for (int i = 0; i < size; i++) {
      workers.add(newWorker.get());
    }
    busy = new CountDownLatch(size);
    startNanos = meter.nowNanos();
  }

  /**
   * Works on all items and waits for the end.
   *
   * @return the workers, with what they have gathered; at least one
   * @throws SkaldException what a worker threw first; TIMEOUT, CANCELLED
   */
  static <T, W extends Worker<T>> List<W> work(
      ExecutorService compute,
      int parallelism,
      QueryMeter meter,
      List<T> items,
      Supplier<W> newWorker) {
    int size = Math.clamp(items.size(), 1, parallelism);
    Crew<T, W> crew = new Crew<>(compute, meter, items, size, newWorker);
    if (!items.isEmpty()) {
      crew.run();
    }
    return crew.workers;
  }

  private void run() {
    for (W worker : workers) {
      submit(() -> step(worker));
    }
    boolean interrupted = false;
    boolean done = false;
    while (!done) {
      try {
        done = busy.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (!done && compute.isTerminated()) {
          fail(SkaldException.of(ErrorKind.UNAVAILABLE, STOPPED));
          done = true;
        } else if (!done) {
          meter.check();
        }
      } catch (InterruptedException e) {
        // Pages must not be closed under the workers, so the wait goes on; it is short.
        interrupted = true;
        fail(SkaldException.of(ErrorKind.CANCELLED, "query was interrupted", e));
      } catch (SkaldException e) {
        fail(e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable thrown = failure;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void submit(Runnable task) {
    try {
      compute.execute(task);
    } catch (RuntimeException e) {
      fail(SkaldException.of(ErrorKind.UNAVAILABLE, STOPPED, e));
      busy.countDown();
    }
  }

  private void step(W worker) {
    boolean more = false;
    try {
      int index = enough || failure != null ? items.size() : next.getAndIncrement();
      if (index < items.size()) {
        if (index == 0) {
          meter.countQueued(meter.nowNanos() - startNanos);
        }
        meter.check();
        if (work(worker, index) == Wanted.ENOUGH) {
          enough = true;
        }
        more = true;
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    if (more) {
      submit(() -> step(worker));
    } else {
      busy.countDown();
    }
  }

  /** A page whose bytes do not check is left out, and the answer says so: all else is still served. */
  private Wanted work(W worker, int index) {
    try {
      return worker.work(items.get(index), index);
    } catch (SkaldException e) {
      if (e.kind() != ErrorKind.CORRUPT) {
        throw e;
      }
      meter.warn("part of the data is damaged and left out of this answer: " + e.getMessage());
      return Wanted.MORE;
    }
  }

  private void fail(Throwable thrown) {
    synchronized (this) {
      if (failure == null) {
        failure = thrown;
      }
    }
  }
}
