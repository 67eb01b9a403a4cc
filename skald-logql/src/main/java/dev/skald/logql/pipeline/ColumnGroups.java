package dev.skald.logql.pipeline;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Groups of rows by the ordinals of their values in columns that are kept as dictionaries. */
final class ColumnGroups {
  /** The row is the first of its group. */
  static final int NEW = -1;

  /** Of rows that are not grouped. */
  static final ColumnGroups NONE =
      new ColumnGroups(new LabelColumn[0], new int[0][], new int[0][], new int[0], false);

  /** Combinations of values. */
  private static final int COMBINATIONS_MAX = 1 << 16;

  private final LabelColumn[] columns;

  /** Per column and row, where the row's value is in the column. */
  private final int[][] positions;

  /** Per column and position. */
  private final int[][] ordinals;

  private final int[] groupsPlusOne;
  private final boolean isShared;

  private ColumnGroups(
      LabelColumn[] columns,
      int[][] positions,
      int[][] ordinals,
      int[] groupsPlusOne,
      boolean isShared) {
    this.columns = columns;
    this.positions = positions;
    this.ordinals = ordinals;
    this.groupsPlusOne = groupsPlusOne;
    this.isShared = isShared;
  }

  /**
   * Groups without rows.
   *
   * @param positions per column and row
   * @param isShared whether rows of other kinds with the same values are of the same group
   * @return null where a column is no dictionary, or combinations are too many
   */
  static @Nullable ColumnGroups of(LabelColumn[] columns, int[][] positions, boolean isShared) {
    int[][] ordinals = new int[columns.length][];
    long combinations = 1;
    for (int i = 0; i < columns.length; i++) {
      int distinct = columns[i].distinctCount();
      combinations *= distinct;
      if (distinct == 0 || combinations > COMBINATIONS_MAX) {
        return null;
      }
      ordinals[i] = columns[i].ordinals();
    }
    return new ColumnGroups(columns, positions, ordinals, new int[(int) combinations], isShared);
  }

  /** One of these that has the same columns, or this, which is one of them from now on. */
  ColumnGroups likeOneOf(List<ColumnGroups> known) {
    for (ColumnGroups one : known) {
      if (isShared && one.isShared && Arrays.equals(one.columns, columns)) {
        return one;
      }
    }
    known.add(this);
    return this;
  }

  /** How many groups there can be. */
  int size() {
    return groupsPlusOne.length;
  }

  int group(int row) {
    return groupsPlusOne[combination(row)] - 1;
  }

  void setGroup(int row, int group) {
    groupsPlusOne[combination(row)] = group + 1;
  }

  private int combination(int row) {
    int combination = 0;
    for (int i = 0; i < columns.length; i++) {
      combination = combination * columns[i].distinctCount() + ordinals[i][positions[i][row]];
    }
    return combination;
  }
}
