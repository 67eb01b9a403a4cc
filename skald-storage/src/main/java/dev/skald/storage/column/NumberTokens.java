package dev.skald.storage.column;

/**
 * How a number that is not negative becomes a symbol of a {@link PrefixCode} and a few bits beside it;
 * docs/format/column.md#prefix.
 *
 * <p>DIRECT: the number, up to 255. HYBRID: numbers up to 15 themselves; above, the place of the highest bit and the
 * two bits after it, the rest beside it. So a smooth distribution costs its entropy and some hundredths of a bit.
 */
final class NumberTokens {
  static final int DIRECT_MAX = 255;

  private static final int SMALL_BITS = 4;
  private static final int SMALL = 1 << SMALL_BITS;
  private static final int TOP_BITS = 2;

  private NumberTokens() {}

  /** The hybrid symbol, 0 to 255. */
  static int symbol(long value) {
    if (value >= 0 && value < SMALL) {
      return (int) value;
    }
    int highest = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    return SMALL
        + ((highest - SMALL_BITS) << TOP_BITS)
        + (int) (value >>> (highest - TOP_BITS) & ((1 << TOP_BITS) - 1));
  }

  /** How many bits stand beside a hybrid symbol. */
  static int restBits(int symbol) {
    return symbol < SMALL ? 0 : ((symbol - SMALL) >>> TOP_BITS) + SMALL_BITS - TOP_BITS;
  }

  /** The number of a hybrid symbol whose rest is zero. */
  static long base(int symbol) {
    if (symbol < SMALL) {
      return symbol;
    }
    long top = (1L << TOP_BITS) | ((symbol - SMALL) & ((1 << TOP_BITS) - 1));
    return top << restBits(symbol);
  }

  /** Bits that {@code counts} of symbols take at least, the bits beside them included. */
  static double entropyBits(int[] counts, int total, boolean hybrid) {
    double bits = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      int count = counts[symbol];
      if (count > 0) {
        double code = Math.max(1, Math.log((double) total / count) * LOG2_E);
        bits += count * (code + (hybrid ? restBits(symbol) : 0));
      }
    }
    return bits;
  }

  private static final double LOG2_E = 1 / Math.log(2);
}
