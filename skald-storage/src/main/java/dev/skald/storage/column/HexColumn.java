package dev.skald.storage.column;

import dev.skald.model.Needle;
import dev.skald.model.Stamp;
import java.util.BitSet;

/** Values of a {@link HexLayout} in packed digits. */
final class HexColumn extends UndividedColumn {
  private final HexLayout layout;
  private final PackedDigits packed;

  HexColumn(int count, HexLayout layout, Stamp stamp, PackedDigits packed) {
    super(count, stamp);
    this.layout = layout;
    this.packed = packed;
  }

  @Override
  public int length(int position) {
    return layout.length();
  }

  @Override
  public int copy(int position, byte[] target, int at) {
    long digit = (long) position * layout.digits;
    int end = at + layout.length();
    int words = layout.words();
    for (int word = 0; word < words; word++) {
      int digits = layout.digits(word);
      long bits = packed.word((int) (digit >>> 1)) << ((digit & 1) * 4);
      long nibbles = digits == 0 ? 0 : bits >>> (Long.SIZE - digits * 4);
      Words.putBig(target, at + word * Long.BYTES, end, layout.expand(nibbles, word));
      digit += digits;
    }
    return end;
  }

  @Override
  void findPossible(Needle needle, BitSet positions) {
    if (!new HexSearch(layout, packed, count(), positions).find(needle)) {
      super.findPossible(needle, positions);
    }
  }
}
