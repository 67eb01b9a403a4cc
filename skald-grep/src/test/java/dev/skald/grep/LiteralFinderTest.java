package dev.skald.grep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.property.ForAll;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LiteralFinderTest {
  @ParameterizedTest
  @CsvSource({
    "error, an error in a line that is long enough to be searched with vectors of sixty-four bytes, 3",
    "bytes, an error in a line that is long enough to be searched with vectors of sixty-four bytes, 81",
    "absent, an error in a line that is long enough to be searched with vectors of sixty-four bytes, -1",
    "a, a, 0",
    "ab, a, -1",
    "'', anything, 0",
  })
  void findsTheFirst(String needle, String haystack, int expected) {
    byte[] bytes = haystack.getBytes(StandardCharsets.UTF_8);
    LiteralFinder finder = new LiteralFinder(needle.getBytes(StandardCharsets.UTF_8));
    assertEquals(expected, finder.find(bytes, 0, bytes.length));
  }

  /** Few different bytes, so that almost-matches are common; every start and end. */
  @Test
  void vectorsAndPlainTwinAgree() {
    long seed = Long.getLong("skald.seed", ForAll.seedOfRun());
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] haystack = bytes(random, random.nextInt(400));
      byte[] needle = bytes(random, random.nextInt(9));
      int start = random.nextInt(haystack.length + 1);
      int end = start + random.nextInt(haystack.length - start + 1);
      assertEquals(
          PlainFinder.find(needle, haystack, start, end),
          new LiteralFinder(needle).find(haystack, start, end),
          "rerun with -Dskald.seed=" + seed);
      assertEquals(
          PlainFinder.find(needle, haystack, start, end),
          new LiteralFinder(needle).find(MemorySegment.ofArray(haystack), start, end),
          "in a segment: rerun with -Dskald.seed=" + seed);
    }
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (random.nextInt(20) == 0 ? 0x80 : 'a' + random.nextInt(3));
    }
    return bytes;
  }
}
