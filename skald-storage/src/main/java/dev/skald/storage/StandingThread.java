package dev.skald.storage;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.threads.Outcome;
import dev.skald.threads.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A thread that works when it is asked or woken, and when nothing happened for a while. Whoever asks waits until a work
 * that began afterwards is done. Safe for concurrent use.
 */
final class StandingThread {
  /** Why a work begins. */
  enum Occasion {
    /** Somebody waits for it. */
    ASKED,
    /** Somebody said that it is time to look. */
    WOKEN,
    /** Time has passed. */
    IDLE
  }

  /** What the thread does. */
  @FunctionalInterface
  interface Work {
    /**
     * @throws SkaldException what those who asked are told
     */
    void run(Occasion occasion);
  }

  private final long idleNanosMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Outcome<Boolean>> requests = new ArrayList<>(); // guarded by lock
  private boolean woken; // guarded by lock
  private boolean closing; // guarded by lock
  private @Nullable Thread thread; // guarded by lock

  StandingThread(long idleNanosMax) {
    this.idleNanosMax = idleNanosMax;
  }

  /** Begins, unless it is closed already. */
  void start(Threads threads, String name, Work work) {
    lock.lock();
    try {
      if (!closing) {
        thread = threads.start(name, () -> run(work));
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns when the work was done once more.
   *
   * @throws SkaldException what the work threw; UNAVAILABLE if the thread ends before
   */
  void ask() {
    Outcome<Boolean> request = new Outcome<>();
    lock.lock();
    try {
      if (closing) {
        throw closed();
      }
      requests.add(request);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    request.await();
  }

  /** Work is to begin soon. Cheap; never waits. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  /**
   * For the work itself: does nothing for so long.
   *
   * @throws SkaldException UNAVAILABLE as soon as the thread is to end
   */
  void pause(long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (!closing && left > 0) {
        left = changed.awaitNanos(left);
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
  }

  static SkaldException closed() {
    return SkaldException.of(ErrorKind.UNAVAILABLE, "the store is closing");
  }

  private void run(Work work) {
    List<Outcome<Boolean>> asked = new ArrayList<>();
    for (Occasion next = await(asked); next != null; next = await(asked)) {
      serve(work, next, asked);
      asked.clear();
    }
  }

  /** Waits for something to do; null if the thread is to end. */
  private @Nullable Occasion await(List<Outcome<Boolean>> asked) {
    lock.lock();
    try {
      long left = idleNanosMax;
      while (!closing && requests.isEmpty() && !woken && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (closing) {
        return null;
      }
      Occasion occasion =
          !requests.isEmpty() ? Occasion.ASKED : woken ? Occasion.WOKEN : Occasion.IDLE;
      woken = false;
      asked.addAll(requests);
      requests.clear();
      return occasion;
    } catch (InterruptedException e) {
      closing = true;
      refuse();
      return null;
    } finally {
      lock.unlock();
    }
  }

  private static void serve(Work work, Occasion occasion, List<Outcome<Boolean>> asked) {
    try {
      work.run(occasion);
      asked.forEach(request -> request.succeed(true));
    } catch (SkaldException e) {
      asked.forEach(request -> request.fail(e));
    } finally {
      // Only if an error that the work does not expect ends the thread.
      asked.forEach(request -> request.fail(closed()));
    }
  }

  /** Ends when the work that runs now, if any, is done or has given up. Closing twice is harmless. */
  void close() {
    Thread running;
    lock.lock();
    try {
      closing = true;
      refuse();
      changed.signalAll();
      running = thread;
    } finally {
      lock.unlock();
    }
    if (running != null) {
      Threads.awaitEnd(running);
    }
  }

  /** Those whose work has not begun. */
  private void refuse() {
    requests.forEach(request -> request.fail(closed()));
    requests.clear();
  }
}
