package dev.skald.protocol.push;

import java.util.Arrays;

/**
 * An array of bytes that grows on demand; what it holds counts against the pool's budget. One
 * thread at a time.
 */
final class GrowingBytes {
  private static final int START_BYTES = 8 << 10;

  private final BufferPool pool;
  private byte[] array = new byte[0];
  private int length;

  GrowingBytes(BufferPool pool) {
    this.pool = pool;
  }

  byte[] array() {
    return array;
  }

  int length() {
    return length;
  }

  int capacity() {
    return array.length;
  }

  void length(int bytes) {
    length = bytes;
  }

  /**
   * Makes room for {@code capacity} bytes in all; keeps the first {@code length}. Grows by doubling
   * at least.
   */
  void require(int capacity) {
    if (capacity <= array.length) {
      return;
    }
    int grown =
        (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(array.length * 2L, (long) capacity));
    grown = Math.max(grown, START_BYTES);
    pool.reserve((long) grown - array.length);
    array = length == 0 ? new byte[grown] : Arrays.copyOf(array, grown);
  }

  void add(byte b) {
    if (length == array.length) {
      require(length + 1);
    }
    array[length++] = b;
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
