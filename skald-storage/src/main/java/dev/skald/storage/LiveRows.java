package dev.skald.storage;

import dev.skald.model.EntryBatch;
import dev.skald.model.Selection;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Rows that became visible together.
 *
 * @param sequence ascending; see {@link LiveFeed}
 * @param batch shared with others, not to be changed
 * @param from first row, inclusive
 * @param to last row, exclusive
 * @param leftOut rows of the batch that were stored before already; null: none
 */
public record LiveRows(
    long sequence, EntryBatch batch, int from, int to, @Nullable BitSet leftOut) {
  /** Bytes that the batch holds, about. */
  public long bytes() {
    return batch.lines().bytes().length + batch.metadataBytes();
  }

  /** The rows that were stored. */
  public Selection stored() {
    int[] rows = new int[to - from];
    int count = 0;
    for (int row = from; row < to; row++) {
      if (leftOut == null || !leftOut.get(row)) {
        rows[count++] = row;
      }
    }
    return Selection.taking(rows, count);
  }
}
