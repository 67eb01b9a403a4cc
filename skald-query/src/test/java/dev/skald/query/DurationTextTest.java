package dev.skald.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DurationTextTest {
  private static final long MILLI = 1_000_000L;

  @ParameterizedTest
  @CsvSource({
    "2880000000, 800h0m0s",
    "60000, 1m0s",
    "1500, 1.5s",
    "250, 250ms",
    "0, 0s",
    "1793491320000, 498192h2m0s",
  })
  void goesForm(long millis, String text) {
    assertEquals(text, DurationText.go(millis * MILLI));
  }

  @ParameterizedTest
  @CsvSource({
    "2595600000, 30d1h",
    "3600000, 1h",
    "604800000, 1w",
    "777600000, 9d",
    "5400000, 1h30m",
    "250, 250ms",
  })
  void prometheusForm(long millis, String text) {
    assertEquals(text, DurationText.prometheus(millis * MILLI));
  }
}
