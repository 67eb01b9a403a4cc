package dev.skald.storage.retention;

/**
 * When what is to go goes.
 *
 * @param deleteCancelNanos a delete request is processed this long after it was taken
 * @param expiryDelayNanos rows past their retention are removed when the clock has said so for this
 *     long of running time
 * @param segmentBytesMax the oldest segments, of any tenant, are dropped while all take more; 0: no
 *     limit
 * @param freeBytesMin with less free on the disk appends are refused; 0: never
 */
public record RetentionConfig(
    long deleteCancelNanos, long expiryDelayNanos, long segmentBytesMax, long freeBytesMin) {
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  public static final RetentionConfig DEFAULT =
      new RetentionConfig(24 * HOUR_NANOS, 2 * HOUR_NANOS, 0, 0);

  public RetentionConfig {
    if (deleteCancelNanos < 0 || expiryDelayNanos < 0 || segmentBytesMax < 0 || freeBytesMin < 0) {
      throw new IllegalArgumentException(
          "retention limits must not be negative: cancel %d, delay %d, segments %d, free %d"
              .formatted(deleteCancelNanos, expiryDelayNanos, segmentBytesMax, freeBytesMin));
    }
  }
}
