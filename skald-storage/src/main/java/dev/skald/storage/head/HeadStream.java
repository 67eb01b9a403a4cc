package dev.skald.storage.head;

import dev.skald.model.Labels;

/**
 * A stream that is written to; owned by the writer thread. Outlives generations as long as each has
 * rows of it.
 */
final class HeadStream {
  final Labels labels;

  /** The last generation that has rows of it; 0 before the first. */
  long generation;

  private boolean isNew;

  /** Newest row of that generation. */
  long maxEpochNanos = Long.MIN_VALUE;

  /** No row stored before that generation is newer. */
  long storedMaxEpochNanos;

  /** Its number in that generation. */
  int id;

  /** The page of that generation in which it has {@link #pageOrdinal}; -1 if there is none. */
  int page = -1;

  int pageOrdinal;

  HeadStream(Labels labels, long storedMaxEpochNanos) {
    this.labels = labels;
    this.storedMaxEpochNanos = storedMaxEpochNanos;
  }

  /** Whether it is in its first generation. */
  boolean isNew() {
    return isNew;
  }

  /** Begins a generation. */
  void enter(long newGeneration, int newId) {
    isNew = generation == 0;
    storedMaxEpochNanos = Math.max(storedMaxEpochNanos, maxEpochNanos);
    maxEpochNanos = Long.MIN_VALUE;
    generation = newGeneration;
    id = newId;
    page = -1;
  }
}
