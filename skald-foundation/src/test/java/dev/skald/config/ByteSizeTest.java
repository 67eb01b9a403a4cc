package dev.skald.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  record Case(String text, long bytes, String printed) {}

  static List<Case> cases() {
    return List.of(
        new Case("0", 0, "0B"),
        new Case("100B", 100, "100B"),
        new Case("256KB", 262_144, "256KB"),
        new Case("256kb", 262_144, "256KB"),
        new Case("256KiB", 262_144, "256KB"),
        new Case("256K", 262_144, "256KB"),
        new Case("1536KB", 1_572_864, "1536KB"),
        new Case("1.5MB", 1_572_864, "1536KB"),
        new Case("3MB", 3L << 20, "3MB"),
        new Case("4 GB", 4L << 30, "4GB"),
        new Case("2TB", 2L << 40, "2TB"),
        new Case("104857600", 100L << 20, "100MB"),
        new Case("1_000", 1000, "1000B"),
        new Case("9223372036854775807", Long.MAX_VALUE, "9223372036854775807B"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsBinaryUnits(Case c) {
    assertEquals(c.bytes(), ByteSize.parse(c.text()).bytes());
    assertEquals(c.printed(), new ByteSize(c.bytes()).toString());
    assertEquals(c.bytes(), ByteSize.parse(c.printed()).bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "1XB", "1MBB", "1 2MB", "9223372036854775808", "8388608TB"})
  void refusesTheRest(String text) {
    assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(text));
  }
}
