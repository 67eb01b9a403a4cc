package dev.skald.storage.shape;

import dev.skald.model.Shape.SlotKind;
import java.util.Arrays;

/**
 * Where the slots of one line stand: ascending, apart from each other. What is between them is the
 * text of its shape. Reused from line to line.
 */
final class SplitLine {
  /** A line with more slots is kept whole. */
  static final int SLOTS_MAX = 512;

  final int[] starts = new int[SLOTS_MAX];
  final int[] ends = new int[SLOTS_MAX];
  final SlotKind[] kinds = new SlotKind[SLOTS_MAX];

  /** Per slot a hash of what names its column; of text its form, see {@link TextSplitter}. */
  final long[] names = new long[SLOTS_MAX];

  int count;

  void clear() {
    count = 0;
  }

  boolean isFull() {
    return count == SLOTS_MAX;
  }

  void add(SlotKind kind, int start, int end, long name) {
    starts[count] = start;
    ends[count] = end;
    kinds[count] = kind;
    names[count++] = name;
  }

  SlotKind kind(int slot) {
    return kinds[slot];
  }

  /** Of all slots, which are of text. */
  int[] forms() {
    int[] forms = new int[count];
    for (int i = 0; i < count; i++) {
      forms[i] = (int) names[i];
    }
    return forms;
  }

  /** One slot, the whole line. */
  void setWhole(int start, int end) {
    clear();
    add(SlotKind.TEXT, start, end, 0);
  }

  @Override
  public String toString() {
    return Arrays.toString(Arrays.copyOf(starts, count))
        + Arrays.toString(Arrays.copyOf(ends, count));
  }
}
