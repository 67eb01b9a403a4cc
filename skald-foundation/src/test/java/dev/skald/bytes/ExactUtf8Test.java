package dev.skald.bytes;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ExactUtf8Test {
  record Case(String text, String hex) {}

  static List<Case> cases() {
    return List.of(
        new Case("", ""),
        new Case("abc", "616263"),
        new Case("\u00e9", "c3a9"),
        new Case("\ud83d\ude00", "f09f9880"),
        new Case("\ud83d", "eda0bd"),
        new Case("\ude00\ud83d", "edb880eda0bd"),
        new Case("a\ud800b", "61eda08062"),
        new Case("\ud7ff\ue000", "ed9fbfee8080"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void unpairedSurrogatesAreThreeBytes(Case c) {
    byte[] bytes = ExactUtf8.encode(c.text());
    assertEquals(c.hex(), HexFormat.of().formatHex(bytes));
    assertEquals(c.text(), ExactUtf8.decode(bytes, 0, bytes.length));
  }

  @Test
  void everyStringComesBack() {
    forAll(
        2_000,
        random -> {
          String text = RandomText.of(random);
          byte[] bytes = ExactUtf8.encode(text);
          byte[] within = new byte[bytes.length + 6];
          System.arraycopy(bytes, 0, within, 3, bytes.length);
          assertEquals(text, ExactUtf8.decode(within, 3, 3 + bytes.length));
        });
  }

  @Test
  void textWithoutUnpairedSurrogatesIsUtf8() {
    String text = "caf\u00e9 \u4e16\u754c \ud83d\ude00";
    assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), ExactUtf8.encode(text));
  }
}
