package dev.skald.storage.column;

import dev.skald.grep.LiteralFinder;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Hexadecimal digits, half a byte each, the first in the high half: in an array, or in a mapped file. */
sealed interface PackedDigits {
  /** Eight bytes from {@code at} on, the first highest; what lies beyond the digits means nothing. */
  long word(int at);

  /** Where the finder's bytes first lie wholly within {@code [from, to)}, or -1. */
  int find(LiteralFinder finder, int from, int to);

  /** The digit of an index. */
  default int digit(long index) {
    int shift = Long.SIZE - 4 - (int) (index & 1) * 4;
    return (int) (word((int) (index >>> 1)) >>> shift) & 15;
  }

  /**
   * @param start where in {@code bytes} they begin
   */
  @SuppressWarnings("ArrayRecordComponent")
  record InArray(byte[] bytes, int start) implements PackedDigits {
    @Override
    public long word(int at) {
      return Words.bigPadded(bytes, start + at);
    }

    @Override
    public int find(LiteralFinder finder, int from, int to) {
      int found = finder.find(bytes, start + from, start + to);
      return found < 0 ? -1 : found - start;
    }
  }

  /**
   * @param bytes these and nothing more
   */
  record Mapped(MemorySegment bytes) implements PackedDigits {
    private static final ValueLayout.OfLong BIG =
        ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    @Override
    public long word(int at) {
      if (at + Long.BYTES <= bytes.byteSize()) {
        return bytes.get(BIG, at);
      }
      long word = 0;
      for (int i = at; i < at + Long.BYTES; i++) {
        int b = i < bytes.byteSize() ? bytes.get(ValueLayout.JAVA_BYTE, i) & 0xff : 0;
        word = word << Byte.SIZE | b;
      }
      return word;
    }

    @Override
    public int find(LiteralFinder finder, int from, int to) {
      return (int) finder.find(bytes, from, to);
    }
  }
}
