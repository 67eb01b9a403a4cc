package dev.skald.storage.column;

import dev.skald.model.Needle;
import dev.skald.model.Needle.LetterCase;
import dev.skald.model.Needle.Place;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.util.Arrays;
import java.util.BitSet;

/** A column with the same bytes before and after each value. */
final class AffixColumn extends UndividedColumn {
  private final byte[] prefix;
  private final byte[] suffix;
  private final SlotColumn inner;

  AffixColumn(byte[] prefix, byte[] suffix, SlotColumn inner, Stamp stamp) {
    super(inner.count(), stamp);
    this.prefix = prefix;
    this.suffix = suffix;
    this.inner = inner;
  }

  @Override
  public int length(int position) {
    return prefix.length + inner.length(position) + suffix.length;
  }

  @Override
  public int copy(int position, byte[] target, int at) {
    System.arraycopy(prefix, 0, target, at, prefix.length);
    int end = inner.copy(position, target, at + prefix.length);
    System.arraycopy(suffix, 0, target, end, suffix.length);
    return end + suffix.length;
  }

  /*
   * The needle lies in the prefix or in the suffix, and then in every value; or else what of it lies between them is
   * asked of the inner column: all of it, or what is left when the prefix has its first bytes or the suffix its last.
   */
  @Override
  void findPossible(Needle needle, BitSet positions) {
    byte[] bytes = needle.bytes();
    boolean atStart = needle.how() == Place.AT_START || needle.how() == Place.WHOLE;
    boolean atEnd = needle.how() == Place.AT_END || needle.how() == Place.WHOLE;
    if (inAffix(needle)) {
      positions.set(0, count());
      return;
    }
    int headMin = atStart ? prefix.length : 0;
    int tailMin = atEnd ? suffix.length : 0;
    for (int head = headMin; head <= Math.min(prefix.length, bytes.length); head++) {
      if (!equal(needle, 0, prefix, prefix.length - head, head)) {
        continue;
      }
      int rest = bytes.length - head;
      for (int tail = tailMin; tail <= Math.min(suffix.length, rest); tail++) {
        if (equal(needle, bytes.length - tail, suffix, 0, tail)) {
          findInner(needle, head, tail, atStart || head > 0, atEnd || tail > 0, positions);
        }
      }
    }
  }

  private boolean inAffix(Needle needle) {
    ValueFinder finder = new ValueFinder(needle);
    int length = needle.bytes().length;
    return switch (needle.how()) {
      case ANYWHERE ->
          finder.matches(prefix, 0, prefix.length) || finder.matches(suffix, 0, suffix.length);
      case AT_START -> length <= prefix.length && finder.matches(prefix, 0, prefix.length);
      case AT_END -> length <= suffix.length && finder.matches(suffix, 0, suffix.length);
      case WHOLE -> false;
    };
  }

  private void findInner(
      Needle needle, int head, int tail, boolean atStart, boolean atEnd, BitSet positions) {
    byte[] part = Arrays.copyOfRange(needle.bytes(), head, needle.bytes().length - tail);
    Place place =
        atStart ? (atEnd ? Place.WHOLE : Place.AT_START) : atEnd ? Place.AT_END : Place.ANYWHERE;
    inner.find(new Needle(place, needle.letterCase(), part), positions);
  }

  private static boolean equal(Needle needle, int from, byte[] affix, int at, int length) {
    byte[] bytes = needle.bytes();
    for (int i = 0; i < length; i++) {
      byte b = affix[at + i];
      byte same = needle.letterCase() == LetterCase.FOLDED ? ValueFinder.lower(b) : b;
      if (same != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }
}
