package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GoNumbersTest {
  private final GoNumbers numbers = new GoNumbers();

  record Number64(String text, double value) {}

  static Stream<Number64> floats() {
    return Stream.of(
        new Number64("0", 0),
        new Number64("-0", -0.0),
        new Number64("+7", 7),
        new Number64("1.", 1),
        new Number64(".5", 0.5),
        new Number64("-12.50", -12.5),
        new Number64("1e3", 1000),
        new Number64("1E-2", 0.01),
        new Number64("1_000", 1000),
        new Number64("0x1p4", 16),
        new Number64("0x_1Fp0", 31),
        new Number64("99999999999999999999", 1e20),
        new Number64("1e-400", 0),
        new Number64("inf", Double.POSITIVE_INFINITY),
        new Number64("-Infinity", Double.NEGATIVE_INFINITY),
        new Number64("NaN", Double.NaN));
  }

  @ParameterizedTest
  @MethodSource("floats")
  void readsFloats(Number64 f) {
    assertNull(readFloat(f.text));
    assertEquals(f.value, numbers.number);
  }

  private @Nullable String readFloat(String text) {
    byte[] bytes = ByteSlice.utf8(text);
    return numbers.readFloat(bytes, 0, bytes.length);
  }

  @Test
  void readsFloatsAsJavaDoes() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      long digits = random.nextLong() >>> random.nextInt(64);
      String text = Long.toString(digits);
      int point = random.nextInt(text.length() + 1);
      text = text.substring(0, point) + "." + text.substring(point);
      if (!text.equals("-.") && !text.startsWith(".-")) {
        assertNull(readFloat(text), text);
        assertEquals(Double.parseDouble(text), numbers.number, text);
      }
    }
  }

  record Fault(String text, String fault) {}

  static Stream<Fault> floatFaults() {
    return Stream.of(
        new Fault("", "parsing \"\": invalid syntax"),
        new Fault("-", "parsing \"-\": invalid syntax"),
        new Fault(".", "parsing \".\": invalid syntax"),
        new Fault(" 4", "parsing \" 4\": invalid syntax"),
        new Fault("0x10", "parsing \"0x10\": invalid syntax"),
        new Fault("1d", "parsing \"1d\": invalid syntax"),
        new Fault("1,5", "parsing \"1,5\": invalid syntax"),
        new Fault("_1", "parsing \"_1\": invalid syntax"),
        new Fault("1__0", "parsing \"1__0\": invalid syntax"),
        new Fault("1e", "parsing \"1e\": invalid syntax"),
        new Fault("+NaN", "parsing \"+NaN\": invalid syntax"),
        new Fault("1e309", "parsing \"1e309\": value out of range"));
  }

  @ParameterizedTest
  @MethodSource("floatFaults")
  void refusesFloats(Fault f) {
    assertEquals("strconv.ParseFloat: " + f.fault, readFloat(f.text));
  }

  record Duration(String text, long nanos) {}

  static Stream<Duration> durations() {
    return Stream.of(
        new Duration("0", 0),
        new Duration("-5s", -5_000_000_000L),
        new Duration("+2s", 2_000_000_000L),
        new Duration("1h1m1s", 3_661_000_000_000L),
        new Duration("1.5h", 5_400_000_000_000L),
        new Duration(".5s", 500_000_000),
        new Duration("1s500ms", 1_500_000_000),
        new Duration("100us", 100_000),
        new Duration("100µs", 100_000),
        new Duration("1μs", 1_000),
        new Duration("9223372036854775807ns", Long.MAX_VALUE),
        new Duration("-9223372036854775808ns", Long.MIN_VALUE),
        new Duration("0.3333333333333333333333h", 1_200_000_000_000L));
  }

  @ParameterizedTest
  @MethodSource("durations")
  void readsDurations(Duration d) {
    assertNull(readDuration(d.text));
    assertEquals(d.nanos, numbers.nanos);
  }

  private @Nullable String readDuration(String text) {
    byte[] bytes = ByteSlice.utf8(text);
    return numbers.readDuration(bytes, 0, bytes.length);
  }

  static Stream<Fault> durationFaults() {
    return Stream.of(
        new Fault("", "invalid duration \"\""),
        new Fault("fast", "invalid duration \"fast\""),
        new Fault("-", "invalid duration \"-\""),
        new Fault(".s", "invalid duration \".s\""),
        new Fault("90", "missing unit in duration \"90\""),
        new Fault("1 s", "unknown unit \" s\" in duration \"1 s\""),
        new Fault("1d", "unknown unit \"d\" in duration \"1d\""),
        new Fault("1\"", "unknown unit \"\\\"\" in duration \"1\\\"\""),
        new Fault("1é", "unknown unit \"\\xc3\\xa9\" in duration \"1\\xc3\\xa9\""),
        new Fault("9223372036854775808ns", "invalid duration \"9223372036854775808ns\""),
        new Fault("99999999999999999999s", "invalid duration \"99999999999999999999s\""));
  }

  @ParameterizedTest
  @MethodSource("durationFaults")
  void refusesDurations(Fault f) {
    assertEquals("time: " + f.fault, readDuration(f.text));
  }

  record Size(String text, String bytes) {}

  static Stream<Size> sizes() {
    return Stream.of(
        new Size("512", "512"),
        new Size("1,024", "1024"),
        new Size("10 MB", "10000000"),
        new Size("10mb", "10000000"),
        new Size("1.5GiB", "1610612736"),
        new Size("1k", "1000"),
        new Size("1Ki", "1024"),
        new Size("100b", "100"),
        new Size("1.9", "1"),
        new Size("15EiB", "17293822569102704640"));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void readsSizes(Size s) {
    assertNull(readSize(s.text));
    assertEquals(s.bytes, Long.toUnsignedString(numbers.size));
  }

  private @Nullable String readSize(String text) {
    byte[] bytes = ByteSlice.utf8(text);
    return numbers.readSize(bytes, 0, bytes.length);
  }

  static Stream<Fault> sizeFaults() {
    return Stream.of(
        new Fault("big", "strconv.ParseFloat: parsing \"\": invalid syntax"),
        new Fault("-1KB", "strconv.ParseFloat: parsing \"\": invalid syntax"),
        new Fault("1.2.3", "strconv.ParseFloat: parsing \"1.2.3\": invalid syntax"),
        new Fault("1e3", "unhandled size name: e3"),
        new Fault("5X", "unhandled size name: x"),
        new Fault("16EiB", "too large: 16EiB"));
  }

  @ParameterizedTest
  @MethodSource("sizeFaults")
  void refusesSizes(Fault f) {
    assertEquals(f.fault, readSize(f.text));
  }
}
