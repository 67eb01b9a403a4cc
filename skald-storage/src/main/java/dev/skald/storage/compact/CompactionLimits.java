package dev.skald.storage.compact;

/**
 * What merges and how large it becomes.
 *
 * @param mergeCountMin so many neighbours of one level are merged
 * @param mergeCountMax at most so many at once
 * @param segmentBytesMax a merge is not begun if its segments take more than this together
 * @param memoryBytesMax pages in memory while merging, estimated: fewer are merged at once beyond it
 * @param pageLineBytesTarget lines of a page, to estimate by
 * @param restAfterNanos a day is at rest when its newest segment is this old
 * @param coldAfterNanos a day is cold when it ended this long ago and its newest segment is this old
 */
public record CompactionLimits(
    int mergeCountMin,
    int mergeCountMax,
    long segmentBytesMax,
    long memoryBytesMax,
    int pageLineBytesTarget,
    long restAfterNanos,
    long coldAfterNanos) {
  public CompactionLimits {
    if (mergeCountMin < 2 || mergeCountMax < mergeCountMin) {
      throw new IllegalArgumentException(
          "merges of " + mergeCountMin + " to " + mergeCountMax + " segments");
    }
    if (segmentBytesMax < 1 || memoryBytesMax < 1 || coldAfterNanos < 0 || restAfterNanos < 0) {
      throw new IllegalArgumentException(
          "segments of %d bytes, memory of %d, at rest after %d, cold after %d"
              .formatted(segmentBytesMax, memoryBytesMax, restAfterNanos, coldAfterNanos));
    }
  }
}
