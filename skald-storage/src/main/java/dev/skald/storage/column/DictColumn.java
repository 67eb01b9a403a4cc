package dev.skald.storage.column;

import dev.skald.model.Needle;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A table of distinct values and ordinals. */
final class DictColumn implements SlotColumn {
  private final SlotColumn table;
  private final int[] ordinals;
  private final byte[] @Nullable [] distinct;
  private double @Nullable [] numbers;

  /**
   * @param ordinals below the table's count
   */
  DictColumn(SlotColumn table, int[] ordinals) {
    this.table = table;
    this.ordinals = ordinals;
    this.distinct = new byte[table.count()][];
  }

  @Override
  public int count() {
    return ordinals.length;
  }

  @Override
  public Stamp stamp() {
    return table.stamp();
  }

  @Override
  public int length(int position) {
    return table.length(ordinals[position]);
  }

  @Override
  public int copy(int position, byte[] target, int at) {
    byte[] value = distinct(ordinals[position]);
    System.arraycopy(value, 0, target, at, value.length);
    return at + value.length;
  }

  @Override
  public int distinctCount() {
    return table.count();
  }

  @Override
  public byte[] distinct(int ordinal) {
    byte[] value = distinct[ordinal];
    if (value == null) {
      value = new byte[table.length(ordinal)];
      table.copy(ordinal, value, 0);
      distinct[ordinal] = value;
    }
    return value;
  }

  @Override
  public int[] ordinals() {
    return ordinals;
  }

  @Override
  public double @Nullable [] numbers() {
    if (numbers == null) {
      double[] ofTable = table.numbers();
      if (ofTable != null) {
        numbers = new double[ordinals.length];
        for (int i = 0; i < ordinals.length; i++) {
          numbers[i] = ofTable[ordinals[i]];
        }
      }
    }
    return numbers;
  }

  @Override
  public void find(Needle needle, BitSet positions) {
    BitSet found = new BitSet(table.count());
    table.find(needle, found);
    int matching = found.cardinality();
    if (matching == table.count()) {
      positions.set(0, ordinals.length);
    } else if (matching > 0) {
      for (int i = 0; i < ordinals.length; i++) {
        if (found.get(ordinals[i])) {
          positions.set(i);
        }
      }
    }
  }
}
