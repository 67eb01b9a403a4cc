package dev.skald.ingest;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times in the texts of answers. */
final class TimeText {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final DateTimeFormatter GO_SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private TimeText() {}

  /** RFC 3339 in UTC, whole seconds: {@code 2024-01-01T00:00:00Z}. */
  static String rfc3339(long epochNanos) {
    return Instant.ofEpochSecond(Math.floorDiv(epochNanos, NANOS_PER_SECOND)).toString();
  }

  /** As Go prints times: {@code 2024-01-01 00:00:00.5 +0000 UTC}. */
  static String go(long epochNanos) {
    long nanos = Math.floorMod(epochNanos, NANOS_PER_SECOND);
    Instant second = Instant.ofEpochSecond(Math.floorDiv(epochNanos, NANOS_PER_SECOND));
    StringBuilder text = new StringBuilder(GO_SECONDS.format(second.atOffset(ZoneOffset.UTC)));
    if (nanos != 0) {
      String digits = String.format(Locale.ROOT, "%09d", nanos);
      int end = digits.length();
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      text.append('.').append(digits, 0, end);
    }
    return text.append(" +0000 UTC").toString();
  }
}
