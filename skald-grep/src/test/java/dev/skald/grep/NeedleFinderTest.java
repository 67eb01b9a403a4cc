package dev.skald.grep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.skald.property.ForAll;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NeedleFinderTest {
  /**
   * Few different bytes, so that almost-matches are common; needles of all lengths; every start and
   * end.
   */
  @Test
  void vectorsAndPlainTwinAgree() {
    ForAll.forAll(20_000, NeedleFinderTest::check);
  }

  private static void check(Random random) {
    byte[] text = new byte[random.nextInt(400)];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) (random.nextInt(20) == 0 ? 0x80 : 'a' + random.nextInt(3));
    }
    List<Needle> needles = new ArrayList<>();
    for (int n = random.nextInt(4); n >= 0; n--) {
      List<ByteClass> places = new ArrayList<>();
      for (int i = random.nextInt(random.nextInt(10) == 0 ? 40 : 6); i >= 0; i--) {
        places.add(place(random));
      }
      needles.add(new Needle(places));
    }
    NeedleFinder finder = new NeedleFinder(needles);
    int start = random.nextInt(text.length + 1);
    int end = start + random.nextInt(text.length - start + 1);
    int[] found = new int[1 + random.nextInt(40)];
    int[] expected = new int[found.length];
    int expectedCount = finder.collectPlainly(text, start, end, expected, 0);
    int count = finder.collect(text, start, end, found);
    assertArrayEquals(Arrays.copyOf(expected, expectedCount), Arrays.copyOf(found, count));
  }

  private static ByteClass place(Random random) {
    int b = 'a' + random.nextInt(3);
    return switch (random.nextInt(4)) {
      case 0 -> ByteClass.of(CharSet.of('a', 'c')); // its mask lets more through
      case 1 -> ByteClass.folded(b);
      case 2 -> ByteClass.of(random.nextInt(20) == 0 ? 0x80 : b);
      default -> ByteClass.of(b);
    };
  }
}
