package dev.skald.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.clock.ManualClock;
import dev.skald.disk.MemoryDisk;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.storage.head.Batches;
import dev.skald.storage.head.Batches.Row;
import dev.skald.storage.retention.RetentionConfig;
import dev.skald.storage.retention.RetentionRules;
import dev.skald.storage.retention.RetentionRules.StreamRule;
import dev.skald.storage.retention.StorePolicy.DeletionMode;
import dev.skald.storage.retention.StorePolicy.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows past their time are not seen at once and gone later; clocks that jump delete nothing. */
final class RetentionTest {
  private static final long NOW = 1_700_000_000_000_000_000L; // 22:13:20 UTC
  private static final long MINUTE = 60_000_000_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private final MemoryDisk disk = new MemoryDisk();
  private final ManualClock clock = new ManualClock(NOW);
  private final KnownPolicy policy = new KnownPolicy();
  private StoreConfig config = StoreConfig.DEFAULT;

  private StoreHarness open() throws IOException {
    return StoreHarness.open(disk, config, clock, policy);
  }

  /** Time passes, with a round of upkeep every ten minutes. */
  private void pass(StoreHarness store, long nanos) {
    for (long passed = 0; passed < nanos; passed += 10 * MINUTE) {
      clock.advanceNanos(10 * MINUTE);
      store.store().runUpkeep();
    }
  }

  private static StreamRule rule(String app, int priority, long period) {
    return new StreamRule(List.of(new Matcher("app", Matcher.Op.EQUAL, app)), priority, period);
  }

  private static List<String> lines(StoreHarness store) {
    return store.rows().stream().map(Row::line).sorted().toList();
  }

  @Test
  void rowsPastTheirTimeAreHiddenAtOnceAndGoneAfterTheDelay() throws IOException {
    policy.rules = new RetentionRules(2 * DAY, List.of());
    try (StoreHarness store = open()) {
      store.append(Batches.row("a", NOW, "old"), Batches.row("a", NOW + DAY, "new"));
      store.store().flush();
      assertEquals(2, store.store().stats().segments());
      store.store().runUpkeep();
      clock.advanceNanos(2 * DAY);
      assertEquals(List.of("new", "old"), lines(store), "exactly at its age it is there");
      clock.advanceNanos(1);
      assertEquals(List.of("new"), lines(store));
      assertEquals(
          List.of(), store.store().series(StoreHarness.TENANT, List.of(), span(NOW, NOW + 10)));
      store.store().runUpkeep();
      assertEquals(2, store.store().stats().segments(), "seen once only");
      pass(store, HOUR);
      assertEquals(2, store.store().stats().segments());
      pass(store, 90 * MINUTE);
      assertEquals(1, store.store().stats().segments());
      assertEquals(1, store.store().upkeepStats().rowsExpiredTotal());
    }
  }

  private static dev.skald.model.QuerySpan span(long from, long to) {
    return new dev.skald.model.QuerySpan(from, to);
  }

  @Test
  void theHighestPriorityThenTheFirstWins() {
    RetentionRules rules =
        new RetentionRules(
            30 * DAY,
            List.of(
                rule("a", 1, 14 * DAY),
                new StreamRule(List.of(new Matcher("level", Matcher.Op.EQUAL, "debug")), 2, DAY),
                new StreamRule(
                    List.of(new Matcher("level", Matcher.Op.REGEX, "d.*")), 2, 3 * DAY)));
    assertEquals(DAY, rules.periodNanos(Labels.of("app", "a", "level", "debug")));
    assertEquals(3 * DAY, rules.periodNanos(Labels.of("app", "a", "level", "dim")));
    assertEquals(14 * DAY, rules.periodNanos(Labels.of("app", "a")));
    assertEquals(30 * DAY, rules.periodNanos(Labels.of("app", "b")));
    assertEquals(DAY, rules.shortestNanos());
    assertEquals(30 * DAY, rules.longestNanos());
  }

