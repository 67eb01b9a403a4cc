package dev.skald.bytes;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SeededHashTest {
  @Test
  void equalBytesHashEqualWhereverTheyStand() {
    forAll(
        200,
        random -> {
          byte[] bytes = new byte[random.nextInt(50)];
          random.nextBytes(bytes);
          byte[] within = new byte[bytes.length + 9];
          random.nextBytes(within);
          System.arraycopy(bytes, 0, within, 5, bytes.length);
          long seed = random.nextLong();
          assertEquals(
              SeededHash.of(bytes, 0, bytes.length, seed),
              SeededHash.of(within, 5, 5 + bytes.length, seed));
        });
  }

  @Test
  void likeLinesSpreadOverATable() {
    Set<Long> slots = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      byte[] line = ("GET /items/" + i).getBytes(StandardCharsets.UTF_8);
      slots.add(SeededHash.of(line, 0, line.length, 7) & 0xfffff);
    }
    assertTrue(slots.size() > 9_800, () -> "distinct slots of a million: " + slots.size());
  }

  @Test
  void zerosOfDifferentLengthDiffer() {
    byte[] zeros = new byte[64];
    Set<Long> hashes = new HashSet<>();
    for (int length = 0; length <= 64; length++) {
      hashes.add(SeededHash.of(zeros, 0, length, 1));
    }
    assertEquals(65, hashes.size());
  }

  @Test
  void theSeedMatters() {
    byte[] bytes = {1, 2, 3};
    assertNotEquals(SeededHash.of(bytes, 0, 3, 1), SeededHash.of(bytes, 0, 3, 2));
  }
}
