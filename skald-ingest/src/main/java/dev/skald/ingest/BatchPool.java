package dev.skald.ingest;

import dev.skald.model.EntryBatch;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Batches that the store has done with, kept for the pushes to come: a push that waits for the disk
 * outlives the young generation, and large arrays that die old fill the heap until a full
 * collection. Safe for concurrent use.
 */
final class BatchPool {
  /** Larger batches are left to the collector. */
  private static final int LINE_BYTES_MAX = 4 << 20;

  private static final int ROWS_MAX = 1 << 16;

  private final ArrayBlockingQueue<EntryBatch> idle;

  BatchPool(int idleMax) {
    this.idle = new ArrayBlockingQueue<>(idleMax);
  }

  /** An empty batch, the caller's, with so much room before anything grows; at least one row. */
  EntryBatch lease(int rows, int lineBytes) {
    EntryBatch known = idle.poll();
    if (known == null) {
      return new EntryBatch(rows, lineBytes);
    }
    known.restart(rows, lineBytes);
    return known;
  }

  /** Nobody but whoever keeps it looks at it any more. */
  void giveBack(EntryBatch batch) {
    if (!batch.isKept()
        && batch.lineBytesMax() <= LINE_BYTES_MAX
        && batch.rowsMax() <= ROWS_MAX
        && batch.streamCount() <= ROWS_MAX
        && batch.metadataCount() <= ROWS_MAX) {
      idle.offer(batch);
    }
  }
}
