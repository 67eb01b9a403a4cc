package dev.skald.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  record Case(String text, Duration want, String printed) {}

  static List<Case> cases() {
    return List.of(
        new Case("0", Duration.ZERO, "0s"),
        new Case("0s", Duration.ZERO, "0s"),
        new Case("7d", Duration.ofDays(7), "1w"),
        new Case("30d1h", Duration.ofHours(721), "30d1h"),
        new Case("721h", Duration.ofHours(721), "30d1h"),
        new Case("1y", Duration.ofDays(365), "1y"),
        new Case("400d", Duration.ofDays(400), "400d"),
        new Case("1w2d", Duration.ofDays(9), "9d"),
        new Case("1h30m", Duration.ofMinutes(90), "1h30m"),
        new Case("1h0m0s", Duration.ofHours(1), "1h"),
        new Case("1.5h", Duration.ofMinutes(90), "1h30m"),
        new Case("250ms", Duration.ofMillis(250), "250ms"),
        new Case("3us", Duration.ofNanos(3000), "3us"),
        new Case("3µs", Duration.ofNanos(3000), "3us"),
        new Case("5ns", Duration.ofNanos(5), "5ns"),
        new Case("-1m", Duration.ofMinutes(-1), "-1m"),
        new Case("+1m", Duration.ofMinutes(1), "1m"),
        new Case(
            "2562047h47m16.854775807s",
            Duration.ofNanos(Long.MAX_VALUE),
            "106751d23h47m16s854ms775us807ns"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsBothDialects(Case c) {
    assertEquals(c.want(), DurationText.parse(c.text()));
    assertEquals(c.printed(), DurationText.format(c.want()));
    assertEquals(c.want(), DurationText.parse(c.printed()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "30", "h", "1x", "1h30", "1..5h", "1 h", "293y", "1e3s", "one day"})
  void refusesTheRest(String text) {
    assertThrows(IllegalArgumentException.class, () -> DurationText.parse(text));
  }
}
