package dev.skald.objectstore.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.clock.ManualClock;
import dev.skald.disk.FaultyDisk;
import dev.skald.disk.MemoryDisk;
import dev.skald.storage.object.ObjectName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DiskPartCacheTest {
  private static final int PART_BYTES = 1000;
  private static final int FILE_BYTES = PART_BYTES + CacheLayout.CONTENT_OFFSET;

  private final ManualClock clock = new ManualClock(0);
  private final MemoryDisk disk = new MemoryDisk();

  private DiskPartCache open(long bytesMax) throws IOException {
    return DiskPartCache.open(disk, clock, "cache", bytesMax);
  }

  private static ObjectPart part(int index) {
    return new ObjectPart(new ObjectName("segment", "a1"), index);
  }

  private static byte[] bytes(int seed) {
    byte[] bytes = new byte[PART_BYTES];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void whatWasPutComesBackAlsoAfterARestart() throws IOException {
    DiskPartCache cache = open(10 * FILE_BYTES);
    assertNull(cache.get(part(1)));
    cache.put(part(1), bytes(1));
    cache.put(part(1), bytes(1));
    assertArrayEquals(bytes(1), cache.get(part(1)));
    assertEquals(FILE_BYTES, cache.size());
    assertArrayEquals(bytes(1), open(10 * FILE_BYTES).get(part(1)));
  }

  @Test
  void whatWasNotUsedForLongestGoesFirst() throws IOException {
    DiskPartCache cache = open(3 * FILE_BYTES);
    for (int i = 0; i < 3; i++) {
      cache.put(part(i), bytes(i));
    }
    assertNotNull(cache.get(part(0)));
    cache.put(part(3), bytes(3));
    assertNull(cache.get(part(1)));
    for (int i : new int[] {0, 2, 3}) {
      assertArrayEquals(bytes(i), cache.get(part(i)), "part " + i);
    }
    assertEquals(3 * FILE_BYTES, disk.usedBytes());
  }

  @Test
  void aSmallerLimitIsKeptFromTheStart() throws IOException {
    DiskPartCache cache = open(5 * FILE_BYTES);
    for (int i = 0; i < 5; i++) {
      cache.put(part(i), bytes(i));
    }
    open(2 * FILE_BYTES);
    assertEquals(2 * FILE_BYTES, disk.usedBytes());
  }

  @Test
  void aPartBeyondTheWholeLimitIsNotKept() throws IOException {
    DiskPartCache cache = open(FILE_BYTES - 1);
    cache.put(part(1), bytes(1));
    assertEquals(0, disk.usedBytes());
  }

  @Test
  void everyFlippedBitIsNotTaken() throws IOException {
    DiskPartCache cache = open(5 * FILE_BYTES);
    for (long bit = 0; bit < 8L * FILE_BYTES; bit++) {
      cache.put(part(1), bytes(1));
      disk.flipBit("cache/" + disk.list("cache").getFirst(), bit);
      assertNull(cache.get(part(1)), "bit " + bit);
    }
  }

  @Test
  void aDamagedFileIsNotTakenAndIsDeleted() throws IOException {
    DiskPartCache cache = open(5 * FILE_BYTES);
    for (int at : new int[] {0, CacheLayout.CRC_OFFSET, CacheLayout.CONTENT_OFFSET, 500}) {
      cache.put(part(1), bytes(1));
      String name = "cache/" + disk.list("cache").getFirst();
      byte[] content = CacheLayout.seal(part(1).text(), bytes(1));
      content[at] ^= 1;
      disk.delete(name);
      disk.put(name, content);
      assertNull(cache.get(part(1)), "byte " + at);
      assertEquals(List.of(), disk.list("cache"));
    }
  }

  @Test
  void anotherPartsFileIsNotTaken() throws IOException {
    DiskPartCache cache = open(5 * FILE_BYTES);
    cache.put(part(1), bytes(1));
    disk.rename("cache/" + part(1).text(), "cache/" + part(2).text());
    assertNull(open(5 * FILE_BYTES).get(part(2)));
  }

  @Test
  void aCrashLeavesWholePartsOrNone() throws IOException {
    for (int step = 1; step < 12; step++) {
      FaultyDisk faulty = FaultyDisk.over(new MemoryDisk(), new Random(step)).crashAt(step);
      try {
        DiskPartCache cache = DiskPartCache.open(faulty, clock, "cache", 5 * FILE_BYTES);
        for (int i = 0; i < 4; i++) {
          cache.put(part(i), bytes(i));
        }
      } catch (IOException e) {
        // the machine has stopped
      }
      DiskPartCache after = DiskPartCache.open(faulty.restart(), clock, "cache", 5 * FILE_BYTES);
      for (int i = 0; i < 4; i++) {
        byte[] found = after.get(part(i));
        if (found != null) {
          assertArrayEquals(bytes(i), found, "crash at step " + step);
        }
      }
    }
  }

  @Test
  void aFullDiskStopsTheCacheForAWhileAndGetsSpaceBack() throws IOException {
    DiskPartCache cache = open(100 * FILE_BYTES);
    for (int i = 0; i < 4; i++) {
      cache.put(part(i), bytes(i));
    }
    disk.capacityBytes(disk.usedBytes() + 10);
    cache.put(part(9), bytes(9));
    assertNull(cache.get(part(9)));
    assertTrue(disk.usedBytes() <= 2 * FILE_BYTES, "used " + disk.usedBytes());
    assertArrayEquals(bytes(3), cache.get(part(3)), "what is there is served");
    disk.capacityBytes(Long.MAX_VALUE);
    cache.put(part(9), bytes(9));
    assertNull(cache.get(part(9)), "too early");
    clock.advanceNanos(Duration.ofMinutes(1).toNanos());
    cache.put(part(9), bytes(9));
    assertArrayEquals(bytes(9), cache.get(part(9)));
  }

  /** The example in docs/format/cache.md. */
  @Test
  void theBytesAreAsDescribed() {
    byte[] sealed = CacheLayout.seal("6553f10000000001-2", "abc".getBytes(StandardCharsets.UTF_8));
    assertEquals("534b414c44434131" + "59581ba0" + "616263", HexFormat.of().formatHex(sealed));
  }
}
