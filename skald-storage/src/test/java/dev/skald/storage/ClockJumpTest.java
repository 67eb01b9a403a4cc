package dev.skald.storage;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.clock.ManualClock;
import dev.skald.disk.MemoryDisk;
import dev.skald.storage.head.Batches;
import dev.skald.storage.head.Batches.Row;
import dev.skald.storage.retention.RetentionRules;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The clock jumps an hour forward and back, there are leap seconds, entries come out of order and hours late: none is
 * lost, and none is deleted before its time by the right clock.
 */
final class ClockJumpTest {
  private static final long NOW = 1_700_000_000_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long PERIOD = 24 * HOUR;
  private static final int STEPS = 200;

  /**
   * @param period how long the store is told to keep rows
   */
  private static void run(Random random, long period) throws IOException {
    MemoryDisk disk = new MemoryDisk();
    ManualClock clock = new ManualClock(NOW);
    KnownPolicy policy = new KnownPolicy();
    policy.rules = new RetentionRules(period, List.of());
    Set<Row> sent = new LinkedHashSet<>();
    long rightNanos = NOW;
    long wrongNanos = 0;
    StoreHarness store = StoreHarness.open(disk, StoreConfig.DEFAULT, clock, policy);
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(10)) {
        case 0 -> wrongNanos = wrongNanos == 0 ? (random.nextBoolean() ? HOUR : -HOUR) : 0;
        case 1 -> wrongNanos += random.nextBoolean() ? SECOND : -SECOND;
        case 2 -> store.store().flush();
        case 3 -> {
          store.close();
          store = StoreHarness.open(disk, StoreConfig.DEFAULT, clock, policy);
        }
        default -> {
          long late = random.nextInt(4) == 0 ? random.nextLong(3 * HOUR) : random.nextLong(SECOND);
          Row row = Batches.row("a-" + random.nextInt(3), rightNanos - late, "step " + step);
          store.append(row);
          sent.add(row);
        }
      }
      clock.advanceNanos(10 * MINUTE);
      rightNanos += 10 * MINUTE;
      clock.setEpochNanos(rightNanos + wrongNanos);
      store.store().runUpkeep();
    }
    // Hiding follows the clock, so it is put right before anybody looks.
    clock.setEpochNanos(rightNanos);
    long right = rightNanos;
    try (StoreHarness last = store) {
      Set<Row> kept = new LinkedHashSet<>(sent);
      kept.removeIf(row -> row.timestampEpochNanos() < right - PERIOD);
      Set<Row> served = new HashSet<>(last.rows());
      kept.removeAll(served);
      assertEquals(Set.of(), kept, "lost, or deleted early");
      assertTrue(sent.containsAll(served), "invented");
      assertTrue(served.size() < sent.size(), "something did expire");
    }
  }

  @Test
  void nothingIsLostOrDeletedEarly() {
    forAll(20, random -> run(random, PERIOD));
  }

  @Test
  void aRetentionThatIsAnHourShortIsFoundOut() {
    assertThrows(AssertionError.class, () -> forAll(5, random -> run(random, PERIOD - HOUR)));
  }
}
