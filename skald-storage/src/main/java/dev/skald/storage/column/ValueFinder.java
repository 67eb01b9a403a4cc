package dev.skald.storage.column;

import dev.skald.grep.LiteralFinder;
import dev.skald.model.Needle;
import dev.skald.model.Needle.LetterCase;
import dev.skald.model.Needle.Place;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.util.Arrays;
import java.util.BitSet;

/** A needle made ready for one column. For one thread. */
final class ValueFinder {
  /** Bytes of values that are searched at once, if they have to be written out first. */
  private static final int STRETCH_BYTES = 1 << 15;

  private static final int STRETCH_VALUES = 1 << 12;

  private final Needle needle;
  private final byte[] bytes;
  private final LiteralFinder finder;

  ValueFinder(Needle needle) {
    this.needle = needle;
    this.bytes = needle.bytes();
    this.finder = new LiteralFinder(bytes);
  }

  /** Whether values of this stamp may hold the needle. */
  static boolean mayHold(Stamp stamp, Needle needle) {
    byte[] bytes = needle.bytes();
    boolean folded = needle.letterCase() == LetterCase.FOLDED;
    if (bytes.length > stamp.lengthMax()
        || (needle.how() == Place.WHOLE && bytes.length < stamp.lengthMin())) {
      return false;
    }
    for (byte b : bytes) {
      boolean may = stamp.mayHold(b) || (folded && isLower(b) && stamp.mayHold((byte) (b - 32)));
      if (!may) {
        return false;
      }
    }
    return true;
  }

  static boolean isLower(byte b) {
    return b >= 'a' && b <= 'z';
  }

  static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
  }

  /** Whether the value {@code source[start .. end)} holds the needle. */
  boolean matches(byte[] source, int start, int end) {
    int spare = end - start - bytes.length;
    if (spare < 0) {
      return false;
    }
    return switch (needle.how()) {
      case AT_START -> equalAt(source, start);
      case AT_END -> equalAt(source, end - bytes.length);
      case WHOLE -> spare == 0 && equalAt(source, start);
      case ANYWHERE -> {
        if (needle.letterCase() == LetterCase.EXACT) {
          yield finder.find(source, start, end) >= 0;
        }
        for (int at = start; at <= start + spare; at++) {
          if (equalAt(source, at)) {
            yield true;
          }
        }
        yield false;
      }
    };
  }

  private boolean equalAt(byte[] source, int at) {
    if (needle.letterCase() == LetterCase.EXACT) {
      return Arrays.equals(source, at, at + bytes.length, bytes, 0, bytes.length);
    }
    for (int i = 0; i < bytes.length; i++) {
      if (lower(source[at + i]) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Looks through values that stand end to end: value {@code i} is {@code source[offsets[i] .. offsets[i + 1])}, and
   * its position is {@code first + i}.
   */
  void find(byte[] source, int[] offsets, int count, int first, BitSet found) {
    if (needle.how() != Place.ANYWHERE || bytes.length == 0) {
      for (int i = 0; i < count; i++) {
        if (matches(source, offsets[i], offsets[i + 1])) {
          found.set(first + i);
        }
      }
    } else if (needle.letterCase() == LetterCase.EXACT) {
      findEndToEnd(source, offsets, 0, count, 0, first, found);
    } else {
      findFolded(source, offsets, count, first, found);
    }
  }

  /** Values {@code from} to {@code to}; {@code source} lacks the first {@code shift} bytes that offsets count. */
  private void findEndToEnd(
      byte[] source, int[] offsets, int from, int to, int shift, int first, BitSet found) {
    int end = offsets[to] - shift;
    int value = from;
    int at = offsets[from] - shift;
    while (true) {
      int hit = finder.find(source, at, end);
      if (hit < 0) {
        return;
      }
      value = holder(offsets, value, to, hit + shift);
      if (hit + bytes.length <= offsets[value + 1] - shift) {
        found.set(first + value);
        at = offsets[value + 1] - shift;
      } else {
        at = hit + 1;
      }
    }
  }

  /** The last value that begins at or before {@code at}, at or after {@code from}. */
  private static int holder(int[] offsets, int from, int to, int at) {
    int step = 1;
    int low = from;
    while (low + step < to && offsets[low + step] <= at) {
      low += step;
      step <<= 1;
    }
    int high = Math.min(to, low + step); // offsets[high] > at, or high == to
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (offsets[middle] <= at) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void findFolded(byte[] source, int[] offsets, int count, int first, BitSet found) {
    byte[] folded = new byte[0];
    for (int from = 0; from < count; ) {
      int to = from + 1;
      while (to < count && offsets[to + 1] - offsets[from] <= STRETCH_BYTES) {
        to++;
      }
      int length = offsets[to] - offsets[from];
      if (folded.length < length) {
        folded = new byte[Math.max(length, Math.min(STRETCH_BYTES, source.length))];
      }
      foldTo(source, offsets[from], length, folded);
      findEndToEnd(folded, offsets, from, to, offsets[from], first, found);
      from = to;
    }
  }

  private static void foldTo(byte[] source, int start, int length, byte[] target) {
    for (int i = 0; i < length; i++) {
      byte b = source[start + i];
      target[i] = (byte) (b + ((b - 'A' & 0xff) < 26 ? 32 : 0));
    }
  }

  /** Writes the column's values out, a stretch at a time, and looks through them. */
  void findRendered(SlotColumn column, BitSet found) {
    int count = column.count();
    int[] offsets = new int[Math.min(count, STRETCH_VALUES) + 1];
    byte[] stretch = new byte[STRETCH_BYTES];
    for (int from = 0; from < count; ) {
      int values = 0;
      int at = 0;
      while (from + values < count && values < STRETCH_VALUES && at < STRETCH_BYTES) {
        int length = column.length(from + values);
        if (at + length > stretch.length) {
          if (values > 0) {
            break;
          }
          stretch = new byte[length];
        }
        at = column.copy(from + values, stretch, at);
        offsets[++values] = at;
      }
      find(stretch, offsets, values, from, found);
      from += values;
    }
  }
}
