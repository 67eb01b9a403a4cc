package dev.skald.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers of {@code width} bits end to end, lowest bit first: value {@code i} is bits {@code i *
 * width} to {@code (i + 1) * width - 1} of the little-endian bit string; the last byte is filled up
 * with zeros.
 */
public final class BitPacking {
  /** Bytes that must be there, whatever they hold, after the packed ones that are unpacked. */
  public static final int SLACK_BYTES = 8;

  /** Widest value that a single read of eight bytes holds wherever in its first byte it starts. */
  private static final int ONE_READ_WIDTH_MAX = 57;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private BitPacking() {}

  /** Bits that hold any value from 0 to {@code max}, which is unsigned: 0 to 64. */
  public static int width(long max) {
    return Long.SIZE - Long.numberOfLeadingZeros(max);
  }

  /** Bytes that {@code count} values of {@code width} bits take. */
  public static long packedBytes(int count, int width) {
    return ((long) count * width + 7) >>> 3;
  }

  /**
   * Appends {@code values[from .. from + count)}; each fits {@code width} bits as an unsigned
   * number.
   */
  public static void pack(long[] values, int from, int count, int width, ByteWriter out) {
    if (width == 0) {
      return;
    }
    long pending = 0;
    int pendingBits = 0;
    for (int i = from; i < from + count; i++) {
      long value = values[i];
      pending |= value << pendingBits;
      pendingBits += width;
      if (pendingBits >= Long.SIZE) {
        out.putLong(pending);
        pendingBits -= Long.SIZE;
        pending = pendingBits == 0 ? 0 : value >>> (width - pendingBits);
      }
    }
    for (; pendingBits > 0; pendingBits -= Byte.SIZE) {
      out.putByte((int) pending);
      pending >>>= Byte.SIZE;
    }
  }

  /**
   * Reads {@code count} values into {@code target[targetFrom ..]}.
   *
   * @param bytes hold {@link #packedBytes} and {@link #SLACK_BYTES} more from {@code start} on
   */
  public static void unpack(
      byte[] bytes, int start, int width, int count, long[] target, int targetFrom) {
    if (width == 0) {
      Arrays.fill(target, targetFrom, targetFrom + count, 0);
    } else if (width <= ONE_READ_WIDTH_MAX) {
      long mask = -1L >>> (Long.SIZE - width);
      long bit = 0;
      for (int i = targetFrom; i < targetFrom + count; i++) {
        target[i] = ((long) LONG.get(bytes, start + (int) (bit >>> 3)) >>> (bit & 7)) & mask;
        bit += width;
      }
    } else {
      for (int i = 0; i < count; i++) {
        target[targetFrom + i] = get(bytes, start, width, i);
      }
    }
  }

  /** The {@code index}-th value; the bytes as for {@link #unpack}. */
  public static long get(byte[] bytes, int start, int width, int index) {
    if (width == 0) {
      return 0;
    }
    long bit = (long) index * width;
    int at = start + (int) (bit >>> 3);
    int shift = (int) (bit & 7);
    long value = (long) LONG.get(bytes, at) >>> shift;
    if (shift + width > Long.SIZE) {
      value |= (bytes[at + Long.BYTES] & 0xffL) << (Long.SIZE - shift);
    }
    return value & (-1L >>> (Long.SIZE - width));
  }
}
