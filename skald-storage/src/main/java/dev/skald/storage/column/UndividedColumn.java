package dev.skald.storage.column;

import dev.skald.model.Needle;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A column without a dictionary; what is slow but right for each of them. */
abstract class UndividedColumn implements SlotColumn {
  private final int count;
  private final Stamp stamp;
  private boolean numbersKnown;
  private double @Nullable [] numbers;

  UndividedColumn(int count, Stamp stamp) {
    this.count = count;
    this.stamp = stamp;
  }

  @Override
  public final int count() {
    return count;
  }

  @Override
  public final Stamp stamp() {
    return stamp;
  }

  @Override
  public final int distinctCount() {
    return 0;
  }

  @Override
  public final byte[] distinct(int ordinal) {
    throw new IllegalStateException("no dictionary");
  }

  @Override
  public final int[] ordinals() {
    throw new IllegalStateException("no dictionary");
  }

  @Override
  public final double @Nullable [] numbers() {
    if (!numbersKnown) {
      numbers = readNumbers();
      numbersKnown = true;
    }
    return numbers;
  }

  /** Called once. */
  double @Nullable [] readNumbers() {
    return PlainNumbers.of(this);
  }

  @Override
  public final void find(Needle needle, BitSet positions) {
    if (!ValueFinder.mayHold(stamp, needle)) {
      return;
    }
    if (needle.bytes().length == 0 && needle.how() != Needle.Place.WHOLE) {
      positions.set(0, count);
    } else {
      findPossible(needle, positions);
    }
  }

  /** As {@link #find}, for a needle that the stamp does not rule out and that does not match all values. */
  void findPossible(Needle needle, BitSet positions) {
    new ValueFinder(needle).findRendered(this, positions);
  }
}
