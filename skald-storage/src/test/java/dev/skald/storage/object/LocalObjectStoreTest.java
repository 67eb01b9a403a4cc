package dev.skald.storage.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.disk.Disk;
import dev.skald.disk.DiskFullException;
import dev.skald.disk.FaultyDisk;
import dev.skald.disk.FileDisk;
import dev.skald.disk.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalObjectStoreTest {
  private static final ObjectName NAME = new ObjectName("manifest", "1");

  private static LocalObjectStore open(Disk disk) throws IOException {
    return LocalObjectStore.open(disk, new Random(7)::nextLong, "objects");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  @Nested
  final class OnMemory extends ObjectStoreContract {
    @Override
    protected ObjectStore store() throws IOException {
      return open(new MemoryDisk());
    }
  }

  @Nested
  final class OnFiles extends ObjectStoreContract {
    @TempDir private Path folder = Path.of("");

    @Override
    protected ObjectStore store() throws IOException {
      return open(FileDisk.at(folder));
    }
  }

  /**
   * Stops the machine at every step: an object that was created is there, one that was not is whole
   * or absent.
   */
  @Test
  void whatWasCreatedSurvivesEveryCrash() throws IOException {
    for (int step = 1; ; step++) {
      for (int seed = 0; seed < 10; seed++) {
        FaultyDisk disk = FaultyDisk.over(new MemoryDisk(), new Random(seed)).crashAt(step);
        int created = createUntilCrash(disk);
        if (!disk.hasCrashed()) {
          assertTrue(step > 20, "the workload has " + step + " steps");
          return;
        }
        String where = "crash at step " + step + ", seed " + seed + ": " + disk.operations();
        LocalObjectStore after = open(disk.restart());
        List<ObjectName> names = after.list("manifest");
        assertTrue(names.size() >= created && names.size() <= created + 1, where);
        for (int i = 0; i < names.size(); i++) {
          assertEquals("content " + i, new String(after.readAll(names.get(i)), UTF_8), where);
        }
      }
    }
  }

  private static int createUntilCrash(Disk disk) {
    int created = 0;
    try {
      LocalObjectStore store = open(disk);
      for (int i = 0; i < 4; i++) {
        store.createIfAbsent(new ObjectName("manifest", "" + i), bytes("content " + i));
        created++;
      }
    } catch (IOException e) {
      // the machine has stopped, and the test asks the disk whether it has
    }
    return created;
  }

  @Test
  void leftoversOfACrashAreSweptAtOpen() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    ObjectStore store = open(disk);
    ObjectWriter abandoned = store.create(NAME);
    abandoned.write(bytes("half"));
    assertEquals(1, disk.list("objects/tmp").size());
    open(disk);
    assertEquals(List.of(), disk.list("objects/tmp"));
    abandoned.close();
  }

  @Test
  void aFullDiskIsToldAndNothingIsLeft() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    ObjectStore store = open(disk);
    disk.capacityBytes(3);
    assertThrows(DiskFullException.class, () -> store.createIfAbsent(NAME, bytes("hello")));
    assertEquals(List.of(), store.list("manifest"));
    assertEquals(0, disk.usedBytes());
    disk.capacityBytes(100);
    store.createIfAbsent(NAME, bytes("hello"));
    assertEquals("hello", new String(store.readAll(NAME), UTF_8));
  }

  @Test
  void aFailedSyncCreatesNothing() throws IOException {
    FaultyDisk disk = FaultyDisk.over(new MemoryDisk(), new Random(1)).failSyncs(1, "objects/tmp");
    ObjectStore store = open(disk);
    assertThrows(IOException.class, () -> store.createIfAbsent(NAME, bytes("hello")));
    assertEquals(List.of(), store.list("manifest"));
    store.createIfAbsent(NAME, bytes("again"));
    assertEquals("again", new String(store.readAll(NAME), UTF_8));
  }

  @Test
  void aTakenNameIsDurableWhenItIsFoundTaken() throws IOException {
    MemoryDisk memory = new MemoryDisk();
    ObjectStore store = open(memory);
    memory.createDirectories("objects/manifest");
    memory.put("objects/tmp/x", "linked, not synced".getBytes(UTF_8));
    memory.link("objects/tmp/x", "objects/manifest/1");
    assertThrows(
        FileAlreadyExistsException.class, () -> store.createIfAbsent(NAME, bytes("other")));
    for (int seed = 0; seed < 20; seed++) {
      assertTrue(memory.afterCrash(new Random(seed)).exists("objects/manifest/1"));
    }
  }

  @Test
  void lookingOnlyChangesNothing() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    LocalObjectStore store = LocalObjectStore.openForReading(disk, "objects");
    assertEquals(List.of(), store.list("manifest"));
    assertEquals(List.of(), disk.list(""));
  }

  @Test
  void strangersInAFolderAreNotObjects() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    ObjectStore store = open(disk);
    store.createIfAbsent(NAME, bytes("x"));
    disk.put("objects/manifest/README.txt", new byte[1]);
    assertEquals(List.of(NAME), store.list("manifest"));
  }
}
