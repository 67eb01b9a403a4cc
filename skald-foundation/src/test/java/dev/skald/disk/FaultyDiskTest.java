package dev.skald.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FaultyDiskTest extends DiskContract {
  @Override
  protected Disk emptyDisk() {
    return FaultyDisk.over(new MemoryDisk(), new Random(1));
  }

  @Test
  void stopsAtTheStepAndStaysStopped() throws IOException {
    FaultyDisk disk = FaultyDisk.over(new MemoryDisk(), new Random(1)).crashAt(3);
    WritableFile file = disk.create("a");
    file.write(ByteBuffer.allocate(5));
    assertThrows(IOException.class, file::sync);
    assertTrue(disk.hasCrashed());
    assertThrows(IOException.class, () -> disk.list(""));
    assertEquals(List.of("create a", "write a", "sync a"), disk.operations());
  }

  @Test
  void aFailedSyncLosesItsBytesEvenIfALaterOneWouldWork() throws IOException {
    FaultyDisk disk = FaultyDisk.over(new MemoryDisk(), new Random(1)).failSyncs(1, "a");
    WritableFile file = disk.create("a");
    disk.syncDirectory("");
    file.write(ByteBuffer.allocate(5));
    assertThrows(IOException.class, file::sync);
    assertEquals(0, disk.restart().bytes("a").length);
    assertThrows(AssertionError.class, file::sync);
    assertThrows(AssertionError.class, () -> file.write(ByteBuffer.allocate(1)));
  }
}
