package dev.skald.storage.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of an array as a long, also where fewer are left. */
final class Words {
  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Words() {}

  /** {@code bytes[at .. at + length)} in the low bytes, the first lowest; zeros above. At most eight. */
  static long little(byte[] bytes, int at, int length) {
    if (at + Long.BYTES <= bytes.length) {
      long word = (long) LITTLE.get(bytes, at);
      return length >= Long.BYTES ? word : word & ((1L << (length * Byte.SIZE)) - 1);
    }
    long word = 0;
    for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
      word |= (bytes[at + i] & 0xffL) << (i * Byte.SIZE);
    }
    return word;
  }

  /** {@code bytes[at .. at + 8)}, the first lowest; what lies beyond the array is zero. */
  static long littlePadded(byte[] bytes, int at) {
    return at + Long.BYTES <= bytes.length
        ? (long) LITTLE.get(bytes, at)
        : little(bytes, at, Math.max(0, bytes.length - at));
  }

  /** {@code bytes[at .. at + 8)}, the first highest; what lies beyond the array is zero. */
  static long bigPadded(byte[] bytes, int at) {
    return at + Long.BYTES <= bytes.length
        ? (long) BIG.get(bytes, at)
        : Long.reverseBytes(littlePadded(bytes, at));
  }

  /** Writes eight bytes, the highest first; those that do not fit before {@code end} are left out. */
  static void putBig(byte[] bytes, int at, int end, long word) {
    if (at + Long.BYTES <= end) {
      BIG.set(bytes, at, word);
      return;
    }
    long rest = word;
    for (int i = at; i < end; i++) {
      bytes[i] = (byte) (rest >>> (Long.SIZE - Byte.SIZE));
      rest <<= Byte.SIZE;
    }
  }
}