  @Test
  void streamsOfOneSegmentMayHaveDifferentPeriods() throws IOException {
    policy.rules = new RetentionRules(RetentionRules.FOR_EVER_NANOS, List.of(rule("a", 1, DAY)));
    try (StoreHarness store = open()) {
      store.append(Batches.row("a", NOW, "short"), Batches.row("b", NOW, "long"));
      store.store().runUpkeep();
      clock.advanceNanos(DAY + 1);
      assertEquals(List.of("long"), lines(store), "in the head");
      assertEquals(
          List.of(Labels.of("app", "b")),
          store.store().series(StoreHarness.TENANT, List.of(), StoreHarness.ALWAYS));
      store.store().flush();
      assertEquals(List.of("long"), lines(store), "in a segment");
      assertEquals(
          List.of(Labels.of("app", "b")),
          store.store().series(StoreHarness.TENANT, List.of(), StoreHarness.ALWAYS));
      pass(store, 4 * HOUR);
      assertEquals(1, store.store().upkeepStats().rowsExpiredTotal());
      policy.rules = RetentionRules.FOR_EVER;
      assertEquals(List.of("long"), lines(store), "the other is gone from the disk");
    }
  }

  @Test
  void aClockThatJumpsForwardDeletesNothing() throws IOException {
    policy.rules = new RetentionRules(2 * DAY, List.of());
    try (StoreHarness store = open()) {
      store.append(Batches.row("a", NOW, "x"));
      store.store().flush();
      pass(store, 3 * HOUR);
      clock.setEpochNanos(NOW + 365 * DAY);
      assertEquals(List.of(), lines(store), "hidden while the clock says so");
      pass(store, 12 * HOUR);
      assertEquals(1, store.store().stats().segments(), "running time knows better");
      clock.setEpochNanos(NOW + 15 * HOUR);
      assertEquals(List.of("x"), lines(store));
      pass(store, 2 * DAY + 3 * HOUR);
      assertEquals(0, store.store().stats().segments(), "gone in its time");
    }
  }

  @Test
  void aClockThatJumpsForwardDeletesNothingEvenIfItWasWrongAtTheStart() throws IOException {
    policy.rules = new RetentionRules(2 * DAY, List.of());
    try (StoreHarness store = open()) {
      store.append(Batches.row("a", NOW, "x"));
      store.store().flush();
    }
    clock.setEpochNanos(NOW + 365 * DAY);
    try (StoreHarness store = open()) {
      store.append(Batches.row("a", NOW + HOUR, "y"));
      pass(store, DAY);
      policy.rules = RetentionRules.FOR_EVER;
      assertEquals(List.of("x", "y"), lines(store));
    }
  }

  @Test
  void aShortJumpIsForgivenEvenIfEntriesFollowIt() throws IOException {
    policy.rules = new RetentionRules(2 * DAY, List.of());
    try (StoreHarness store = open()) {
      store.append(Batches.row("a", NOW, "x"));
      store.store().flush();
      pass(store, 3 * HOUR);
      clock.setEpochNanos(NOW + 30 * DAY);
      store.append(Batches.row("a", NOW + 30 * DAY, "y")); // from a sender with the same clock
      pass(store, HOUR);
      clock.setEpochNanos(NOW + 4 * HOUR);
      pass(store, 4 * HOUR);
      assertEquals(List.of("x", "y"), lines(store));
    }
  }

  @Test
  void aClockThatJumpsBackDeletesNothingNew() throws IOException {
    policy.rules = new RetentionRules(2 * DAY, List.of());
    try (StoreHarness store = open()) {
      store.append(Batches.row("a", NOW, "x"));
      store.store().flush();
      for (int i = 0; i < 60; i++) {
        clock.setEpochNanos(clock.nowEpochNanos() - HOUR); // minus an hour, each time
        pass(store, 10 * MINUTE);
      }
      assertEquals(List.of("x"), lines(store));
    }
  }

