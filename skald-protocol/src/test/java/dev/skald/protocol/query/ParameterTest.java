package dev.skald.protocol.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times and durations in parameters; spec http-api.md 1.2 and 1.3. */
final class ParameterTest {
  @ParameterizedTest
  @CsvSource({
    "1793491200, 1793491200000000000",
    "1793491200000000000, 1793491200000000000",
    "1793491200123, 1793491200123", // thirteen digits are nanoseconds, not milliseconds
    "-1, -1000000000",
    "1793491200.5, 1793491200500000000",
    "1793494800.1239, 1793494800124000000", // rounded to milliseconds
    "2026-11-01T01:00:00.123456789Z, 1793494800123456789",
    "2026-11-01T02:00:00+01:00, 1793494800000000000",
  })
  void readsTimes(String text, long epochNanos) {
    assertEquals(epochNanos, TimeParameter.parse("start", text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "2026-11-01",
        "2026-11-01T00:00:00",
        "0x10",
        "1e10",
        " 1",
        "NaN",
        "now",
        "1.x"
      })
  void refusesOtherTimes(String text) {
    SkaldException error =
        assertThrows(SkaldException.class, () -> TimeParameter.parse("end", text));
    assertEquals(ErrorKind.BAD_REQUEST, error.kind());
    assertEquals(
        "could not parse 'end' parameter: strconv.ParseInt: parsing \""
            + text
            + "\": invalid syntax",
        error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "15, 15000000000",
    "0.5, 500000000",
    "1h30m, 5400000000000",
    "1d, 86400000000000",
    "250ms, 250000000",
    "-1, -1000000000",
    "NaN, 0",
  })
  void readsDurations(String text, long nanos) {
    assertEquals(nanos, DurationParameter.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5h, cannot parse \"0.5h\" to a valid duration",
    "-5m, cannot parse \"-5m\" to a valid duration",
    "1m 30s, cannot parse \"1m 30s\" to a valid duration",
    "30s1m, cannot parse \"30s1m\" to a valid duration",
    "1e400, cannot parse \"1e400\" to a valid duration",
    "99999999999999999999, cannot parse \"99999999999999999999\" to a valid duration. It overflows int64",
  })
  void refusesOtherDurations(String text, String message) {
    SkaldException error = assertThrows(SkaldException.class, () -> DurationParameter.parse(text));
    assertEquals(message, error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1.5, 1.5",
    "100000000000000000000, 100000000000000000000",
    "1.0E-7, 0.0000001",
    "0.1, 0.1",
    "-3, -3",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf",
  })
  void writesSampleValues(double value, String text) {
    assertEquals(text, SampleText.value(value));
  }

  @ParameterizedTest
  @CsvSource({
    "1793494800000, 1793494800",
    "1793494800120, 1793494800.12",
    "-500, -0.5",
    "1, 0.001"
  })
  void writesSampleTimes(long epochMillis, String text) {
    assertEquals(text, SampleText.seconds(epochMillis));
  }
}
