package dev.skald.storage.column;

import dev.skald.model.Needle;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.util.Arrays;
import java.util.BitSet;

/** A column some of whose values are those of another one. */
final class PatchedColumn extends UndividedColumn {
  private final SlotColumn regular;
  private final int[] positions;
  private final SlotColumn odd;
  private final BitSet isOdd = new BitSet();

  /**
   * @param positions ascending; below the column's count
   */
  PatchedColumn(SlotColumn regular, int[] positions, SlotColumn odd, Stamp stamp) {
    super(regular.count(), stamp);
    this.regular = regular;
    this.positions = positions;
    this.odd = odd;
    for (int position : positions) {
      isOdd.set(position);
    }
  }

  @Override
  public int length(int position) {
    return isOdd.get(position)
        ? odd.length(Arrays.binarySearch(positions, position))
        : regular.length(position);
  }

  @Override
  public int copy(int position, byte[] target, int at) {
    return isOdd.get(position)
        ? odd.copy(Arrays.binarySearch(positions, position), target, at)
        : regular.copy(position, target, at);
  }

  @Override
  void findPossible(Needle needle, BitSet found) {
    BitSet ofRegular = new BitSet();
    regular.find(needle, ofRegular);
    ofRegular.andNot(isOdd);
    found.or(ofRegular);
    BitSet ofOdd = new BitSet();
    odd.find(needle, ofOdd);
    for (int i = ofOdd.nextSetBit(0); i >= 0; i = ofOdd.nextSetBit(i + 1)) {
      found.set(positions[i]);
    }
  }
}
