package dev.skald.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.disk.MemoryDisk;
import dev.skald.storage.head.Batches;
import dev.skald.storage.head.Batches.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Writers, readers and flushes at once. */
final class StoreConcurrencyTest {
  private static final int WRITERS = 4;
  private static final int BATCHES = 120;
  private static final int ROWS = 20;

  private final MemoryDisk disk = new MemoryDisk();
  private final Set<Row> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger writing = new AtomicInteger(WRITERS);

  @Test
  void whatIsAcknowledgedIsSeenOnceByEveryScanAfterwards() throws Exception {
    StoreConfig config = StoreConfig.DEFAULT.withHeadBytes(60_000, 150_000, 20_000_000_000L);
    try (StoreHarness store = StoreHarness.open(disk, config);
        ExecutorService pool = Executors.newFixedThreadPool(WRITERS + 2)) {
      List<Future<?>> running = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        int writer = w;
        running.add(pool.submit(() -> write(store, writer)));
      }
      running.add(pool.submit(() -> read(store)));
      running.add(pool.submit(() -> read(store)));
      for (Future<?> each : running) {
        each.get();
      }
      check(store);
      assertTrue(store.store().stats().flushesTotal() > 1, store.store().stats().toString());
      assertEquals(WRITERS * BATCHES * ROWS, store.rows().size());
    }
    try (StoreHarness store = StoreHarness.open(disk)) {
      check(store);
    }
  }

  /**
   * Each writer has a stream of its own and one that all share; every third batch is sent twice.
   */
  private void write(StoreHarness store, int writer) {
    for (int b = 0; b < BATCHES; b++) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        int n = b * ROWS + i;
        String app = i % 2 == 0 ? "shared" : "writer-" + writer;
        rows.add(Batches.row(app, n, "writer " + writer + " line " + n + " " + "x".repeat(50)));
      }
      store.append(rows);
      acknowledged.addAll(rows);
      if (b % 3 == 0) {
        store.append(rows);
      }
    }
    writing.decrementAndGet();
  }

  private void read(StoreHarness store) {
    do {
      check(store);
    } while (writing.get() > 0);
  }

  private void check(StoreHarness store) {
    Set<Row> before = new HashSet<>(acknowledged);
    List<Row> rows = store.rows();
    Set<Row> distinct = new HashSet<>(rows);
    assertEquals(distinct.size(), rows.size(), "doubled");
    before.removeAll(distinct);
    assertEquals(Set.of(), before, "lost");
  }
}
