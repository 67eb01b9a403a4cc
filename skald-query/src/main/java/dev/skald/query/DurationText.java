package dev.skald.query;

/** Durations as Loki's messages print them. */
final class DurationText {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1000 * MILLI;
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] UNIT_NANOS = {
    365 * 86_400 * SECOND,
    7 * 86_400 * SECOND,
    86_400 * SECOND,
    3_600 * SECOND,
    60 * SECOND,
    SECOND,
    MILLI
  };

  private DurationText() {}

  /** Go's form: {@code 800h0m0s}, {@code 1m0s}, {@code 1.5s}, {@code 250ms}. */
  static String go(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    if (Math.abs(nanos) < SECOND) {
      return trimmed(nanos, nanos % MILLI == 0 || Math.abs(nanos) > MILLI ? MILLI : 1000)
          + (nanos % MILLI == 0 || Math.abs(nanos) > MILLI ? "ms" : "µs");
    }
    long seconds = nanos / SECOND;
    String tail = trimmed(nanos - seconds / 60 * 60 * SECOND, SECOND) + "s";
    if (seconds < 60) {
      return tail;
    }
    String minutes = seconds / 60 % 60 + "m" + tail;
    return seconds < 3600 ? minutes : seconds / 3600 + "h" + minutes;
  }

  private static String trimmed(long nanos, long unitNanos) {
    return java.math.BigDecimal.valueOf(nanos)
        .divide(java.math.BigDecimal.valueOf(unitNanos))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** Prometheus' form: {@code 30d1h}; years and weeks only when they divide the whole. */
  static String prometheus(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    long rest = nanos;
    for (int i = 0; i < UNITS.length; i++) {
      boolean exactOnly = i < 2;
      if (exactOnly && rest % UNIT_NANOS[i] != 0) {
        continue;
      }
      long count = rest / UNIT_NANOS[i];
      if (count > 0) {
        text.append(count).append(UNITS[i]);
        rest -= count * UNIT_NANOS[i];
      }
    }
    return text.toString();
  }
}
