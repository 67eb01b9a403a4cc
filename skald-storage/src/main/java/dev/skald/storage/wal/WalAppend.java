package dev.skald.storage.wal;

import dev.skald.bytes.Crc32c;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One append on its way: made and awaited by the appending thread, written and completed by the
 * writer.
 */
final class WalAppend {
  private static final int WAITING = 0;
  private static final int DONE = 1;

  private final ByteBuffer[] payload;
  private final int payloadBytes;
  private final int payloadCrc;
  private final Runnable onDurable;
  private final Thread waiter = Thread.currentThread();
  private @Nullable SkaldException failure; // written before, read after state
  private volatile int state = WAITING;

  private WalAppend(ByteBuffer[] payload, int payloadBytes, int payloadCrc, Runnable onDurable) {
    this.payload = payload;
    this.payloadBytes = payloadBytes;
    this.payloadCrc = payloadCrc;
    this.onDurable = onDurable;
  }

  /**
   * Computes the checksum here, on the appending thread: there are many of those and one writer.
   */
  static WalAppend of(ByteBuffer[] payload, int payloadBytesMax, Runnable onDurable) {
    long length = 0;
    CRC32C crc = new CRC32C();
    for (ByteBuffer part : payload) {
      length += part.remaining();
      crc.update(part.duplicate());
    }
    if (length > payloadBytesMax) {
      throw new SkaldException(
          ErrorKind.TOO_LARGE, "wal record too large: bytes=%d max=%d", length, payloadBytesMax);
    }
    return new WalAppend(payload, (int) length, (int) crc.getValue(), onDurable);
  }

  ByteBuffer[] payload() {
    return payload;
  }

  int payloadBytes() {
    return payloadBytes;
  }

  /** As {@link Crc32c} of the parts end to end. */
  int payloadCrc() {
    return payloadCrc;
  }

  void runOnDurable() {
    onDurable.run();
  }

  void succeed() {
    state = DONE;
    LockSupport.unpark(waiter);
  }

  /** No effect on one that has succeeded. */
  void fail(SkaldException why) {
    if (state == WAITING) {
      failure = why;
      succeed();
    }
  }

  /**
   * Waits for the writer. An interrupt does not end the wait, because the writer may be reading the
   * payload; the thread's interrupt status is set again afterwards.
   */
  void await() {
    boolean interrupted = false;
    while (state == WAITING) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      // A new one with the waiter's own stack: several waiters share the cause.
      throw SkaldException.of(failure.kind(), failure.getMessage(), failure);
    }
  }
}
