package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.storage.column.NumberHead.Coding;
import dev.skald.storage.column.NumberHead.Transform;

/**
 * Reads a few of the numbers that {@link PrefixStream} wrote. Codes can only be read one after the
 * other; so the first time all are passed over, and from then on reading begins at a mark.
 */
final class PrefixPick {
  private final Transform transform;
  private final boolean isHybrid;
  private final int count;
  private final byte[] bytes;
  private final int start;
  private final long endBit;
  private final short[] table;
  private final ByteReader body;

  /** The next code, how many were before it, and their sum as differences. */
  private long bit;

  private int passed;
  private long sum;

  /**
   * @param count of coded numbers
   */
  private PrefixPick(NumberHead head, int count, ByteReader body) {
    this.transform = head.transform();
    this.isHybrid = head.coding() == Coding.PREFIX_HYBRID;
    this.count = count;
    this.body = body;
    PrefixCode code = PrefixCode.read(body);
    table = code.table(code.longest());
    int length = body.remaining();
    start = body.skip(length);
    bytes = body.array();
    endBit = (long) length * Byte.SIZE;
  }

  /**
   * The values at {@code positions}, ascending.
   *
   * @param count of all values
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  static long[] pick(
      NumberHead head, int count, int[] positions, ByteReader body, ColumnMarks marks) {
    boolean isPlain = head.transform() == Transform.PLAIN;
    PrefixPick pick = new PrefixPick(head, Math.max(0, isPlain ? count : count - 1), body);
    PrefixMarks known = marks.of(head, pick::findMarks);
    long[] values = new long[positions.length];
    for (int i = 0; i < values.length; i++) {
      if (isPlain) {
        values[i] = pick.number(positions[i], known) + head.min();
      } else {
        if (positions[i] > 0) {
          pick.number(positions[i] - 1, known);
          values[i] = head.base() + pick.sum;
        } else {
          values[i] = head.base();
        }
      }
    }
    return values;
  }

  private PrefixMarks findMarks() {
    PrefixMarks marks = PrefixMarks.room(count);
    bit = 0;
    passed = 0;
    sum = 0;
    while (passed < count) {
      if (passed % PrefixMarks.DISTANCE == 0) {
        marks.bits()[passed / PrefixMarks.DISTANCE] = bit;
        marks.sums()[passed / PrefixMarks.DISTANCE] = sum;
      }
      next();
    }
    if (bit > endBit || endBit - bit >= Byte.SIZE) {
      throw body.corrupt("bits of prefix code", endBit, bit);
    }
    return marks;
  }

  /** The coded number of an index; {@link #sum} is that of all up to it. */
  private long number(int index, PrefixMarks marks) {
    int mark = index / PrefixMarks.DISTANCE;
    if (passed > index || passed < mark * PrefixMarks.DISTANCE) {
      passed = mark * PrefixMarks.DISTANCE;
      bit = marks.bits()[mark];
      sum = marks.sums()[mark];
    }
    long number = 0;
    while (passed <= index) {
      number = next();
    }
    return number;
  }

  private long next() {
    long word = bit > endBit ? 0 : word(bit);
    int entry = table[(int) word & (table.length - 1)];
    int length = entry & 15;
    if (length == 0 || bit > endBit) {
      throw body.corrupt("prefix code", "a known one", bit);
    }
    int symbol = entry >>> 4;
    bit += length;
    long number = symbol;
    if (isHybrid) {
      int restBits = NumberTokens.restBits(symbol);
      number = NumberTokens.base(symbol) | (rest() & ((1L << restBits) - 1));
      bit += restBits;
    }
    passed++;
    sum +=
        switch (transform) {
          case PLAIN -> 0;
          case DELTA -> (number >>> 1) ^ -(number & 1);
          case RISING -> number;
        };
    return number;
  }

  private long word(long at) {
    return Words.littlePadded(bytes, start + (int) (at >>> 3)) >>> (at & 7);
  }

  /** All 64 bits from {@link #bit} on. */
  private long rest() {
    int shift = (int) (bit & 7);
    long rest = word(bit);
    if (shift != 0) {
      int after = start + (int) (bit >>> 3) + Long.BYTES;
      rest |= Words.littlePadded(bytes, after) << (Long.SIZE - shift);
    }
    return rest;
  }
}
