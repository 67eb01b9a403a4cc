package dev.skald.model;

/**
 * Stretches of time that volumes are counted for: bucket {@code i} is {@code [first + i * step, first + (i + 1) *
 * step)}.
 *
 * @param firstEpochNanos where bucket 0 begins; no row that is counted is older
 * @param stepNanos positive
 */
public record VolumeGrid(long firstEpochNanos, long stepNanos) {
  /** One bucket for everything. */
  public static final VolumeGrid WHOLE = new VolumeGrid(Long.MIN_VALUE, Long.MAX_VALUE);

  /**
   * Buckets that begin at multiples of the step since the epoch.
   *
   * @param startEpochNanos lies in bucket 0
   */
  public static VolumeGrid aligned(long startEpochNanos, long stepNanos) {
    return new VolumeGrid(Math.floorDiv(startEpochNanos, stepNanos) * stepNanos, stepNanos);
  }

  /** The bucket that a time lies in. */
  public int bucket(long epochNanos) {
    return stepNanos == Long.MAX_VALUE ? 0 : (int) ((epochNanos - firstEpochNanos) / stepNanos);
  }
}
