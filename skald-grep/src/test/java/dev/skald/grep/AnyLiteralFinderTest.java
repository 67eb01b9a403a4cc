package dev.skald.grep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against looking for each string at each place. */
final class AnyLiteralFinderTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static AnyLiteralFinder of(String... needles) {
    List<byte[]> list = new ArrayList<>();
    for (String needle : needles) {
      list.add(bytes(needle));
    }
    return new AnyLiteralFinder(list);
  }

  @Test
  void findsWhatEndsFirst() {
    byte[] text = bytes("ushers");
    assertEquals(2, of("he", "she", "his", "hers").find(text, 0, text.length));
    assertEquals(2, of("shers", "her").find(text, 0, text.length));
    assertEquals(-1, of("his", "user").find(text, 0, text.length));
    assertEquals(-1, of("us").find(text, 1, text.length));
    assertEquals(-1, of("ers").find(text, 0, text.length - 1));
  }

  @Test
  void emptyStringIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> of("a", ""));
  }

  @Test
  void agreesWithASearchPlaceByPlace() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<byte[]> needles = new ArrayList<>();
      for (int i = random.nextInt(30); i >= 0; i--) {
        needles.add(letters(random, 1 + random.nextInt(6)));
      }
      byte[] text = letters(random, random.nextInt(60));
      int start = random.nextInt(text.length + 1);
      assertEquals(
          plainly(needles, text, start),
          new AnyLiteralFinder(needles).find(text, start, text.length),
          "seed " + seed);
    }
  }

  private static byte[] letters(Random random, int length) {
    byte[] letters = new byte[length];
    for (int i = 0; i < length; i++) {
      letters[i] =
          (byte) (random.nextInt(8) == 0 ? -1 - random.nextInt(3) : 'a' + random.nextInt(3));
    }
    return letters;
  }

  /** Of the strings that end first, the start of the shortest. */
  private static int plainly(List<byte[]> needles, byte[] text, int start) {
    for (int end = start + 1; end <= text.length; end++) {
      int best = -1;
      for (byte[] needle : needles) {
        int from = end - needle.length;
        if (from >= start && java.util.Arrays.equals(text, from, end, needle, 0, needle.length)) {
          best = Math.max(best, from);
        }
      }
      if (best >= 0) {
        return best;
      }
    }
    return -1;
  }
}
