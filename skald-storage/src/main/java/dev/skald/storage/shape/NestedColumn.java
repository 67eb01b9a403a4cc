package dev.skald.storage.shape;

import dev.skald.model.Needle;
import dev.skald.model.Selection;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Values that are kept as a page of lines is. */
final class NestedColumn implements SlotColumn {
  private final ShapedPage page;
  private final Stamp stamp;
  private final int count;

  NestedColumn(ShapedPage page, Stamp stamp, int count) {
    this.page = page;
    this.stamp = stamp;
    this.count = count;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public Stamp stamp() {
    return stamp;
  }

  @Override
  public int length(int position) {
    return page.lineLength(position);
  }

  @Override
  public int copy(int position, byte[] target, int at) {
    return page.copyLine(position, target, at);
  }

  @Override
  public int distinctCount() {
    return 0;
  }

  @Override
  public byte[] distinct(int ordinal) {
    throw new IllegalStateException("no dictionary");
  }

  @Override
  public int[] ordinals() {
    throw new IllegalStateException("no dictionary");
  }

  @Override
  public double @Nullable [] numbers() {
    return null;
  }

  @Override
  public void find(Needle needle, BitSet positions) {
    new ShapeSearch(page, needle).find(Selection.all(count), positions);
  }
}
