package dev.skald.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OrdinalsTest {
  /** A key with a hash of our choice. */
  private record Key(int number, int hash) {
    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** As a map says; with few different hashes most keys crowd each other out. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, Integer.MAX_VALUE})
  void numbersKeysAsAMapDoes(int hashes) {
    Random random = new Random(hashes);
    Ordinals<Key> ordinals = new Ordinals<>();
    Map<Key, Integer> expected = new HashMap<>();
    for (int i = 0; i < 6_000; i++) {
      if (i == 3_000) {
        ordinals.clear();
        expected.clear();
      }
      int number = random.nextInt(1_000);
      Key key = new Key(number, new Random(number).nextInt(hashes));
      Integer known = expected.putIfAbsent(key, expected.size());
      int ordinal = known == null ? expected.size() - 1 : known;
      assertEquals(ordinal, ordinals.add(key), () -> "hashes " + hashes + " " + key);
      assertEquals(expected.size(), ordinals.count());
      assertEquals(key, ordinals.key(ordinal));
    }
  }
}
