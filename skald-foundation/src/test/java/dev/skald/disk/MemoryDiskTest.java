package dev.skald.disk;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MemoryDiskTest extends DiskContract {
  @Override
  protected Disk emptyDisk() {
    return new MemoryDisk();
  }

  @Test
  void aCrashKeepsWhatWasSynced() {
    forAll(
        200,
        random -> {
          MemoryDisk disk = new MemoryDisk();
          byte[] bytes = new byte[2000];
          Arrays.fill(bytes, (byte) 1);
          try (WritableFile file = disk.create("a")) {
            file.write(ByteBuffer.wrap(bytes, 0, 700));
            file.sync();
            disk.syncDirectory("");
            file.write(ByteBuffer.wrap(bytes, 700, 1300));
          }
          byte[] left = disk.afterCrash(random).bytes("a");
          assertTrue(left.length >= 700 && left.length <= 2000, "length " + left.length);
          assertArrayEquals(Arrays.copyOf(bytes, 700), Arrays.copyOf(left, 700));
        });
  }

  @Test
  void aCrashMayUndoNamesInReverseOrder() throws IOException {
    Set<List<String>> seen = new HashSet<>();
    MemoryDisk disk = new MemoryDisk();
    disk.create("a").close();
    disk.syncDirectory("");
    disk.rename("a", "b");
    disk.create("c").close();
    for (int seed = 0; seed < 100; seed++) {
      seen.add(disk.afterCrash(new Random(seed)).list(""));
    }
    assertEquals(Set.of(List.of("a"), List.of("b"), List.of("b", "c")), seen);
  }

  @Test
  void isFullAtItsCapacityAndHeals() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    disk.capacityBytes(10);
    try (WritableFile file = disk.create("a")) {
      assertThrows(DiskFullException.class, () -> file.write(ByteBuffer.allocate(11)));
    }
    assertThrows(DiskFullException.class, () -> disk.create("b"));
    disk.delete("a");
    disk.create("b").close();
  }
}
