package dev.skald.storage.segment;

import dev.skald.clock.EpochClock;
import dev.skald.random.Randomness;
import dev.skald.storage.object.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Which segment: 64 bits, unique in a store, never used again. Later ones usually are larger;
 * nothing relies on it.
 */
public record SegmentId(long value) implements Comparable<SegmentId> {
  /** Folder of the object store in which segments lie. */
  public static final String FOLDER = "segment";

  private static final int HEX_DIGITS = 16;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /**
   * A new one: the time in seconds, then 32 random bits. The object store refuses a name that is
   * taken.
   */
  public static SegmentId fresh(EpochClock clock, Randomness randomness) {
    long seconds = Math.floorDiv(clock.nowEpochNanos(), NANOS_PER_SECOND);
    return new SegmentId((seconds << 32) | (randomness.nextLong() >>> 32));
  }

  /** The second, since 1970-01-01T00:00Z, in which {@link #fresh} made it, as the clock said. */
  public long epochSeconds() {
    return value >>> 32;
  }

  /** {@code segment/} and sixteen hexadecimal digits. */
  public ObjectName objectName() {
    return new ObjectName(FOLDER, toString());
  }

  /** The segment whose object has this name; null if it is no segment's. */
  public static @Nullable SegmentId ofName(ObjectName name) {
    String digits = name.name();
    if (!name.folder().equals(FOLDER) || digits.length() != HEX_DIGITS) {
      return null;
    }
    try {
      return new SegmentId(Long.parseUnsignedLong(digits, 16));
    } catch (NumberFormatException e) {
      return null;
    }
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
