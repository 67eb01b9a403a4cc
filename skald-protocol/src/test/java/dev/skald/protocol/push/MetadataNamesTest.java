package dev.skald.protocol.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.error.SkaldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataNamesTest {
  @ParameterizedTest
  @CsvSource({
    "a, a",
    "a.b, a_b",
    "a__b, a_b",
    "a-.b, a_b",
    "a_, a_",
    "__a__, __a__",
    "__a.b__, __a_b__",
    "__a, _a",
    "a__, a_",
    "aéb, a_b",
    "' a ', _a_",
    "1st, key_1st",
    ".1, _1",
    "SeverityText, SeverityText",
  })
  void normalises(String name, String want) {
    assertEquals(want, MetadataNames.normalise(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "...", "_", "____", "é", "日本"})
  void refusesNamesOfNothing(String name) {
    assertThrows(SkaldException.class, () -> MetadataNames.normalise(name));
  }

  @Test
  void remembersWithoutMixingUp() {
    MetadataNames names = new MetadataNames();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 2_000; i++) {
        byte[] name = ("name." + i).getBytes(UTF_8);
        assertEquals("name_" + i, names.normalise(name, 0, name.length));
      }
    }
  }
}
