package dev.skald.protocol.wire;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Buffers for decoding, and the bound on what all requests being decoded may hold at once. Safe for
 * concurrent use. Requests run on virtual threads, so that buffers per thread would never be used
 * twice.
 */
public final class BufferPool {
  /** An idle set of buffers keeps arrays up to this size. */
  private static final int RETAINED_BYTES_MAX = 4 << 20;

  private final ArrayBlockingQueue<BodyBuffers> idle;
  private final AtomicLong bytes = new AtomicLong();
  private final long bytesMax;

  /**
   * @param idleMax how many sets of buffers are kept; the number of cores is plenty
   * @param bytesMax of all buffers together; a request that needs more is refused with UNAVAILABLE
   */
  public BufferPool(int idleMax, long bytesMax) {
    this.idle = new ArrayBlockingQueue<>(idleMax);
    this.bytesMax = bytesMax;
  }

  /** Bytes that buffers hold now, idle ones included. */
  public long bytes() {
    return bytes.get();
  }

  public BodyBuffers lease() {
    BodyBuffers known = idle.poll();
    return known != null ? known : new BodyBuffers(this);
  }

  void giveBack(BodyBuffers buffers) {
    buffers.trim(RETAINED_BYTES_MAX);
    if (!idle.offer(buffers)) {
      buffers.dispose();
    }
  }

  void reserve(long more) {
    if (bytes.addAndGet(more) > bytesMax) {
      bytes.addAndGet(-more);
      throw new SkaldException(
          ErrorKind.UNAVAILABLE, "too many bytes of pushes in flight: max=%d", bytesMax);
    }
  }

  void release(long fewer) {
    bytes.addAndGet(-fewer);
  }
}