  @Test
  void anHourMoreOrLessAndALeapSecondChangeNothing() throws IOException {
    policy.rules = new RetentionRules(2 * DAY, List.of());
    try (StoreHarness store = open()) {
      store.append(Batches.row("a", NOW, "x"));
      store.store().flush();
      pass(store, DAY);
      clock.setEpochNanos(clock.nowEpochNanos() + HOUR);
      pass(store, 6 * HOUR);
      clock.setEpochNanos(clock.nowEpochNanos() - HOUR - 1_000_000_000L);
      pass(store, 17 * HOUR);
      assertEquals(1, store.store().stats().segments());
      pass(store, 4 * HOUR);
      assertEquals(0, store.store().stats().segments());
    }
  }

  @Test
  void afterALongTimeOffNewEntriesShowThatTheTimeIsRight() throws IOException {
    policy.rules = new RetentionRules(2 * DAY, List.of());
    try (StoreHarness store = open()) {
      store.append(Batches.row("a", NOW, "x"));
      store.store().flush();
    }
    clock.advanceNanos(30 * DAY);
    try (StoreHarness store = open()) {
      pass(store, 5 * HOUR);
      assertEquals(1, store.store().stats().segments(), "nothing says that the clock is right");
      store.append(Batches.row("a", clock.nowEpochNanos(), "y"));
      pass(store, 3 * HOUR);
      assertEquals(0, store.store().stats().segments());
      assertEquals(List.of("y"), lines(store));
    }
  }

  @Test
  void theOldestSegmentsGoWhereATenantHasTooMuch() throws IOException {
    try (StoreHarness store = open()) {
      for (int i = 0; i < 5; i++) {
        store.append(Batches.row("a", NOW + i * DAY, "line " + i));
        store.store().flush();
      }
      long bytes = store.store().stats().segmentBytes();
      policy.limits = new Limits(DeletionMode.DISABLED, 0, bytes * 3 / 5);
      store.store().runUpkeep();
      assertEquals(List.of("line 2", "line 3", "line 4"), lines(store));
      assertEquals(2, store.store().upkeepStats().rowsEvictedTotal());
      policy.limits = new Limits(DeletionMode.DISABLED, 0, 1);
      store.store().runUpkeep();
      assertEquals(List.of("line 4"), lines(store), "the newest stays");
    }
  }

  @Test
  void aNearlyFullDiskRefusesPushesAndServes() throws IOException {
    long floor = 10_000;
    config =
        config.withUpkeep(
            config.upkeep().withRetention(new RetentionConfig(DAY, 2 * HOUR, 0, floor)));
    disk.capacityBytes(1 << 20);
    try (StoreHarness store = open()) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        rows.add(Batches.row("a", NOW + i * DAY, "x".repeat(10)));
        store.append(rows.getLast());
        store.store().flush();
      }
      disk.capacityBytes(disk.usedBytes() + floor - 300);
      clock.advanceNanos(2_000_000_000L);
      SkaldException e =
          assertThrows(
              SkaldException.class, () -> store.append(Batches.row("a", NOW + 9, "refused")));
      assertEquals(ErrorKind.UNAVAILABLE, e.kind());
      assertTrue(String.valueOf(e.getMessage()).startsWith("the disk is nearly full: free="));
      assertEquals(1, store.store().refusedForSpace());
      store.store().runUpkeep();
      assertEquals(4, store.rows().size(), "nothing is deleted unless configured");

      policy.limits = new Limits(DeletionMode.DISABLED, 0, Long.MAX_VALUE);
      store.store().runUpkeep();
      clock.advanceNanos(2_000_000_000L);
      assertTrue(store.rows().size() < 4, "the oldest made room");
      assertTrue(store.rows().contains(rows.getLast()));
      store.append(Batches.row("a", NOW + 9, "taken"));
    }
  }
}
