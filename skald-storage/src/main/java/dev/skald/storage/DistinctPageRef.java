package dev.skald.storage;

import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.PageRefView;
import dev.skald.model.PageRows;
import java.util.Arrays;

/** A page without its rows that an older page holds too. */
record DistinctPageRef(PageRef ref, Duplicates duplicates) implements PageRefView {
  /** Knows or finds them. */
  @FunctionalInterface
  interface Duplicates {
    /** Row numbers, ascending; none of them is to be served. */
    int[] of(Page page);
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
