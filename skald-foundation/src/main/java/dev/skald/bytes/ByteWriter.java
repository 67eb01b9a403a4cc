package dev.skald.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing array of bytes, written from start to end; numbers are little-endian. For one thread.
 *
 * <p>A varint is unsigned LEB128: seven bits a byte, lowest first, the high bit set on all but the
 * last byte. A signed varint is the varint of its zigzag form {@code (n << 1) ^ (n >> 63)}.
 */
public final class ByteWriter {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int VARINT_BYTES_MAX = 10;
  private static final int ARRAY_BYTES_MAX = Integer.MAX_VALUE - 16;

  private byte[] bytes;
  private int size;

  public ByteWriter(int capacityBytes) {
    bytes = new byte[Math.max(16, capacityBytes)];
  }

  /** Bytes written so far. */
  public int size() {
    return size;
  }

  /** Forgets what was written, keeps the memory. */
  public void clear() {
    size = 0;
  }

  /** Forgets what was written beyond {@code sizeBytes}. */
  public void truncate(int sizeBytes) {
    if (sizeBytes < 0 || sizeBytes > size) {
      throw new IndexOutOfBoundsException(sizeBytes + " of " + size);
    }
    size = sizeBytes;
  }

  public void putByte(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  public void putInt(int value) {
    reserve(Integer.BYTES);
    INT.set(bytes, size, value);
    size += Integer.BYTES;
  }

  public void putLong(long value) {
    reserve(Long.BYTES);
    LONG.set(bytes, size, value);
    size += Long.BYTES;
  }

  /** As an unsigned number: negative values take ten bytes. */
  public void putVarint(long value) {
    reserve(VARINT_BYTES_MAX);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  public void putSignedVarint(long value) {
    putVarint((value << 1) ^ (value >> 63));
  }

  public void putBytes(byte[] source) {
    putBytes(source, 0, source.length);
  }

  public void putBytes(byte[] source, int start, int length) {
    reserve(length);
    System.arraycopy(source, start, bytes, size, length);
    size += length;
  }

  /** The text's bytes ({@link ExactUtf8}) with their count before them as a varint. */
  public void putText(String text) {
    byte[] encoded = ExactUtf8.encode(text);
    putVarint(encoded.length);
    putBytes(encoded);
  }

  /** Changes four bytes that were written before. */
  public void setInt(int offset, int value) {
    if (offset < 0 || offset > size - Integer.BYTES) {
      throw new IndexOutOfBoundsException(offset + " of " + size);
    }
    INT.set(bytes, offset, value);
  }

  /**
   * Makes room for {@code length} bytes more and counts them as written; whoever asked fills them
   * in {@link #array}.
   */
  public int skip(int length) {
    reserve(length);
    int start = size;
    size += length;
    return start;
  }

  /** Borrowed: the first {@link #size} bytes are what was written; valid until the next write. */
  public byte[] array() {
    return bytes;
  }

  /** Borrowed: what was written; valid until the next write. */
  public ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Makes sure that {@code length} more bytes fit. */
  public void reserve(int length) {
    if (length > bytes.length - size) {
      long wanted = Math.max((long) size + length, Math.min(bytes.length * 2L, ARRAY_BYTES_MAX));
      if (wanted > ARRAY_BYTES_MAX) {
        throw new OutOfMemoryError("array of " + wanted + " bytes");
      }
      bytes = Arrays.copyOf(bytes, (int) wanted);
    }
  }
}
