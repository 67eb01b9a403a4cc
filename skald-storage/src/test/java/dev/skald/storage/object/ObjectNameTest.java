package dev.skald.storage.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", "a.b", "a b", "\u00e4", "a\0", "%2e"})
  void aPartThatAPathCouldMisreadIsRefused(String part) {
    assertThrows(IllegalArgumentException.class, () -> new ObjectName("folder", part));
    assertThrows(IllegalArgumentException.class, () -> new ObjectName(part, "name"));
  }

  @Test
  void theLongestPartIsTakenAndOneMoreIsNot() {
    String longest = "x".repeat(ObjectName.PART_CHARS_MAX);
    assertEquals("f/" + longest, new ObjectName("f", longest).path());
    assertThrows(IllegalArgumentException.class, () -> new ObjectName("f", longest + "x"));
  }
}
