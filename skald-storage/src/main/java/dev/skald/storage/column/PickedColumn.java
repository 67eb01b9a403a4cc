package dev.skald.storage.column;

import dev.skald.model.SlotColumn;

/** Some values of a column. */
public final class PickedColumn extends UndividedColumn {
  private final SlotColumn all;
  private final int[] positions;

  /**
   * @param positions ascending; borrowed
   */
  public PickedColumn(SlotColumn all, int[] positions) {
    super(positions.length, all.stamp());
    this.all = all;
    this.positions = positions;
  }

  @Override
  public int length(int position) {
    return all.length(positions[position]);
  }

  @Override
  public int copy(int position, byte[] target, int at) {
    return all.copy(positions[position], target, at);
  }
}
