package dev.skald.storage.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashTableTest {
  /** Hashes that collide in their low bits, zero among them; values are put again. */
  @Test
  void finds_what_a_map_finds() {
    long seed = 20261121;
    Random random = new Random(seed);
    HashTable<String> table = new HashTable<>();
    Map<Long, String> map = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      long hash = (long) random.nextInt(40) << 56 | random.nextInt(50);
      if (random.nextBoolean()) {
        table.put(hash, "value " + i);
        map.put(hash, "value " + i);
      }
      assertEquals(map.get(hash), table.get(hash), () -> "seed " + seed + " hash " + hash);
      assertEquals(map.size(), table.size());
    }
    assertNull(table.get(-1));
  }
}
