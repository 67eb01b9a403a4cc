package dev.skald.storage;

import dev.skald.storage.compact.CompactionLimits;
import dev.skald.storage.retention.RetentionConfig;

/**
 * How the store is kept in order, in the background.
 *
 * @param intervalNanos time from one round to the next; 0: only when asked
 * @param cpuShare the part of one core that a round may take, above 0 and at most 1
 * @param mergeCountMin so many neighbouring segments of one size class are merged
 * @param mergeCountMax at most so many at once
 * @param segmentBytesMax segments are not merged into larger ones
 * @param memoryBytesMax pages in memory while merging, estimated
 * @param restAfterNanos a day that was not written to for this long is at rest: what it has is merged, be it only two segments
 * @param coldAfterNanos a day that ended this long ago and was not written to for as long is
 *     compressed harder
 * @param retention when what is to go goes
 */
public record UpkeepConfig(
    long intervalNanos,
    double cpuShare,
    int mergeCountMin,
    int mergeCountMax,
    long segmentBytesMax,
    long memoryBytesMax,
    long restAfterNanos,
    long coldAfterNanos,
    RetentionConfig retention) {
  private static final long MINUTE_NANOS = 60_000_000_000L;

  public static final UpkeepConfig DEFAULT =
      new UpkeepConfig(
          10 * MINUTE_NANOS,
          0.5,
          4,
          16,
          256 << 20,
          48 << 20,
          15 * MINUTE_NANOS,
          12 * 60 * MINUTE_NANOS,
          RetentionConfig.DEFAULT);

  public UpkeepConfig {
    if (intervalNanos < 0 || !(cpuShare > 0 && cpuShare <= 1)) {
      throw new IllegalArgumentException(
          "upkeep each " + intervalNanos + " ns with " + cpuShare + " of a core");
    }
    new CompactionLimits(
        mergeCountMin,
        mergeCountMax,
        segmentBytesMax,
        memoryBytesMax,
        1,
        restAfterNanos,
        coldAfterNanos);
  }

  CompactionLimits compaction(int pageLineBytesTarget) {
    return new CompactionLimits(
        mergeCountMin,
        mergeCountMax,
        segmentBytesMax,
        memoryBytesMax,
        pageLineBytesTarget,
        restAfterNanos,
        coldAfterNanos);
  }

  public UpkeepConfig withRetention(RetentionConfig other) {
    return new UpkeepConfig(
        intervalNanos,
        cpuShare,
        mergeCountMin,
        mergeCountMax,
        segmentBytesMax,
        memoryBytesMax,
        restAfterNanos,
        coldAfterNanos,
        other);
  }
}
