package dev.skald.storage;

import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import java.util.Arrays;

/** A page without its rows that an older page holds too. */
record DistinctPageRef(PageRef ref, Duplicates duplicates) implements PageRef {
  /** Knows or finds them. */
  @FunctionalInterface
  interface Duplicates {
    /** Row numbers, ascending; none of them is to be served. */
    int[] of(Page page);
  }

  @Override
  public long minEpochNanos() {
    return ref.minEpochNanos();
  }

  @Override
  public long maxEpochNanos() {
    return ref.maxEpochNanos();
  }

  @Override
  public int rowCount() {
    return ref.rowCount();
  }

  @Override
  public long lineBytes() {
    return ref.lineBytes();
  }

  @Override
  public long order() {
    return ref.order();
  }

  @Override
  public PageRows read() {
    PageRows rows = ref.read();
    int[] left = rows.rows().isEmpty() ? new int[0] : duplicates.of(rows.page());
    if (left.length > 0) {
      rows.rows().keep(row -> Arrays.binarySearch(left, row) < 0);
    }
    return rows;
  }
}
