package dev.skald.logql.template;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * A time zone as Go's time values carry it: a region with rules, or an offset with or without a
 * name.
 */
sealed interface GoZone {
  /** @param abbreviation may be empty: then the offset is printed in its place */
  record Fixed(String abbreviation, int offsetSeconds) implements GoZone {
    static final Fixed UTC = new Fixed("UTC", 0);
  }

  record Region(ZoneId id) implements GoZone {}

  static GoZone of(ZoneId id) {
    if (id.equals(ZoneOffset.UTC) || id.getId().equals("UTC") || id.getId().equals("Etc/UTC")) {
      return Fixed.UTC;
    }
    return id instanceof ZoneOffset offset
        ? new Fixed("", offset.getTotalSeconds())
        : new Region(id);
  }

  /**
   * A zone of the time zone database, or null if there is none of this name. The empty name is UTC.
   */
  static @Nullable GoZone named(String name, GoZone local) {
    if (name.isEmpty() || name.equals("UTC")) {
      return Fixed.UTC;
    }
    if (name.equals("Local")) {
      return local;
    }
    try {
      // Java also takes offsets for names, which the database does not have.
      ZoneId id = ZoneId.of(name);
      boolean invented = id instanceof ZoneOffset || name.indexOf(':') >= 0;
      return invented ? null : of(id);
    } catch (DateTimeException e) {
      return null; // no such zone: the answer is null
    }
  }

  default int offsetSecondsAt(long epochSeconds) {
    return switch (this) {
      case Fixed(String _, int offsetSeconds) -> offsetSeconds;
      case Region(ZoneId id) -> id.getRules().getOffset(instant(epochSeconds)).getTotalSeconds();
    };
  }

  /** As "CET"; empty if the zone has none. */
  default String abbreviationAt(long epochSeconds) {
    return switch (this) {
      case Fixed(String abbreviation, int _) -> abbreviation;
      case Region(ZoneId id) -> {
        boolean summer = id.getRules().isDaylightSavings(instant(epochSeconds));
        String name =
            TimeZone.getTimeZone(id).getDisplayName(summer, TimeZone.SHORT, Locale.ENGLISH);
        // Where Java has no abbreviation it prints the offset; Go does so in its own way.
        yield name.startsWith("GMT") && name.length() > 3 ? "" : name;
      }
    };
  }

  /** Seconds from the epoch of a date and time of day that is given as if it were UTC. */
  default long epochSecondsOf(long localSeconds) {
    // As Go does it: try the offset of the guess, then the one on the other side of a transition.
    long guess = localSeconds - offsetSecondsAt(localSeconds);
    int offset = offsetSecondsAt(guess);
    long second = localSeconds - offset;
    return offsetSecondsAt(second) == offset ? second : guess;
  }

  private static Instant instant(long epochSeconds) {
    long clamped =
        Math.clamp(epochSeconds, Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
    return Instant.ofEpochSecond(clamped);
  }
}
