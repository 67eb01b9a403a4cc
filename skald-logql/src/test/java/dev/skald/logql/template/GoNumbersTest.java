package dev.skald.logql.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GoNumbersTest {
  record Case(double value, String expected) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(0, "0"),
        new Case(-0.0, "-0"),
        new Case(5, "5"),
        new Case(100_000, "100000"),
        new Case(1_000_000, "1e+06"),
        new Case(999_999.5, "999999.5"),
        new Case(1_234_567.5, "1.2345675e+06"),
        new Case(0.0001, "0.0001"),
        new Case(0.00001, "1e-05"),
        new Case(0.003, "0.003"),
        new Case(1e21, "1e+21"),
        new Case(1e100, "1e+100"),
        new Case(123_456_789.123, "1.23456789123e+08"),
        new Case(Double.MIN_VALUE, "5e-324"),
        new Case(Double.MAX_VALUE, "1.7976931348623157e+308"),
        new Case(2e-323, "2e-323"),
        new Case(1.0 / 3, "0.3333333333333333"),
        new Case(Double.NaN, "NaN"),
        new Case(Double.POSITIVE_INFINITY, "+Inf"),
        new Case(Double.NEGATIVE_INFINITY, "-Inf"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void formats(Case c) {
    assertEquals(c.expected(), GoNumbers.format(c.value()));
  }

  @Test
  void whatIsPrintedReadsBackAsTheSameNumber() {
    long seed = 20_261_120;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (!Double.isNaN(value)) {
        String text = GoNumbers.format(value);
        assertEquals(value, GoNumberText.parseFloat(text), "seed " + seed + ": " + text);
      }
    }
  }
}
