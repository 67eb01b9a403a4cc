package dev.skald.storage.head;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The head's memory. An append reserves what it will need before it is written to the log, because
 * afterwards it can no longer be refused. Safe for concurrent use.
 */
public final class HeadBudget {
  private final HeadConfig config;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private long used; // guarded by lock
  private long reserved; // guarded by lock
  private int waiting; // guarded by lock

  HeadBudget(HeadConfig config) {
    this.config = config;
  }

  /**
   * Waits until {@code bytes} are free, as long as the configuration allows. What is reserved must
   * be {@link #unreserve}d.
   *
   * @param onWait run once if it has to wait: makes room, later
   * @throws SkaldException UNAVAILABLE if they did not become free
   */
  public void reserve(long bytes, Runnable onWait) {
    if (!reserve(bytes, config.appendWaitNanosMax(), onWait)) {
      throw new SkaldException(
          ErrorKind.UNAVAILABLE,
          "the head is full: bytes=%d max=%d, entries are not flushed fast enough",
          heldBytes(),
          config.bytesMax());
    }
  }

  /**
   * As above, but for so long.
   *
   * @return false if they did not become free
   */
  public boolean reserve(long bytes, long waitNanosMax, Runnable onWait) {
    lock.lock();
    try {
      long left = waitNanosMax;
      boolean told = false;
      while (used + reserved + bytes > config.bytesMax() && used + reserved > 0) {
        if (left <= 0) {
          return false;
        }
        waiting++;
        try {
          if (!told) {
            onWait.run();
            told = true;
          }
          left = freed.awaitNanos(left);
        } finally {
          waiting--;
        }
      }
      reserved += bytes;
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SkaldException.of(
          ErrorKind.UNAVAILABLE, "interrupted while waiting for memory in the head", e);
    } finally {
      lock.unlock();
    }
  }

  private long heldBytes() {
    lock.lock();
    try {
      return used + reserved;
    } finally {
      lock.unlock();
    }
  }

  public void unreserve(long bytes) {
    lock.lock();
    try {
      reserved -= bytes;
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether appends wait for memory. */
  public boolean isShort() {
    lock.lock();
    try {
      return waiting > 0;
    } finally {
      lock.unlock();
    }
  }

  void use(long bytes) {
    lock.lock();
    try {
      used += bytes;
    } finally {
      lock.unlock();
    }
  }

  void free(long bytes) {
    lock.lock();
    try {
      used -= bytes;
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes that generations hold. */
  public long usedBytes() {
    lock.lock();
    try {
      return used;
    } finally {
      lock.unlock();
    }
  }
}
