package dev.skald.threads;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Where threads come from. */
public interface Threads {
  /** Starts one platform thread that lives as long as {@code body}. It is a daemon: it does not keep the process alive. */
  Thread start(String name, Runnable body);

  /** A platform thread that is not started, as the JVM wants its shutdown hooks. */
  Thread unstarted(String name, Runnable body);

  /** A fixed pool of platform threads for computing; the caller closes it. */
  ExecutorService computePool(String name, int threadCount);

  /** A new virtual thread for each task, for blocking work; the caller closes it. */
  ExecutorService waitingPool(String name);

  /** Returns when the thread has ended. An interrupt does not end the wait; it is kept for the caller. */
  static void awaitEnd(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
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

  /** The JVM's threads. */
  static Threads jvm() {
    return new Threads() {
      @Override
      public Thread start(String name, Runnable body) {
        return Thread.ofPlatform().name(name).daemon().start(body);
      }

      @Override
      public Thread unstarted(String name, Runnable body) {
        return Thread.ofPlatform().name(name).unstarted(body);
      }

      @Override
      public ExecutorService computePool(String name, int threadCount) {
        return Executors.newFixedThreadPool(
            threadCount, Thread.ofPlatform().name(name + "-", 0).daemon().factory());
      }

      @Override
      public ExecutorService waitingPool(String name) {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
      }
    };
  }
}
