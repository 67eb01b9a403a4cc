package dev.skald.storage;

import dev.skald.clock.EpochClock;
import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.compact.Pace;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that keeps the store in order: one round each interval, or when asked, with at most
 * its share of a core. What fails is tried again in the next round.
 */
final class Upkeep implements Pace {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  /** With no interval, how often the thread looks whether it is to end. */
  private static final long LOOK_NANOS = 60_000_000_000L;

  /** One thing that a round does. */
  @FunctionalInterface
  interface Task {
    void run() throws IOException;
  }

  private final EpochClock clock;
  private final Ticker ticker;
  private final UpkeepConfig config;
  private final UpkeepCounts counts;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private final List<CompletableFuture<@Nullable Void>> requests = new ArrayList<>(); // by lock
  private boolean closing; // guarded by lock
  private List<Task> tasks = List.of();
  private @Nullable Thread thread;

  // The thread's own.
  private long workedSinceNanos;

  Upkeep(EpochClock clock, Ticker ticker, UpkeepConfig config, UpkeepCounts counts) {
    this.clock = clock;
    this.ticker = ticker;
    this.config = config;
    this.counts = counts;
  }

  /** Begins; each round does these things, in this order. */
  void start(Threads threads, List<Task> roundTasks) {
    tasks = List.copyOf(roundTasks);
    thread = threads.start("upkeep", this::run);
  }

  /**
   * Returns when a whole round is done.
   *
   * @throws SkaldException of the first thing that failed
   */
  void runRound() {
    CompletableFuture<@Nullable Void> request = new CompletableFuture<>();
    lock.lock();
    try {
      if (closing) {
        throw closed();
      }
      requests.add(request);
      woken.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      request.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SkaldException cause) {
        throw SkaldException.of(cause.kind(), cause.getMessage(), cause);
      }
      throw e;
    }
  }

  private static SkaldException closed() {
    return SkaldException.of(ErrorKind.UNAVAILABLE, "the store is closing");
  }

  /** Waits so that no more than the share of a core is taken. */
  @Override
  public void step() {
    long worked = ticker.nowNanos() - workedSinceNanos;
    long left = (long) (worked * (1 / config.cpuShare() - 1));
    lock.lock();
    try {
      while (!closing && left > 0) {
        left = woken.awaitNanos(left);
      }
      if (closing) {
        throw closed();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw closed();
    } finally {
      lock.unlock();
    }
    workedSinceNanos = ticker.nowNanos();
  }

  private void run() {
    while (true) {
      List<CompletableFuture<@Nullable Void>> asked = new ArrayList<>();
      if (!await(asked)) {
        asked.forEach(request -> request.completeExceptionally(closed()));
        return;
      }
      if (!asked.isEmpty() || config.intervalNanos() > 0) {
        serve(asked);
      }
    }
  }

  private boolean await(List<CompletableFuture<@Nullable Void>> asked) {
    lock.lock();
    try {
      long left = config.intervalNanos() > 0 ? config.intervalNanos() : LOOK_NANOS;
      while (!closing && requests.isEmpty() && left > 0) {
        left = woken.awaitNanos(left);
      }
      asked.addAll(requests);
      requests.clear();
      return !closing;
    } catch (InterruptedException e) {
      closing = true;
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void serve(List<CompletableFuture<@Nullable Void>> asked) {
    long startNanos = ticker.nowNanos();
    workedSinceNanos = startNanos;
    SkaldException failure = null;
    for (Task task : tasks) {
      try {
        task.run();
      } catch (IOException | RuntimeException | Error e) {
        failure = failure == null ? failed(e) : failure;
      }
    }
    if (failure == null) {
      counts.rounds.incrementAndGet();
      counts.lastRoundNanos.set(ticker.nowNanos() - startNanos);
      counts.lastRoundEpochNanos.set(clock.nowEpochNanos());
      asked.forEach(request -> request.complete(null));
    } else {
      counts.failures.incrementAndGet();
      for (CompletableFuture<@Nullable Void> request : asked) {
        request.completeExceptionally(failure);
      }
    }
  }

  private SkaldException failed(Throwable e) {
    lock.lock();
    try {
      if (closing) {
        return closed();
      }
    } finally {
      lock.unlock();
    }
    boolean expected = e instanceof IOException || e instanceof SkaldException;
    LOG.error("upkeep failed: {}", e.getMessage(), expected ? null : e);
    return SkaldException.of(
        e instanceof SkaldException known ? known.kind() : ErrorKind.UNAVAILABLE,
        "upkeep failed: " + e.getMessage(),
        e);
  }

  /** Gives up what is being done, and ends. Closing twice is harmless. */
  void close() {
    lock.lock();
    try {
      closing = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread != null && thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
