package dev.skald.query.tail;

import dev.skald.model.Labels;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** An entry on its way to clients; they share it, and as long as it waits for any it is counted once. */
final class TailEntry {
  private static final int OVERHEAD_BYTES = 80;

  private final long timestampEpochNanos;
  private final long sequence;
  private final long arrivedNanos;
  private final Labels stream;
  private final byte[] element;
  private final AtomicInteger holders = new AtomicInteger();

  /**
   * @param sequence {@link dev.skald.storage.LiveRows#sequence}
   * @param arrivedNanos when it became visible, on the ticker's scale
   * @param stream what names it if it is dropped
   * @param element as it is sent; taken over
   */
  TailEntry(
      long timestampEpochNanos, long sequence, long arrivedNanos, Labels stream, byte[] element) {
    this.timestampEpochNanos = timestampEpochNanos;
    this.sequence = sequence;
    this.arrivedNanos = arrivedNanos;
    this.stream = stream;
    this.element = element;
  }

  long timestampEpochNanos() {
    return timestampEpochNanos;
  }

  long sequence() {
    return sequence;
  }

  long arrivedNanos() {
    return arrivedNanos;
  }

  Labels stream() {
    return stream;
  }

  byte[] element() {
    return element;
  }

  /** Counts it among the bytes that wait. False: there would be too many, it is not held. */
  boolean hold(AtomicLong waitingBytes, long bytesMax) {
    int bytes = element.length + OVERHEAD_BYTES;
    if (holders.get() == 0 && waitingBytes.get() + bytes > bytesMax) {
      return false;
    }
    if (holders.getAndIncrement() == 0) {
      waitingBytes.addAndGet(bytes);
    }
    return true;
  }

  void release(AtomicLong waitingBytes) {
    if (holders.decrementAndGet() == 0) {
      waitingBytes.addAndGet(-(element.length + OVERHEAD_BYTES));
    }
  }
}
