package dev.skald.logql.pipeline;

import dev.skald.model.Stamp;

/**
 * A set of bytes; those beyond ASCII are in it all or none.
 *
 * @param low bits of bytes 0 to 63
 * @param high bits of bytes 64 to 127
 */
record ByteSet(long low, long high, boolean beyondAscii) {
  static final ByteSet NONE = new ByteSet(0, 0, false);

  /** The bytes of a text; ASCII only. */
  static ByteSet of(String ascii) {
    return NONE.plus(ByteSlice.utf8(ascii));
  }

  /** Bytes 0 to {@code last}. */
  static ByteSet upTo(int last) {
    return new ByteSet(last >= 63 ? -1 : (1L << (last + 1)) - 1, 0, false);
  }

  ByteSet plus(byte[] bytes) {
    ByteSet all = this;
    for (byte b : bytes) {
      all =
          b < 0
              ? new ByteSet(all.low, all.high, true)
              : b < Long.SIZE
                  ? new ByteSet(all.low | 1L << b, all.high, all.beyondAscii)
                  : new ByteSet(all.low, all.high | 1L << b, all.beyondAscii);
    }
    return all;
  }

  ByteSet plus(ByteSet other) {
    return new ByteSet(low | other.low, high | other.high, beyondAscii || other.beyondAscii);
  }

  boolean has(byte b) {
    return b < 0 ? beyondAscii : ((b < Long.SIZE ? low : high) >>> b & 1) != 0;
  }

  /** Whether no value of a column holds any of them. */
  boolean isAbsentFrom(Stamp stamp) {
    return (stamp.asciiLow() & low) == 0
        && (stamp.asciiHigh() & high) == 0
        && !(beyondAscii && stamp.beyondAscii());
  }

  boolean isAbsentFrom(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (has(bytes[i])) {
        return false;
      }
    }
    return true;
  }
}
