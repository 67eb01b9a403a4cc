package dev.skald.logql.pipeline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A key of bytes that grows while it is written: what group tables look up. One thread. */
public final class KeyBuffer {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Odd, with bits well spread (the golden ratio in 64 bits). */
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private byte[] bytes = new byte[128];
  private int length;

  public void reset() {
    length = 0;
  }

  /** The key is the first {@link #length} bytes. Borrowed: changes with the next write. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  public boolean equalTo(byte[] other, int start, int otherLength) {
    return length == otherLength
        && Arrays.equals(bytes, 0, length, other, start, start + otherLength);
  }

  /** Of all bytes; never stored outside the process. */
  public int hash() {
    long h = length * MULTIPLIER;
    int at = 0;
    for (; at + 8 <= length; at += 8) {
      h = (h ^ (long) LONGS.get(bytes, at)) * MULTIPLIER;
      h ^= h >>> 32;
    }
    long tail = 0;
    for (; at < length; at++) {
      tail = tail << 8 | (bytes[at] & 0xff);
    }
    h = (h ^ tail) * MULTIPLIER;
    return (int) (h ^ h >>> 32);
  }

  /** The length as a varint, then the bytes. */
  public void appendPrefixed(byte[] source, int start, int end) {
    appendVarint(end - start);
    ensure(end - start);
    System.arraycopy(source, start, bytes, length, end - start);
    length += end - start;
  }

  /** A number that is not negative, seven bits a byte. */
  public void appendVarint(int value) {
    ensure(5);
    int rest = value;
    while (rest > 0x7f) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
