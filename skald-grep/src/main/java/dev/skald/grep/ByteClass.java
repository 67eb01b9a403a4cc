package dev.skald.grep;

/** A set of byte values. Immutable. */
final class ByteClass {
  private final long[] bits = new long[4];
  private final byte mask;
  private final byte value;
  private final boolean maskedExactly;

  /** Pairs of inclusive bounds, unsigned; at least one pair. */
  private ByteClass(int... bounds) {
    for (int i = 0; i < bounds.length; i += 2) {
      for (int b = bounds[i]; b <= bounds[i + 1]; b++) {
        bits[b >> 6] |= 1L << b;
      }
    }
    int first = bounds[0];
    int differing = 0;
    int size = 0;
    for (int b = 0; b < 256; b++) {
      if (has(b)) {
        differing |= b ^ first;
        size++;
      }
    }
    mask = (byte) ~differing;
    value = (byte) (first & ~differing);
    maskedExactly = size == 1 << Integer.bitCount(differing);
  }

  static ByteClass of(int unsignedByte) {
    return new ByteClass(unsignedByte, unsignedByte);
  }

  /** The letter in either case. */
  static ByteClass folded(int letter) {
    return new ByteClass(letter & ~0x20, letter & ~0x20, letter | 0x20, letter | 0x20);
  }

  /** The characters of a set that {@link CharSet#isAscii} and is not empty. */
  static ByteClass of(CharSet ascii) {
    int[] bounds = new int[2 * ascii.rangeCount()];
    for (int i = 0; i < ascii.rangeCount(); i++) {
      bounds[2 * i] = ascii.low(i);
      bounds[2 * i + 1] = ascii.high(i);
    }
    return new ByteClass(bounds);
  }

  ByteClass plus(ByteClass other) {
    int[] bounds = new int[512];
    int count = 0;
    for (int b = 0; b < 256; b++) {
      if (has(b) || other.has(b)) {
        bounds[count++] = b;
        bounds[count++] = b;
      }
    }
    return new ByteClass(java.util.Arrays.copyOf(bounds, count));
  }

  boolean has(int unsignedByte) {
    return (bits[unsignedByte >> 6] >>> unsignedByte & 1) != 0;
  }

  /** Bits in which all members agree. Each member has {@code (b & mask) == value}. */
  byte mask() {
    return mask;
  }

  byte value() {
    return value;
  }

  /** Whether {@code (b & mask) == value} holds for members only. */
  boolean isMaskedExactly() {
    return maskedExactly;
  }

  /** Which part of a log's bytes the mask lets through, roughly. */
  double maskedShare() {
    double share = 0;
    for (int b = 0; b < 256; b++) {
      share += (byte) (b & mask) == value ? ByteRarity.share((byte) b) : 0;
    }
    return share;
  }
}
