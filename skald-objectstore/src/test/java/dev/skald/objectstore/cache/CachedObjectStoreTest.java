package dev.skald.objectstore.cache;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.clock.ManualClock;
import dev.skald.disk.MemoryDisk;
import dev.skald.storage.object.MemoryObjectStore;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectReader;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.ObjectStoreContract;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class CachedObjectStoreTest {
  private static final ObjectName NAME = new ObjectName("folder", "a1");
  private static final int PART = CachedObjectStore.PART_BYTES;

  private final ManualClock clock = new ManualClock(0);

  private PartCache cache(long bytesMax) throws IOException {
    return DiskPartCache.open(new MemoryDisk(), clock, "cache", bytesMax);
  }

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }

  private static void requireRange(ObjectStore store, byte[] content, int from, int to)
      throws IOException {
    byte[] read = new byte[to - from];
    try (ObjectReader reader = store.open(NAME)) {
      reader.read(from, ByteBuffer.wrap(read));
    }
    assertArrayEquals(Arrays.copyOfRange(content, from, to), read, from + " to " + to);
  }

  @Nested
  final class Contract extends ObjectStoreContract {
    @Override
    protected ObjectStore store() throws IOException {
      return new CachedObjectStore(new MemoryObjectStore(), "folder", cache(1 << 20));
    }
  }

  /** With room for a few parts, so that reads find all, some or none of what they want. */
  @Test
  void everyRangeIsAsWithoutTheCache() {
    forAll(
        60,
        random -> {
          MemoryObjectStore below = new MemoryObjectStore();
          byte[] content = content(1 + random.nextInt(6 * PART));
          below.put(NAME, content);
          ObjectStore store = new CachedObjectStore(below, "folder", cache(3 * PART));
          for (int i = 0; i < 12; i++) {
            int from = random.nextInt(content.length);
            requireRange(store, content, from, from + random.nextInt(content.length - from + 1));
          }
        });
  }

  @Test
  void whatIsCachedIsNotFetchedAgain() throws IOException {
    MemoryObjectStore below = new MemoryObjectStore();
    byte[] content = content(3 * PART + 100);
    below.put(NAME, content.clone());
    ObjectStore store = new CachedObjectStore(below, "folder", cache(10 * PART));
    requireRange(store, content, 10, 3 * PART + 100);
    Arrays.fill(below.bytes(NAME), (byte) 0);
    requireRange(store, content, 0, 3 * PART + 100);
  }

  @Test
  void otherFoldersAreNotCached() throws IOException {
    MemoryObjectStore below = new MemoryObjectStore();
    below.put(NAME, content(100));
    ObjectStore store = new CachedObjectStore(below, "segment", cache(10 * PART));
    store.readAll(NAME);
    below.bytes(NAME)[0] ^= 1;
    assertArrayEquals(below.bytes(NAME), store.readAll(NAME));
  }

  @Test
  void aReadBeyondTheEndFailsAndNothingIsRead() throws IOException {
    MemoryObjectStore below = new MemoryObjectStore();
    below.put(NAME, content(100));
    ObjectStore store = new CachedObjectStore(below, "folder", cache(10 * PART));
    try (ObjectReader reader = store.open(NAME)) {
      ByteBuffer target = ByteBuffer.allocate(20);
      assertThrows(EOFException.class, () -> reader.read(81, target));
      assertEquals(0, target.position());
    }
  }
}
