package dev.skald.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A fast 64-bit hash of bytes for tables in memory. Whoever does not know the seed cannot choose
 * bytes that collide; not for anything that is stored. Eight bytes at a time are multiplied to 128
 * bits and folded, as in wyhash.
 */
public final class SeededHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FACTOR = 0x9e3779b97f4a7c15L; // 2^64 / golden ratio

  private SeededHash() {}

  public static long of(byte[] bytes, int start, int end, long seed) {
    long hash = mix(seed ^ FACTOR, (end - start) ^ FACTOR);
    int at = start;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONG.get(bytes, at), seed ^ FACTOR);
    }
    long tail = 0;
    for (; at < end; at++) {
      tail = (tail << Byte.SIZE) | (bytes[at] & 0xff);
    }
    return mix(hash ^ tail, seed ^ FACTOR);
  }

  /** One more number, after {@link #of}. */
  public static long and(long hash, long value, long seed) {
    return mix(hash ^ value, seed ^ FACTOR);
  }

  private static long mix(long a, long b) {
    return (a * b) ^ Math.unsignedMultiplyHigh(a, b);
  }
}
