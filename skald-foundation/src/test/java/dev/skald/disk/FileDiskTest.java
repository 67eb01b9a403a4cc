package dev.skald.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileDiskTest extends DiskContract {
  private final Path folder;

  FileDiskTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  protected Disk emptyDisk() throws IOException {
    return FileDisk.at(folder.resolve("root"));
  }

  @Test
  void anInterruptedReaderDoesNotEndTheFileForOthers() throws IOException {
    Disk disk = emptyDisk();
    try (WritableFile file = disk.create("a")) {
      file.write(ByteBuffer.wrap(new byte[] {5}));
    }
    try (ReadableFile file = disk.open("a")) {
      Thread.currentThread().interrupt();
      assertThrows(IOException.class, () -> file.read(0, ByteBuffer.allocate(1)));
      assertTrue(Thread.interrupted());
      ByteBuffer one = ByteBuffer.allocate(1);
      file.read(0, one);
      assertEquals(5, one.array()[0]);
    }
  }

  @Test
  void aFullDiskHasItsOwnException() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.isWritable(full), "needs the full device of Linux");
    try (WritableFile file =
        new ChannelWriter("full", FileChannel.open(full, StandardOpenOption.WRITE))) {
      IOException e =
          assertThrows(IOException.class, () -> file.write(ByteBuffer.wrap(new byte[10])));
      assertInstanceOf(DiskFullException.class, e);
      assertTrue(String.valueOf(e.getMessage()).startsWith("full: "), e.toString());
    }
  }
}
