package dev.skald.storage.segment;

import dev.skald.error.SkaldException;

/**
 * Hears of damage, to count and report it. Called once per bad page of an open reader, by whoever
 * read it.
 */
@FunctionalInterface
public interface SegmentListener {
  /** Does nothing. */
  SegmentListener NONE = (id, page, damage) -> {};

  void pageCorrupt(SegmentId id, int page, SkaldException damage);
}
