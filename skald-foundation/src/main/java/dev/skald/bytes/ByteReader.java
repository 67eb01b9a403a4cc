package dev.skald.bytes;

import dev.skald.error.SkaldException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote from a borrowed range of bytes, and trusts nothing: whatever
 * does not fit is {@link SkaldException} CORRUPT with the object's name and the byte's offset in
 * it. For one thread.
 */
public final class ByteReader {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Set in each byte of a varint but the last. */
  private static final long TOP_BITS = 0x8080808080808080L;

  private final String objectName;
  private final long rangeOffsetBytes;
  private final byte[] bytes;
  private final int start;
  private final int end;
  private int position;

  /**
   * @param objectName where the bytes come from, for errors
   * @param rangeOffsetBytes where in the object {@code bytes[start]} stood
   */
  public ByteReader(String objectName, long rangeOffsetBytes, byte[] bytes, int start, int end) {
    if (start < 0 || end < start || end > bytes.length) {
      throw new IndexOutOfBoundsException(start + " to " + end + " of " + bytes.length);
    }
    this.objectName = objectName;
    this.rangeOffsetBytes = rangeOffsetBytes;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.position = start;
  }

  public ByteReader(String objectName, byte[] bytes) {
    this(objectName, 0, bytes, 0, bytes.length);
  }

  /**
   * A reader of what these bytes unpacked to; its errors name this reader's place, as that is where
   * to look.
   *
   * @param length how many of {@code content}'s bytes count
   */
  public ByteReader nested(byte[] content, int length) {
    return new ByteReader(
        objectName + " (unpacked from byte " + (rangeOffsetBytes + (position - start)) + ")",
        0,
        content,
        0,
        length);
  }

  /** A reader of the same range from an index of the array on, independent of this one. */
  public ByteReader at(int index) {
    if (index < start || index > end) {
      throw new IndexOutOfBoundsException(index + " not in " + start + " to " + end);
    }
    ByteReader reader = new ByteReader(objectName, rangeOffsetBytes, bytes, start, end);
    reader.position = index;
    return reader;
  }

  /** Bytes not read yet. */
  public int remaining() {
    return end - position;
  }

  /** Index in the borrowed array of the next byte. */
  public int position() {
    return position;
  }

  /** Borrowed, with {@link #position}. */
  public byte[] array() {
    return bytes;
  }

  public int readByte() {
    require(1, "byte");
    return bytes[position++] & 0xff;
  }

  public int readInt() {
    require(Integer.BYTES, "int");
    int value = (int) INT.get(bytes, position);
    position += Integer.BYTES;
    return value;
  }

  public long readLong() {
    require(Long.BYTES, "long");
    long value = (long) LONG.get(bytes, position);
    position += Long.BYTES;
    return value;
  }

  /** A varint of up to 64 bits, read as a long. */
  public long readVarint() {
    if (position < end && bytes[position] >= 0) {
      return bytes[position++];
    }
    return readLongVarint();
  }

  private long readLongVarint() {
    if (position + Long.BYTES <= end) {
      long word = (long) LONG.get(bytes, position);
      long ends = ~word & TOP_BITS;
      if (ends != 0) {
        position += (Long.numberOfTrailingZeros(ends) >>> 3) + 1;
        return Long.compress(word & (ends ^ (ends - 1)), ~TOP_BITS);
      }
    }
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      require(1, "varint");
      byte next = bytes[position++];
      if (shift == 63 && (next & 0xfe) != 0) {
        break;
      }
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw corrupt("varint", "at most 64 bits", "more");
  }

  public long readSignedVarint() {
    long zigzag = readVarint();
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  /** A varint that must lie in 0 to {@code max}. */
  public int readCount(String what, int max) {
    long value = readVarint();
    if (value < 0 || value > max) {
      throw corrupt(what, "0 to " + max, Long.toUnsignedString(value));
    }
    return (int) value;
  }

  /** A varint that must not be negative as a long. */
  public long readLongCount(String what) {
    long value = readVarint();
    if (value < 0) {
      throw corrupt(what, "at most " + Long.MAX_VALUE, Long.toUnsignedString(value));
    }
    return value;
  }

  public byte[] readBytes(int length) {
    int from = skip(length);
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  /** What {@link ByteWriter#putText} wrote. */
  public String readText(String what) {
    int length = readCount(what + " length", remaining());
    int from = skip(length);
    return ExactUtf8.decode(bytes, from, from + length);
  }

  /** Passes over {@code length} bytes; returns the index in the array of the first of them. */
  public int skip(int length) {
    if (length < 0) {
      throw corrupt("length", "not negative", length);
    }
    require(length, "bytes");
    int from = position;
    position += length;
    return from;
  }

  public void requireEnd(String what) {
    if (position != end) {
      throw corrupt(what, "no bytes left", (end - position) + " left");
    }
  }

  /** An error about what was read last; thrown by the caller. */
  public SkaldException corrupt(String checked, Object expected, Object actual) {
    return Corruption.at(
        objectName, rangeOffsetBytes + (position - start), checked, expected, actual);
  }

  private void require(int length, String what) {
    if (length > end - position) {
      throw corrupt(what, length + " bytes", (end - position) + " left");
    }
  }
}
