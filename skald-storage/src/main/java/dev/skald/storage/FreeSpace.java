package dev.skald.storage;

import dev.skald.clock.Ticker;
import dev.skald.disk.Disk;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Refuses appends while the disk has less free than a floor, so that queries, flushes and merges go
 * on. Looks at the disk once a second at most. Safe for concurrent use.
 */
final class FreeSpace {
  private static final long LOOK_NANOS = 1_000_000_000L;

  private final Disk disk;
  private final Ticker ticker;
  private final long freeBytesMin;
  private final AtomicLong refused = new AtomicLong();
  private volatile long freeBytes = Long.MAX_VALUE;
  private final AtomicLong lookedNanos;

  FreeSpace(Disk disk, Ticker ticker, long freeBytesMin) {
    this.disk = disk;
    this.ticker = ticker;
    this.freeBytesMin = freeBytesMin;
    this.lookedNanos = new AtomicLong(ticker.nowNanos() - LOOK_NANOS);
  }

  /**
   * @throws SkaldException UNAVAILABLE if there is too little
   */
  void requireRoom() {
    if (freeBytesMin == 0) {
      return;
    }
    long looked = lookedNanos.get();
    long now = ticker.nowNanos();
    if (now - looked >= LOOK_NANOS && lookedNanos.compareAndSet(looked, now)) {
      look();
    }
    long free = freeBytes;
    if (free < freeBytesMin) {
      refused.incrementAndGet();
      throw new SkaldException(
          ErrorKind.UNAVAILABLE,
          "the disk is nearly full: free=%d bytes, floor=%d (storage.free_bytes_min)",
          free,
          freeBytesMin);
    }
  }

  /** Bytes missing up to the floor, by a look at the disk now; 0 if none. */
  long missingBytes() {
    if (freeBytesMin == 0) {
      return 0;
    }
    look();
    return Math.max(0, freeBytesMin - freeBytes);
  }

  private void look() {
    try {
      freeBytes = disk.freeBytes();
    } catch (IOException e) {
      freeBytes = Long.MAX_VALUE; // who does not know refuses nothing; a full disk says so itself
    }
  }

  long refused() {
    return refused.get();
  }
}
