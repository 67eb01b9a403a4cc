package dev.skald.storage.wal;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What waits for the writer, in order of arrival. Many threads put, one takes. */
final class WalQueue {
  /** A request to the writer. */
  sealed interface Request {
    /** Write this. */
    record Append(WalAppend append) implements Request {}

    /** End the file; what comes later is in files from the next number on. */
    record Rotate(WalRotation rotation) implements Request {}

    /** Nothing arrived in the time given. */
    record Idle() implements Request {}

    /** Closed, and empty for ever. */
    record Closed() implements Request {}
  }

  private final long bytesMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Request> requests = new ArrayDeque<>(); // guarded by lock
  private long bytes; // guarded by lock
  private @Nullable SkaldException refusal; // guarded by lock

  WalQueue(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /**
   * @throws SkaldException UNAVAILABLE if the queue is full; what {@link #close} was given if it is
   *     closed
   */
  void put(Request request) {
    lock.lock();
    try {
      if (refusal != null) {
        throw SkaldException.of(refusal.kind(), refusal.getMessage(), refusal);
      }
      long added = bytes(request);
      if (added > 0 && bytes + added > bytesMax) {
        throw new SkaldException(
            ErrorKind.UNAVAILABLE,
            "too much waits to be written: bytes=%d max=%d",
            bytes + added,
            bytesMax);
      }
      bytes += added;
      requests.add(request);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a request, at most {@code idleNanosMax}. */
  Request take(long idleNanosMax) {
    lock.lock();
    try {
      long left = idleNanosMax;
      while (requests.isEmpty()) {
        if (refusal != null) {
          return new Request.Closed();
        }
        if (left <= 0) {
          return new Request.Idle();
        }
        left = arrived.awaitNanos(left);
      }
      return removeFirst();
    } catch (InterruptedException e) {
      return new Request.Closed();
    } finally {
      lock.unlock();
    }
  }

  /** The next request if it is there and an append; it is taken. */
  @Nullable WalAppend pollAppend() {
    lock.lock();
    try {
      if (requests.peekFirst() instanceof Request.Append) {
        return removeFirst() instanceof Request.Append(WalAppend append) ? append : null;
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private Request removeFirst() {
    Request first = requests.removeFirst();
    bytes -= bytes(first);
    return first;
  }

  private static long bytes(Request request) {
    return request instanceof Request.Append(WalAppend append) ? append.payloadBytes() : 0;
  }

  /** From now on {@link #put} throws {@code why}; what is queued stays. The first reason stands. */
  void close(SkaldException why) {
    lock.lock();
    try {
      if (refusal == null) {
        refusal = why;
      }
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }
}
