package dev.skald.storage.head;

/**
 * Limits of the head.
 *
 * @param generationBytesTarget a generation that holds this much memory is flushed
 * @param bytesMax memory of all generations and of appends on their way; beyond it appends wait
 * @param appendWaitNanosMax how long an append waits for memory before it is refused
 * @param ageNanosMax a generation is flushed when its first entry has been in it this long
 * @param idleNanosMax a generation is flushed when nothing was appended for this long
 */
public record HeadConfig(
    long generationBytesTarget,
    long bytesMax,
    long appendWaitNanosMax,
    long ageNanosMax,
    long idleNanosMax) {
  private static final long MINUTE = 60_000_000_000L;

  public static final HeadConfig DEFAULT =
      new HeadConfig(48 << 20, 112 << 20, 10_000_000_000L, 120 * MINUTE, 30 * MINUTE);

  public HeadConfig {
    if (generationBytesTarget <= 0 || bytesMax < generationBytesTarget) {
      throw new IllegalArgumentException(
          "head of " + bytesMax + " bytes for generations of " + generationBytesTarget);
    }
    if (appendWaitNanosMax < 0 || ageNanosMax <= 0 || idleNanosMax <= 0) {
      throw new IllegalArgumentException("times must be positive");
    }
  }

  public HeadConfig withBytes(long generationTarget, long max) {
    return new HeadConfig(generationTarget, max, appendWaitNanosMax, ageNanosMax, idleNanosMax);
  }

  public HeadConfig withAppendWaitNanosMax(long nanos) {
    return new HeadConfig(generationBytesTarget, bytesMax, nanos, ageNanosMax, idleNanosMax);
  }
}
