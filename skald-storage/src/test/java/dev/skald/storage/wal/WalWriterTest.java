package dev.skald.storage.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.disk.FaultyDisk;
import dev.skald.disk.FileDisk;
import dev.skald.disk.MemoryDisk;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WalWriterTest {
  private final MemoryDisk memory = new MemoryDisk();
  private final FaultyDisk disk = FaultyDisk.over(memory, new Random(7));

  @Test
  void appendsAreVisibleInOrderAndReplayed() throws IOException {
    try (WalHarness log = WalHarness.open(disk)) {
      log.append("one");
      log.append("");
      log.append("three");
      assertEquals(List.of("one", "", "three"), log.durable());
    }
    assertEquals(List.of("one", "", "three"), WalHarness.replay(memory));
  }

  @Test
  void acknowledgedMeansSyncedAndItsNameToo() throws IOException {
    try (WalHarness log = WalHarness.open(disk)) {
      log.append("one");
      for (int seed = 0; seed < 20; seed++) {
        assertEquals(List.of("one"), WalHarness.replay(memory.afterCrash(new Random(seed))));
      }
    }
  }

  @Test
  void noFileIsMadeBeforeTheFirstAppend() throws IOException {
    WalHarness.open(disk).close();
    assertEquals(List.of(), disk.list(WalHarness.FOLDER));
  }

  @Test
  void manyThreadsShareSyncs() throws Exception {
    int clients = 40;
    int each = 25;
    try (WalHarness log = WalHarness.open(disk);
        ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int c = 0; c < clients; c++) {
        int client = c;
        running.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    log.append(client + "/" + i);
                  }
                }));
      }
      for (Future<?> client : running) {
        client.get();
      }
      WalStats stats = log.writer().stats();
      assertEquals((long) clients * each, stats.records());
      assertTrue(stats.syncs() < stats.records(), "syncs=" + stats.syncs());
      assertEquals(log.durable(), WalHarness.replay(memory), "visible in the order of the log");
    }
  }

  @Test
  void rotationIsABoundary() throws IOException {
    List<String> before = new ArrayList<>();
    long next;
    try (WalHarness log = WalHarness.open(disk)) {
      log.append("old");
      next = log.writer().rotate(() -> before.addAll(log.durable()));
      log.append("new");
      assertEquals(List.of("old"), before);
      log.writer().deleteBefore(next);
    }
    assertEquals(List.of("new"), WalHarness.replay(memory));
    List<String> nothing = new ArrayList<>();
    WalHarness.replay(memory, next + 1, nothing);
    assertEquals(List.of(), nothing, "files before the first live one are not served");
    assertEquals(List.of(), memory.list(WalHarness.FOLDER), "but deleted");
  }

  @Test
  void numbersAreNotUsedTwice() throws IOException {
    try (WalHarness log = WalHarness.open(disk)) {
      log.append("one");
      long next = log.writer().rotate(() -> {});
      assertEquals(2, next);
      log.writer().deleteBefore(next);
    }
    WalReplay.Result replayed = WalHarness.replay(memory, 2, new ArrayList<>());
    assertEquals(1, replayed.fileNumberMax(), "the next file is number 2");
  }

  @Test
  void largeFilesAreFollowedByTheNext() throws IOException {
    String text = "x".repeat(100);
    try (WalHarness log = WalHarness.open(disk, WalConfig.DEFAULT.withFileBytesMax(250))) {
      for (int i = 0; i < 6; i++) {
        log.append(text);
      }
    }
    assertEquals(
        List.of("00000001.wal", "00000002.wal", "00000003.wal"), disk.list(WalHarness.FOLDER));
    assertEquals(6, WalHarness.replay(memory).size());
  }

  @Test
  void refusesRecordsBeyondTheLimit() throws IOException {
    WalConfig config =
        new WalConfig(Durability.FSYNC, 1_000_000_000L, 1 << 20, 5_000_000L, 1 << 20, 10, 100);
    try (WalHarness log = WalHarness.open(disk, config)) {
      log.append("0123456789");
      SkaldException e = assertThrows(SkaldException.class, () -> log.append("0123456789a"));
      assertEquals(ErrorKind.TOO_LARGE, e.kind());
      assertEquals("wal record too large: bytes=11 max=10", e.getMessage());
    }
  }

  @Test
  void refusesWhatDoesNotFitTheQueue() {
    WalQueue queue = new WalQueue(10);
    queue.put(waiting(4));
    queue.put(waiting(6));
    SkaldException e = assertThrows(SkaldException.class, () -> queue.put(waiting(1)));
    assertEquals(ErrorKind.UNAVAILABLE, e.kind());
    assertEquals("too much waits to be written: bytes=11 max=10", e.getMessage());
    assertNotNull(queue.pollAppend());
    queue.put(waiting(4));
  }

  private static WalQueue.Request waiting(int bytes) {
    ByteBuffer[] payload = {ByteBuffer.allocate(bytes)};
    return new WalQueue.Request.Append(WalAppend.of(payload, bytes, () -> {}));
  }

  @Test
  void refusesAfterClosing() throws IOException {
    WalHarness log = WalHarness.open(disk);
    log.append("one");
    log.close();
    log.close();
    SkaldException e = assertThrows(SkaldException.class, () -> log.append("two"));
    assertEquals(ErrorKind.UNAVAILABLE, e.kind());
  }

  @Test
  void anInterruptDoesNotLoseAnAppend() throws IOException {
    try (WalHarness log = WalHarness.open(disk)) {
      Thread.currentThread().interrupt();
      log.append("one");
      assertTrue(Thread.interrupted(), "the interrupt is kept");
      assertEquals(List.of("one"), log.durable());
    }
  }

  @Test
  void aBugInAnActionStopsTheLog() throws IOException {
    try (WalHarness log = WalHarness.open(disk)) {
      Runnable bug =
          () -> {
            throw new IllegalStateException("bug");
          };
      SkaldException e =
          assertThrows(SkaldException.class, () -> log.writer().append(new ByteBuffer[0], bug));
      assertEquals(ErrorKind.BUG, e.kind());
      assertEquals(
          ErrorKind.BUG, assertThrows(SkaldException.class, () -> log.append("later")).kind());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Durability.class,
      names = {"INTERVAL", "OS"})
  void lesserDurabilityWritesWithoutWaitingForTheDisk(Durability durability) throws IOException {
    try (WalHarness log = WalHarness.open(disk, WalConfig.DEFAULT.withDurability(durability))) {
      log.append("one");
      log.append("two");
      assertEquals(0, log.writer().stats().syncs());
      assertEquals(List.of("one", "two"), WalHarness.replay(memory), "survives the process");
    }
  }

  @Test
  void theIntervalEndsInASync() throws Exception {
    WalConfig config =
        new WalConfig(Durability.INTERVAL, 20_000_000L, 1 << 20, 5_000_000L, 1 << 20, 100, 100);
    try (WalHarness log = WalHarness.open(disk, config)) {
      log.append("one");
      while (log.writer().stats().syncs() == 0) {
        Thread.sleep(5);
      }
      assertEquals(List.of("one"), WalHarness.replay(memory.afterCrash(new Random(3))));
    }
  }

  @Test
  void worksOnFiles(@TempDir Path folder) throws IOException {
    String large = "y".repeat(WalFile.STAGING_BYTES * 3 + 11);
    try (WalHarness log = WalHarness.open(FileDisk.at(folder))) {
      log.append("one");
      log.append(large);
    }
    try (WalHarness log = WalHarness.open(FileDisk.at(folder))) {
      assertEquals(List.of("one", large), log.replayedTexts());
      log.append("three");
    }
    assertEquals(List.of("one", large, "three"), WalHarness.replay(FileDisk.at(folder)));
  }
}
