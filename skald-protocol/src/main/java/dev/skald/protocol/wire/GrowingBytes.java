package dev.skald.protocol.wire;

import java.util.Arrays;

/**
 * An array of bytes that grows on demand; what it holds counts against the pool's budget. One
 * thread at a time.
 */
public final class GrowingBytes {
  private static final int START_BYTES = 8 << 10;

  private final BufferPool pool;
  private byte[] array = new byte[0];
  private int length;

  GrowingBytes(BufferPool pool) {
    this.pool = pool;
  }

  public byte[] array() {
    return array;
  }

  public int length() {
    return length;
  }

  public int capacity() {
    return array.length;
  }

  public void length(int bytes) {
    length = bytes;
  }

  /** Makes room for {@code capacity} bytes in all; keeps the first {@code length}. */
  public void require(int capacity) {
    require(capacity, Integer.MAX_VALUE - 16);
  }

  /** As {@link #require(int)}; grows by doubling, but not beyond {@code capacityMax} for that. */
  void require(int capacity, int capacityMax) {
    if (capacity <= array.length) {
      return;
    }
    long doubled = Math.max(START_BYTES, array.length * 2L);
    int grown = (int) Math.max(capacity, Math.min(capacityMax, doubled));
    pool.reserve((long) grown - array.length);
    array = length == 0 ? new byte[grown] : Arrays.copyOf(array, grown);
  }

  /** Gives up an array that is too big to be kept. */
  void trim(int retainedBytesMax) {
    length = 0;
    if (array.length > retainedBytesMax) {
      pool.release(array.length);
      array = new byte[0];
    }
  }

  /** Gives up the array. */
  void drop() {
    trim(-1);
  }
}
