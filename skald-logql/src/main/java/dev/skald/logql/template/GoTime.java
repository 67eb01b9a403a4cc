package dev.skald.logql.template;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Go's time.Time without its monotonic part.
 *
 * @param nanos of the second, 0 to 999999999
 */
record GoTime(long epochSeconds, int nanos, GoZone zone) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** January 1 of the year 1, UTC: what Go has where there is no time. */
  static final GoTime ZERO = new GoTime(-62_135_596_800L, 0, GoZone.Fixed.UTC);

  static GoTime ofEpochNanos(long epochNanos, GoZone zone) {
    return new GoTime(
        Math.floorDiv(epochNanos, NANOS_PER_SECOND),
        (int) Math.floorMod(epochNanos, NANOS_PER_SECOND),
        zone);
  }

  static GoTime ofEpochSeconds(long epochSeconds, GoZone zone) {
    return new GoTime(epochSeconds, 0, zone);
  }

  /** Wraps around outside of the years 1678 to 2262, as in Go. */
  long epochNanos() {
    return epochSeconds * NANOS_PER_SECOND + nanos;
  }

  long epochMicros() {
    return epochSeconds * 1_000_000L + nanos / 1_000;
  }

  long epochMillis() {
    return epochSeconds * 1_000L + nanos / 1_000_000;
  }

  GoTime in(GoZone other) {
    return new GoTime(epochSeconds, nanos, other);
  }

  GoTime plusNanos(long durationNanos) {
    long sum = nanos + Math.floorMod(durationNanos, NANOS_PER_SECOND);
    long seconds = Math.floorDiv(durationNanos, NANOS_PER_SECOND) + sum / NANOS_PER_SECOND;
    return new GoTime(epochSeconds + seconds, (int) (sum % NANOS_PER_SECOND), zone);
  }

  int offsetSeconds() {
    return zone.offsetSecondsAt(epochSeconds);
  }

  /** Date and time of day in the zone. */
  LocalDateTime local() {
    long seconds = epochSeconds + offsetSeconds();
    long clamped =
        Math.clamp(
            seconds,
            LocalDateTime.MIN.toEpochSecond(ZoneOffset.UTC),
            LocalDateTime.MAX.toEpochSecond(ZoneOffset.UTC));
    return LocalDateTime.ofEpochSecond(clamped, nanos, ZoneOffset.UTC);
  }

  /** Go's {@code String}: {@code 2026-11-01 00:05:00.25 +0000 UTC}. */
  @Override
  public String toString() {
    return GoTimeFormat.format(this, "2006-01-02 15:04:05.999999999 -0700 MST");
  }
}
