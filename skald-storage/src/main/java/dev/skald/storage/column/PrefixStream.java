package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;

/** Numbers as symbols of a prefix code in one string of bits; docs/format/column.md#prefix. */
final class PrefixStream {
  /** Bits of a read of eight bytes that count wherever in its first byte it starts. */
  private static final int READ_BITS = 57;

  private PrefixStream() {}

  /** Appends {@code numbers[from .. to)}; {@code counts} are of their symbols. */
  static void encode(
      long[] numbers, int from, int to, boolean hybrid, int[] counts, ByteWriter out) {
    PrefixCode code = PrefixCode.of(counts);
    code.write(out);
    long pending = 0;
    int bits = 0;
    for (int i = from; i < to; i++) {
      long number = numbers[i];
      int symbol = hybrid ? NumberTokens.symbol(number) : (int) number;
      int length = code.length(symbol);
      long word = code.code(symbol);
      pending |= word << bits;
      bits += length;
      if (bits >= Long.SIZE) {
        out.putLong(pending);
        bits -= Long.SIZE;
        pending = bits == 0 ? 0 : word >>> (length - bits);
      }
      int restBits = hybrid ? NumberTokens.restBits(symbol) : 0;
      if (restBits > 0) {
        long rest = number & ((1L << restBits) - 1);
        pending |= rest << bits;
        bits += restBits;
        if (bits >= Long.SIZE) {
          out.putLong(pending);
          bits -= Long.SIZE;
          pending = bits == 0 ? 0 : rest >>> (restBits - bits);
        }
      }
    }
    for (; bits > 0; bits -= Byte.SIZE) {
      out.putByte((int) pending);
      pending >>>= Byte.SIZE;
    }
  }

  /** Reads {@code count} numbers to {@code target[from ..]}; the body ends with them. */
  static void decode(ByteReader body, long[] target, int from, int count, boolean hybrid) {
    PrefixCode code = PrefixCode.read(body);
    int tableBits = code.longest();
    short[] table = code.table(tableBits);
    int length = body.remaining();
    int start = body.skip(length);
    byte[] bytes = body.array();
    long endBit = (long) length * Byte.SIZE;
    long bit =
        hybrid
            ? decodeHybrid(bytes, start, table, target, from, count, endBit)
            : decodeDirect(bytes, start, table, target, from, count, endBit);
    if (bit < 0 || endBit - bit >= Byte.SIZE || bit > endBit) {
      throw body.corrupt("bits of prefix code", endBit, bit);
    }
  }

  /** Returns where it ended, or a negative number if there is no such code. */
  private static long decodeDirect(
      byte[] bytes, int start, short[] table, long[] target, int from, int count, long endBit) {
    int mask = table.length - 1;
    long bit = 0;
    int i = from;
    int end = from + count;
    while (i < end) {
      if (bit > endBit) {
        return -1;
      }
      long word = Words.littlePadded(bytes, start + (int) (bit >>> 3)) >>> (bit & 7);
      int used = 0;
      for (; used <= READ_BITS - PrefixCode.BITS_MAX && i < end; i++) {
        long entry = table[(int) word & mask];
        int length = (int) entry & 15;
        if (length == 0) {
          return -1;
        }
        target[i] = entry >>> 4;
        word >>>= length;
        used += length;
      }
      bit += used;
    }
    return bit;
  }

  private static long decodeHybrid(
      byte[] bytes, int start, short[] table, long[] target, int from, int count, long endBit) {
    int mask = table.length - 1;
    long bit = 0;
    for (int i = from; i < from + count; i++) {
      if (bit > endBit) {
        return -1;
      }
      long word = Words.littlePadded(bytes, start + (int) (bit >>> 3)) >>> (bit & 7);
      int entry = table[(int) word & mask];
      int length = entry & 15;
      if (length == 0) {
        return -1;
      }
      int symbol = entry >>> 4;
      int restBits = NumberTokens.restBits(symbol);
      long rest = word >>> length;
      if (length + restBits > READ_BITS) {
        long at = bit + length;
        int byteAt = start + (int) (at >>> 3);
        int shift = (int) (at & 7);
        rest = Words.littlePadded(bytes, byteAt) >>> shift;
        if (shift != 0) {
          rest |= Words.littlePadded(bytes, byteAt + Long.BYTES) << (Long.SIZE - shift);
        }
      }
      target[i] = NumberTokens.base(symbol) | (rest & ((1L << restBits) - 1));
      bit += length + restBits;
    }
    return bit;
  }
}
