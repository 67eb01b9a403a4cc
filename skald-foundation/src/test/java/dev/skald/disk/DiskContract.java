package dev.skald.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Disk} does; extend it and say how to make one. */
public abstract class DiskContract {
  private Disk disk;

  /** An empty disk. */
  protected abstract Disk emptyDisk() throws IOException;

  @BeforeEach
  void makeDisk() throws IOException {
    disk = emptyDisk();
  }

  private void write(String path, String text) throws IOException {
    try (WritableFile file = disk.create(path)) {
      file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      file.sync();
    }
  }

  private String read(String path) throws IOException {
    try (ReadableFile file = disk.open(path)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) file.sizeBytes());
      file.read(0, bytes);
      return new String(bytes.array(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void appendsAndReads() throws IOException {
    try (WritableFile file = disk.create("a")) {
      ByteBuffer source = ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}, 1, 3);
      file.write(source);
      assertFalse(source.hasRemaining());
      file.write(ByteBuffer.wrap(new byte[] {4}));
      assertEquals(4, file.positionBytes());
      file.sync();
    }
    assertEquals(4, disk.sizeBytes("a"));
    try (ReadableFile file = disk.open("a")) {
      ByteBuffer middle = ByteBuffer.allocate(4).position(1).limit(3);
      file.read(2, middle);
      assertArrayEquals(new byte[] {0, 3, 4, 0}, middle.array());
      assertEquals(3, middle.position());
      assertThrows(EOFException.class, () -> file.read(3, ByteBuffer.allocate(2)));
    }
  }

  @Test
  void readsWhatIsNotYetSynced() throws IOException {
    try (WritableFile file = disk.create("a")) {
      file.write(ByteBuffer.wrap(new byte[] {7}));
      assertEquals("\u0007", read("a"));
    }
  }

  @Test
  void writesBuffersLargerThanASlice() throws IOException {
    byte[] large = new byte[ChannelWriter.SLICE_BYTES_MAX * 2 + 17];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) ((i * 31) >> 3);
    }
    try (WritableFile file = disk.create("a")) {
      file.write(ByteBuffer.wrap(large));
    }
    try (ReadableFile file = disk.open("a")) {
      ByteBuffer all = ByteBuffer.allocate(large.length);
      file.read(0, all);
      assertArrayEquals(large, all.array());
    }
  }

  @Test
  void makesNamesOnce() throws IOException {
    write("a", "first");
    assertThrows(FileAlreadyExistsException.class, () -> disk.create("a"));
    assertEquals("first", read("a"));
  }

  @Test
  void missesAbsentFiles() {
    assertThrows(NoSuchFileException.class, () -> disk.open("a"));
    assertThrows(NoSuchFileException.class, () -> disk.sizeBytes("a"));
    assertThrows(NoSuchFileException.class, () -> disk.rename("a", "b"));
    assertThrows(NoSuchFileException.class, () -> disk.create("no/such/folder"));
  }

  @Test
  void renameReplaces() throws IOException {
    write("a", "new");
    write("b", "old");
    disk.rename("a", "b");
    disk.syncDirectory("");
    assertEquals("new", read("b"));
    assertFalse(disk.exists("a"));
  }

  @Test
  void linkDoesNotReplace() throws IOException {
    write("a", "one");
    write("b", "two");
    assertThrows(FileAlreadyExistsException.class, () -> disk.link("a", "b"));
    assertEquals("two", read("b"));
    disk.link("a", "c");
    disk.delete("a");
    assertEquals("one", read("c"));
  }

  @Test
  void deletesFilesAndEmptyFolders() throws IOException {
    disk.createDirectories("x/y");
    write("x/y/a", "one");
    assertThrows(IOException.class, () -> disk.delete("x/y"));
    disk.delete("x/y/a");
    disk.delete("x/y/a");
    disk.delete("x/y");
    assertFalse(disk.exists("x/y"));
    assertTrue(disk.exists("x"));
  }

  @Test
  void aReaderOutlivesTheName() throws IOException {
    write("a", "one");
    try (ReadableFile file = disk.open("a")) {
      disk.delete("a");
      ByteBuffer bytes = ByteBuffer.allocate(3);
      file.read(0, bytes);
      assertArrayEquals("one".getBytes(StandardCharsets.UTF_8), bytes.array());
    }
  }

  @Test
  void listsSortedNames() throws IOException {
    disk.createDirectories("x/y");
    write("x/b", "");
    write("x/a", "");
    write("x/y/c", "");
    assertEquals(List.of("a", "b", "y"), disk.list("x"));
    assertEquals(List.of("x"), disk.list(""));
    assertEquals(List.of(), disk.list("absent"));
  }

  @Test
  void truncates() throws IOException {
    write("a", "abcdef");
    disk.truncate("a", 2);
    assertEquals("ab", read("a"));
  }

  @Test
  void mapsBeyondTheFilesClosing() throws IOException {
    write("a", "abc");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment map;
      try (ReadableFile file = disk.open("a")) {
        map = file.map(arena);
      }
      assertEquals(3, map.byteSize());
      assertEquals('c', map.get(ValueLayout.JAVA_BYTE, 2));
      assertTrue(map.isReadOnly());
    }
  }

  @Test
  void locksAFolderOnce() throws Exception {
    disk.createDirectories("x");
    AutoCloseable lock = disk.lock("x");
    assertThrows(IOException.class, () -> disk.lock("x"));
    assertEquals(List.of(), disk.list("x"));
    lock.close();
    disk.lock("x").close();
  }

  @Test
  void saysWhatIsFree() throws IOException {
    assertTrue(disk.freeBytes() > 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "/a", "x/../../a", "x//a", "./a", "x/", "x\\a", "x\0a"})
  void refusesPathsThatLeaveTheDisk(String path) {
    assertThrows(IOException.class, () -> disk.create(path));
    assertThrows(IOException.class, () -> disk.open(path));
    assertThrows(IOException.class, () -> disk.list(path));
    assertThrows(IOException.class, () -> disk.delete(path));
  }
}
