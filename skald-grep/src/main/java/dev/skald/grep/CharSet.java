package dev.skald.grep;

import java.util.Arrays;

/**
 * A set of Unicode code points as sorted, disjoint, inclusive ranges: {@code bounds[2i] ..
 * bounds[2i + 1]}.
 */
final class CharSet {
  static final int CODE_POINT_MAX = Character.MAX_CODE_POINT;
  static final CharSet ANY = of(0, CODE_POINT_MAX);
  static final CharSet ANY_BUT_NEWLINE = of('\n', '\n').negated();
  static final CharSet DIGIT = of('0', '9');
  static final CharSet SPACE = of('\t', '\n', '\f', '\r', ' ', ' ');
  static final CharSet WORD = of('0', '9', 'A', 'Z', '_', '_', 'a', 'z');

  private final int[] bounds;

  private CharSet(int[] bounds) {
    this.bounds = bounds;
  }

  /** Pairs of inclusive bounds in any order. */
  static CharSet of(int... bounds) {
    long[] ranges = new long[bounds.length / 2];
    for (int i = 0; i < ranges.length; i++) {
      ranges[i] = (long) bounds[2 * i] << 32 | bounds[2 * i + 1];
    }
    Arrays.sort(ranges);
    int[] merged = new int[bounds.length];
    int count = 0;
    for (long range : ranges) {
      int low = (int) (range >>> 32);
      int high = (int) range;
      if (count > 0 && low <= merged[count - 1] + 1) {
        merged[count - 1] = Math.max(merged[count - 1], high);
      } else {
        merged[count++] = low;
        merged[count++] = high;
      }
    }
    return new CharSet(Arrays.copyOf(merged, count));
  }

  CharSet plus(CharSet other) {
    int[] both = Arrays.copyOf(bounds, bounds.length + other.bounds.length);
    System.arraycopy(other.bounds, 0, both, bounds.length, other.bounds.length);
    return of(both);
  }

  CharSet negated() {
    int[] rest = new int[bounds.length + 2];
    int count = 0;
    int next = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      if (bounds[i] > next) {
        rest[count++] = next;
        rest[count++] = bounds[i] - 1;
      }
      next = bounds[i + 1] + 1;
    }
    if (next <= CODE_POINT_MAX) {
      rest[count++] = next;
      rest[count++] = CODE_POINT_MAX;
    }
    return new CharSet(Arrays.copyOf(rest, count));
  }

  boolean isAscii() {
    return bounds.length == 0 || bounds[bounds.length - 1] < 0x80;
  }

  /** Every character, or every one but a newline: what {@code .} stands for. */
  boolean isDot() {
    return Arrays.equals(bounds, ANY.bounds) || Arrays.equals(bounds, ANY_BUT_NEWLINE.bounds);
  }

  boolean isEmpty() {
    return bounds.length == 0;
  }

  int rangeCount() {
    return bounds.length / 2;
  }

  int low(int range) {
    return bounds[2 * range];
  }

  int high(int range) {
    return bounds[2 * range + 1];
  }

  boolean has(int codePoint) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (codePoint >= bounds[i] && codePoint <= bounds[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /**
   * The same in either case, for a set within ASCII. Unicode's simple folding puts two more
   * characters beside ASCII letters: U+212A (Kelvin) beside k, U+017F (long s) beside s.
   */
  CharSet foldedAscii() {
    CharSet folded = this;
    for (int c = 'a'; c <= 'z'; c++) {
      int upper = c - 0x20;
      if (has(c) || has(upper)) {
        folded = folded.plus(of(c, c, upper, upper));
      }
    }
    if (folded.has('k')) {
      folded = folded.plus(of(0x212A, 0x212A));
    }
    return folded.has('s') ? folded.plus(of(0x17F, 0x17F)) : folded;
  }
}
