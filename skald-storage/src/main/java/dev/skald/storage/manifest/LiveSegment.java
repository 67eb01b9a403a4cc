package dev.skald.storage.manifest;

import dev.skald.storage.segment.SegmentReader;
import dev.skald.storage.segment.SegmentSummary;

/**
 * A segment that is part of the store.
 *
 * @param level how often its rows were merged: 0 as flushed; see {@link
 *     dev.skald.storage.compact.MergePlan}
 * @param order its place in order of arrival, see {@link dev.skald.model.PageRef#order}: of two
 *     segments that hold the same stream and timestamp, the rows of the one with the smaller order
 *     came first
 */
public record LiveSegment(SegmentSummary summary, int level, long order) {
  /** Distance between two segments' orders: room for a number per page. */
  public static final long ORDER_STEP = SegmentReader.PAGES_MAX;

  public LiveSegment {
    if (level < 0 || order < 0) {
      throw new IllegalArgumentException("level " + level + " order " + order);
    }
  }
}
