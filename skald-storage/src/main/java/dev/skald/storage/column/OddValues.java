package dev.skald.storage.column;

import java.util.Arrays;

/**
 * Parts the few values that are odd ({@code null} among numbers, a dash among ids) from the others. Keeps its memory; for
 * one thread.
 */
final class OddValues {
  /** Fewer values are not worth two columns. */
  private static final int VALUES_MIN = 64;

  /** At most one in so many is odd. */
  private static final int ODD_SHARE = 6;

  private static final int SAMPLE_MAX = 64;
  private static final int INTEGER = -1;

  /** Less one for each digit after the point. */
  private static final int DECIMAL = -2;

  /** All values; where one is odd, the one that is not and stands before it. */
  final ValueSlices regular = new ValueSlices();

  final ValueSlices odd = new ValueSlices();
  private int[] positions = new int[64];

  /** Where an odd value stands. */
  int position(int index) {
    return positions[index];
  }

  /** Whether there are odd values, and not too many; they are parted then. */
  boolean part(ValueSlices values) {
    if (values.count < VALUES_MIN) {
      return false;
    }
    int form = frequentForm(values);
    int oddMax = values.count / ODD_SHARE;
    regular.reset(values.bytes);
    odd.reset(values.bytes);
    int last = firstOf(values, form, oddMax);
    if (last < 0) {
      return false;
    }
    for (int i = 0; i < values.count; i++) {
      if (form(values, i) == form) {
        last = i;
      } else {
        if (odd.count == oddMax) {
          return false;
        }
        if (odd.count == positions.length) {
          positions = Arrays.copyOf(positions, odd.count * 2);
        }
        positions[odd.count] = i;
        odd.add(values.starts[i], values.ends[i]);
      }
      regular.add(values.starts[last], values.ends[last]);
    }
    return odd.count > 0;
  }

  private static int firstOf(ValueSlices values, int form, int oddMax) {
    for (int i = 0; i <= oddMax; i++) {
      if (form(values, i) == form) {
        return i;
      }
    }
    return -1;
  }

  /** The form of most values of a sample, if most have one: Boyer and Moore's vote. */
  private static int frequentForm(ValueSlices values) {
    int form = 0;
    int votes = 0;
    for (int i = 0; i < SAMPLE_MAX; i++) {
      int next = form(values, (int) ((long) i * values.count / SAMPLE_MAX));
      if (votes == 0) {
        form = next;
      }
      votes += next == form ? 1 : -1;
    }
    return form;
  }

  /** What makes a value like others: that it is an integer or a decimal of some digits, or else its length. */
  private static int form(ValueSlices values, int index) {
    byte[] bytes = values.bytes;
    int start = values.starts[index];
    int end = values.ends[index];
    if (DecimalText.parse(bytes, start, end) != DecimalText.NOT_PLAIN) {
      return INTEGER;
    }
    int from = Math.max(start, end - DecimalText.DIGITS_MAX - 1);
    for (int point = end - 2; point > from; point--) {
      if (bytes[point] == '.') {
        int scale = end - point - 1;
        boolean plain = DecimalColumn.parse(bytes, start, end, scale) != DecimalText.NOT_PLAIN;
        return plain ? DECIMAL - scale : end - start;
      }
      if (!DigitsHead.isDigit(bytes[point])) {
        break;
      }
    }
    return end - start;
  }
}
