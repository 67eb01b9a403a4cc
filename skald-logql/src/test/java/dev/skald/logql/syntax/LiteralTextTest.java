package dev.skald.logql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers, durations and sizes: reading and writing (spec logql.md 2.6 to 2.9 and 14). */
final class LiteralTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "-1.5, -1.5",
    "0.1, 0.1",
    "100000, 100000",
    "999999, 999999",
    "1e6, 1e+06",
    "1234567.5, 1.2345675e+06",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "1.5e-7, 1.5e-07",
    "1e100, 1e+100",
    "-2e20, -2e+20",
    "-0.0, -0",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf"
  })
  void writesNumbersInShortestForm(double value, String text) {
    assertEquals(text, NumberText.shortest(value));
  }

  @ParameterizedTest
  @CsvSource({"1000000, 1000000", "1e21, 1000000000000000000000", "1e-7, 0.0000001", "5.50, 5.5"})
  void writesNumbersOfFiltersWithoutExponent(double value, String text) {
    assertEquals(text, NumberText.plain(value));
  }

  @ParameterizedTest
  @CsvSource({"5, 5", ".5, 0.5", "5., 5", "1_000, 1000", "0x1p4, 16", "017, 17", "1.5E-2, 0.015"})
  void readsNumbers(String text, double value) {
    assertEquals(value, NumberText.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0x10, invalid syntax",
    "0b1, invalid syntax",
    "0o7, invalid syntax",
    "1e309, value out of range"
  })
  void saysWhyANumberDoesNotConvert(String text, String why) {
    NumberFormatException e =
        assertThrows(NumberFormatException.class, () -> NumberText.parse(text));
    assertEquals("strconv.ParseFloat: parsing \"" + text + "\": " + why, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0s, 0",
    "5m, 300000000000",
    "1h30m, 5400000000000",
    "1d, 86400000000000",
    "1w2d, 777600000000000",
    "1y, 31536000000000000",
    "5ms, 5000000"
  })
  void readsPrometheusDurations(String text, long nanos) {
    assertEquals(nanos, DurationText.parsePrometheus(text));
  }

  @ParameterizedTest
  @CsvSource({
    "'', empty duration string",
    "5, 'not a valid duration string: \"5\"'",
    "' 5m', 'not a valid duration string: \" 5m\"'",
    "1m1h, 'not a valid duration string: \"1m1h\"'",
    "1m1m, 'not a valid duration string: \"1m1m\"'",
    "-5m, 'not a valid duration string: \"-5m\"'",
    "99999999999999999999m, 'not a valid duration string: \"99999999999999999999m\"'",
    "5minutes, 'unknown unit \"minutes\" in duration \"5minutes\"'",
    "1.5h, 'unknown unit \".\" in duration \"1.5h\"'",
    "300y, duration out of range"
  })
  void saysWhyARangeIsNoDuration(String text, String message) {
    NumberFormatException e =
        assertThrows(NumberFormatException.class, () -> DurationText.parsePrometheus(text));
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "1.5h, 5400000000000", "-250us, -250000", "1s1s, 2000000000", "5.s, 5000000000",
    ".5ms, 500000", "1h0m0.5s, 3600500000000", "-0, 0", "0.3ns, 0",
    "-2562047h47m16.854775808s, -9223372036854775808"
  })
  void readsGoDurations(String text, long nanos) {
    assertEquals(OptionalLong.of(nanos), DurationText.parseGo(text));
  }

  @ParameterizedTest
  @CsvSource({"5", "-5", "''", "-", "1d", "5x", ".s", "1..5s", "1.5.5s", "9999999h"})
  void refusesWhatIsNoGoDuration(String text) {
    assertEquals(OptionalLong.empty(), DurationText.parseGo(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s, 0s",
    "1, 1ns, 0s",
    "1500, 1.5µs, 0s",
    "2000000, 2ms, 2ms",
    "90000000000, 1m30s, 1m30s",
    "5400000000000, 1h30m0s, 1h30m",
    "86400000000000, 24h0m0s, 1d",
    "129600000000000, 36h0m0s, 36h",
    "604800000000000, 168h0m0s, 1w",
    "3600500000000, 1h0m0.5s, 1h500ms",
    "60000000001, 1m0.000000001s, 1m"
  })
  void writesDurations(long nanos, String go, String prometheus) {
    assertEquals(go, DurationText.go(nanos));
    assertEquals(prometheus, DurationText.prometheus(nanos));
    assertEquals(nanos == 0 ? go : "-" + go, DurationText.go(-nanos));
  }

  @ParameterizedTest
  @CsvSource({
    "1, B, 1",
    "5, M, 5000000",
    "1.5, GB, 1500000000",
    "1, KiB, 1024",
    "1, ki, 1024",
    "2, TiB, 2199023255552",
    "0.1, B, 0",
    "18446744073709551615, B, -1",
    "1e3, kB, 1000000"
  })
  void readsSizes(String number, String unit, long bytes) {
    assertEquals(OptionalLong.of(bytes), ByteSizeText.parse(number, unit));
  }

  @ParameterizedTest
  @CsvSource({"5, ''", "5, BB", "5, KBB", "5, i", "5, PB", "18446744073709551616, B", "0x10, B"})
  void refusesWhatIsNoSize(String number, String unit) {
    assertEquals(OptionalLong.empty(), ByteSizeText.parse(number, unit));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0B, 0kB",
    "9, 9B, 9B",
    "512, 512B, 512B",
    "20000, 20kB, 20kB",
    "1000, 1.0kB, 1kB",
    "1610612736, 1.6GB, 1610612736B",
    "999999, 1000kB, 999999B",
    "-1, 18EB, 18446744073709551615B",
    "5000000000000000, 5.0PB, 5000TB"
  })
  void writesSizes(long bytes, String humanised, String exact) {
    assertEquals(humanised, ByteSizeText.humanised(bytes));
    assertEquals(exact, ByteSizeText.exact(bytes));
  }
}
