package dev.skald.storage.segment;

import dev.skald.clock.EpochClock;
import dev.skald.random.Randomness;
import dev.skald.storage.object.ObjectName;

/**
 * Which segment: 64 bits, unique in a store, never used again. Later ones usually are larger;
 * nothing relies on it.
 */
public record SegmentId(long value) implements Comparable<SegmentId> {
  /** Folder of the object store in which segments lie. */
  public static final String FOLDER = "segment";

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /**
   * A new one: the time in seconds, then 32 random bits. The object store refuses a name that is
   * taken.
   */
  public static SegmentId fresh(EpochClock clock, Randomness randomness) {
    long seconds = Math.floorDiv(clock.nowEpochNanos(), NANOS_PER_SECOND);
    return new SegmentId((seconds << 32) | (randomness.nextLong() >>> 32));
  }

  /** When it was made by the clock of then, in seconds since the epoch; for heuristics only. */
  public long epochSeconds() {
    return value >>> 32;
  }

  /** {@code segment/} and sixteen hexadecimal digits. */
  public ObjectName objectName() {
    return new ObjectName(FOLDER, toString());
  }

  @Override
  public int compareTo(SegmentId other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** Sixteen hexadecimal digits. */
  @Override
  public String toString() {
    return String.format("%016x", value);
  }
}
