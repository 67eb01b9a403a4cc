package dev.skald.grep;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a range of code points into sequences of byte ranges that match exactly its UTF-8 encodings (the method of
 * RE2's compiler: split at encoding lengths, then wherever trailing bytes do not run over their whole range). Surrogates
 * have no encoding and are left out.
 */
final class Utf8Ranges {
  private static final int[] LENGTH_MAX = {0x7f, 0x7ff, 0xffff, 0x10ffff};
  private static final int SURROGATE_MIN = 0xd800;
  private static final int SURROGATE_MAX = 0xdfff;

  private final List<Sequence> sequences = new ArrayList<>();

  private Utf8Ranges() {}

  /** One range for each byte of an encoding, as unsigned values. */
  @SuppressWarnings("ArrayRecordComponent")
  record Sequence(byte[] lows, byte[] highs) {
    int length() {
      return lows.length;
    }

    int low(int index) {
      return lows[index] & 0xff;
    }

    int high(int index) {
      return highs[index] & 0xff;
    }
  }

  /** Sequences for code points {@code low} to {@code high}, inclusive. */
  static List<Sequence> of(int low, int high) {
    Utf8Ranges ranges = new Utf8Ranges();
    ranges.split(low, high);
    return ranges.sequences;
  }

  private void split(int low, int high) {
    if (low > high) {
      return;
    }
    if (low <= SURROGATE_MAX && high >= SURROGATE_MIN) {
      split(low, SURROGATE_MIN - 1);
      split(SURROGATE_MAX + 1, high);
      return;
    }
    for (int max : LENGTH_MAX) {
      if (low <= max && high > max) {
        split(low, max);
        split(max + 1, high);
        return;
      }
    }
    for (int trailing = 1; trailing < 4 && high > 0x7f; trailing++) {
      int mask = (1 << (6 * trailing)) - 1;
      boolean differAbove = (low & ~mask) != (high & ~mask);
      if (differAbove && (low & mask) != 0) {
        split(low, low | mask);
        split((low | mask) + 1, high);
        return;
      }
      if (differAbove && (high & mask) != mask) {
        split(low, (high & ~mask) - 1);
        split(high & ~mask, high);
        return;
      }
    }
    sequences.add(new Sequence(encoded(low), encoded(high)));
  }

  private static byte[] encoded(int codePoint) {
    return Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
  }
}
