package dev.skald.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchPoolTest {
  private final BatchPool pool = new BatchPool(2);

  @Test
  void aBatchThatNobodyKeepsIsUsedAgain() {
    EntryBatch first = pool.lease(10, 100);
    pool.giveBack(first);
    assertSame(first, pool.lease(20, 50));
    assertNotSame(first, pool.lease(20, 50));
  }

  @Test
  void aBatchThatSomebodyKeepsIsNotUsedAgain() {
    EntryBatch kept = pool.lease(10, 100);
    kept.keep();
    pool.giveBack(kept);
    assertNotSame(kept, pool.lease(10, 100));
    assertThrows(IllegalStateException.class, () -> kept.restart(1, 1));
  }

  @Test
  void aLargeBatchIsLeftToTheCollector() {
    EntryBatch large = pool.lease(10, 5 << 20);
    pool.giveBack(large);
    assertNotSame(large, pool.lease(10, 100));
  }

  /** The plain one is new each time. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aBatchUsedAgainHoldsWhatANewOneHolds(long seed) {
    for (int push = 0; push < 20; push++) {
      EntryBatch again = pool.lease(16, 64);
      EntryBatch plain = new EntryBatch();
      fill(again, new Random(seed * 100 + push));
      fill(plain, new Random(seed * 100 + push));
      assertEqualRows(plain, again, "seed " + seed + " push " + push);
      pool.giveBack(again);
    }
  }

  private static void fill(EntryBatch batch, Random random) {
    int rows = random.nextInt(300);
    for (int row = 0; row < rows; row++) {
      int stream = batch.stream(Labels.of("app", "a" + random.nextInt(50)));
      int set = random.nextInt(20);
      int metadata = batch.metadataSet(set == 0 ? Labels.EMPTY : Labels.of("k", "v".repeat(set)));
      byte[] line = "x".repeat(random.nextInt(40)).getBytes(StandardCharsets.UTF_8);
      batch.add(stream, random.nextLong(), line, 0, line.length, metadata);
    }
  }

  private static void assertEqualRows(EntryBatch plain, EntryBatch again, String where) {
    int rows = plain.rowCount();
    assertEquals(rows, again.rowCount(), where);
    assertEquals(plain.streamCount(), again.streamCount(), where);
    assertEquals(plain.metadataCount(), again.metadataCount(), where);
    assertEquals(plain.lineBytes(), again.lineBytes(), where);
    assertEquals(plain.metadataBytes(), again.metadataBytes(), where);
    assertArrayEquals(
        Arrays.copyOf(plain.timestampsEpochNanos(), rows),
        Arrays.copyOf(again.timestampsEpochNanos(), rows),
        where);
    assertArrayEquals(
        Arrays.copyOf(plain.lines().offsets(), rows + 1),
        Arrays.copyOf(again.lines().offsets(), rows + 1),
        where);
    for (int row = 0; row < rows; row++) {
      assertEquals(
          plain.stream(plain.streamOrdinals()[row]), again.stream(again.streamOrdinals()[row]));
      assertEquals(
          plain.metadata(plain.metadataOrdinals()[row]),
          again.metadata(again.metadataOrdinals()[row]));
    }
  }
}
