package dev.skald.storage;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.clock.ManualClock;
import dev.skald.disk.FileDisk;
import dev.skald.disk.MemoryDisk;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.head.Batches;
import dev.skald.storage.head.Batches.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskLogStoreTest {
  private static final long DAY = 86_400_000_000_000L;

  private final MemoryDisk disk = new MemoryDisk();

  private static Row row(String app, long time, String line) {
    return Batches.row(app, time, line);
  }

  @Test
  void servesFromHeadFromSegmentsAndAfterReopening() throws IOException {
    List<Row> first = List.of(row("a", 1, "one"), row("b", 2, "two"), row("a", 3, "three"));
    List<Row> second = List.of(row("b", 4, "four"));
    try (StoreHarness store = StoreHarness.open(disk)) {
      store.append(first);
      assertEquals(first, store.rows());
      store.store().flush();
      assertEquals(List.of(first.get(0), first.get(2), first.get(1)), store.rows(), "by stream");
      store.append(second);
      assertEquals(4, store.rows().size());
    }
    try (StoreHarness store = StoreHarness.open(disk)) {
      assertEquals(4, store.rows().size());
      assertEquals(second.getFirst(), store.rows().getLast(), "from the log");
      assertEquals(1, store.store().stats().headEntries());
      assertEquals(1, store.store().stats().segments());
    }
  }

  @Test
  void aFlushedLogIsDeleted() throws IOException {
    try (StoreHarness store = StoreHarness.open(disk)) {
      store.append(row("a", 1, "one"));
      store.store().flush();
      assertEquals(List.of(), disk.list("wal"));
      assertEquals(0, store.store().stats().walBytes());
      store.store().flush();
      assertEquals(1, store.store().stats().flushesTotal(), "nothing to do the second time");
    }
  }

  @Test
  void selectsByMatchersAndSpan() throws IOException {
    try (StoreHarness store = StoreHarness.open(disk)) {
      store.append(row("a", 1, "s1"), row("b", 2, "s2"), row("a", 3, "s3"), row("a", 5, "s5"));
      store.store().flush();
      store.append(row("a", 6, "h6"), row("b", 7, "h7"), row("a", 8, "h8"));
      List<Matcher> a = List.of(Matcher.equal("app", "a"));
      List<Matcher> notA = List.of(new Matcher("app", Matcher.Op.NOT_EQUAL, "a"));
      List<Matcher> missing = List.of(Matcher.equal("env", ""));
      assertEquals(
          List.of(row("a", 3, "s3"), row("a", 5, "s5"), row("a", 6, "h6")),
          store.rows(a, new QuerySpan(3, 8)));
      assertEquals(
          List.of(row("b", 2, "s2"), row("b", 7, "h7")), store.rows(notA, StoreHarness.ALWAYS));
      assertEquals(7, store.rows(missing, StoreHarness.ALWAYS).size());
      assertEquals(List.of(), store.rows(a, new QuerySpan(9, 100)));
      assertEquals(List.of(), store.rows(a, new QuerySpan(3, 3)));
    }
  }

  @Test
  void listsSeriesAndLabels() throws IOException {
    try (StoreHarness store = StoreHarness.open(disk)) {
      store.append(row("a", 1, "x"), row("b", 2, "x"));
      store.store().flush();
      store.append(row("c", 10, "x"), row("a", 11, "x"));
      DiskLogStore logs = store.store();
      TenantId tenant = StoreHarness.TENANT;
      assertEquals(
          List.of(Labels.of("app", "a"), Labels.of("app", "b"), Labels.of("app", "c")),
          logs.series(tenant, List.of(), StoreHarness.ALWAYS));
      assertEquals(
          List.of("a", "c"), logs.labelValues(tenant, "app", List.of(), new QuerySpan(5, 20)));
      assertEquals(Set.of("app"), logs.labelNames(tenant, List.of(), StoreHarness.ALWAYS));
      assertEquals(Set.of(), logs.labelNames(tenant, List.of(), new QuerySpan(50, 60)));
      assertEquals(
          Set.of(), logs.labelNames(new TenantId("nobody"), List.of(), StoreHarness.ALWAYS));
      assertTrue(logs.isActiveStream(tenant, Labels.of("app", "c")));
      assertFalse(logs.isActiveStream(tenant, Labels.of("app", "d")));
      assertEquals(3, logs.activeStreamCount(tenant), "b was written to one flush ago");
    }
  }

  @Test
  void tenantsDoNotSeeEachOther() throws IOException {
    TenantId other = new TenantId("other");
    try (StoreHarness store = StoreHarness.open(disk)) {
      store.append(row("a", 1, "mine"));
      store.store().append(other, Batches.of(row("a", 1, "theirs")));
      for (int i = 0; i < 2; i++) {
        assertEquals(List.of(row("a", 1, "mine")), store.rows());
        assertEquals(
            List.of(row("a", 1, "theirs")), store.rows(other, List.of(), StoreHarness.ALWAYS));
        store.store().flush();
      }
      assertEquals(2, store.store().stats().segments());
    }
  }

  @Test
  void aFlushCutsAtUtcDays() throws IOException {
    List<Row> rows =
        List.of(row("a", DAY - 1, "x"), row("a", DAY, "y"), row("a", -1, "before 1970"));
    try (StoreHarness store = StoreHarness.open(disk)) {
      store.append(rows);
      store.store().flush();
      assertEquals(3, store.store().stats().segments());
      assertEquals(Set.copyOf(rows), Set.copyOf(store.rows()));
      assertEquals(List.of(rows.get(1)), store.rows(List.of(), new QuerySpan(DAY, DAY + 1)));
    }
  }

  @Test
  void anEntryPushedAgainIsStoredOnce() throws IOException {
    List<Row> rows =
        List.of(
            row("a", 1, "x"),
            row("a", 1, "y"),
            row("b", 1, "x"),
            row("a", 2, "x"),
            new Row(Labels.of("app", "a"), 2, "x", Labels.of("trace", "1")));
    try (StoreHarness store = StoreHarness.open(disk)) {
      for (int i = 0; i < 4; i++) {
        store.append(rows);
        assertEquals(5, store.rows().size(), "push " + i);
        store.append(rows);
        assertEquals(Set.copyOf(rows), new HashSet<>(store.rows()), "push " + i);
        assertEquals(5, store.rows().size(), "push " + i);
        if (i % 2 == 0) {
          store.store().flush();
        }
      }
    }
    try (StoreHarness store = StoreHarness.open(disk)) {
      assertEquals(5, store.rows().size());
    }
  }

  /** The reference is a set in order of arrival. */
  @Test
  void duplicatesAreLeftOutWhereverTheyAre() {
    forAll(
        60,
        random -> {
          MemoryDisk mine = new MemoryDisk();
          Set<Row> expected = new LinkedHashSet<>();
          StoreHarness store = StoreHarness.open(mine);
          try {
            for (int step = 0; step < 12; step++) {
              switch (random.nextInt(6)) {
                case 0 -> store.store().flush();
                case 1 -> {
                  store.close();
                  store = StoreHarness.open(mine);
                }
                default -> {
                  List<Row> rows = Batches.random(random, 30);
                  if (!expected.isEmpty() && random.nextBoolean()) {
                    List<Row> known = List.copyOf(expected);
                    int from = random.nextInt(known.size());
                    rows.addAll(known.subList(from, Math.min(known.size(), from + 20)));
                  }
                  store.append(rows);
                  expected.addAll(rows);
                }
              }
              List<Row> actual = store.rows();
              assertEquals(expected.size(), actual.size(), "step " + step);
              assertEquals(expected, new HashSet<>(actual), "step " + step);
            }
            long start = 1_700_000_000_000_000_000L;
            QuerySpan part = new QuerySpan(start, start + random.nextInt(1500));
            List<Matcher> one = List.of(Matcher.equal("app", "app-1"));
            List<Row> wanted =
                expected.stream()
                    .filter(r -> part.contains(r.timestampEpochNanos()))
                    .filter(r -> r.stream().get("app").equals("app-1"))
                    .toList();
            List<Row> found = store.rows(one, part);
            assertEquals(wanted.size(), found.size());
            assertEquals(Set.copyOf(wanted), Set.copyOf(found));
          } finally {
            store.close();
          }
        });
  }

  @Test
  void theFirstCopyIsTheOneThatStays() throws IOException {
    try (StoreHarness store = StoreHarness.open(disk)) {
      store.append(row("a", 1, "x"));
      store.store().flush();
      store.append(row("a", 1, "x"), row("a", 1, "y"));
      try (PageScan scan =
          store.store().scan(StoreHarness.TENANT, List.of(), StoreHarness.ALWAYS)) {
        assertEquals(2, scan.pages().size());
        assertEquals(List.of(row("a", 1, "x"), row("a", 1, "y")), StoreHarness.rows(scan));
      }
      store.store().flush();
      assertEquals(List.of(row("a", 1, "x"), row("a", 1, "y")), store.rows());
    }
  }

  @Test
  void aScanKeepsItsPagesThroughAFlush() throws IOException {
    StoreConfig config = StoreConfig.DEFAULT.withHeadBytes(1 << 16, 1 << 20, 1_000_000_000L);
    try (StoreHarness store = StoreHarness.open(disk, config)) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        rows.add(row("a", i, "line " + i));
      }
      store.append(rows);
      try (PageScan scan =
          store.store().scan(StoreHarness.TENANT, List.of(), StoreHarness.ALWAYS)) {
        store.store().flush();
        for (int i = 0; i < 50; i++) { // would use the pages again if they were free
          store.append(row("b", 1000 + i, "z".repeat(20_000)));
        }
        store.store().flush();
        assertEquals(rows, StoreHarness.rows(scan));
      }
      assertEquals(150, store.rows().size());
    }
  }

  @Test
  void aFullHeadIsFlushedByItself() throws Exception {
    StoreConfig config = StoreConfig.DEFAULT.withHeadBytes(100_000, 400_000, 10_000_000_000L);
    try (StoreHarness store = StoreHarness.open(disk, config)) {
      for (int i = 0; i < 300; i++) {
        store.append(row("a", i, "x".repeat(5_000)));
      }
      assertTrue(store.store().stats().flushesTotal() > 2, store.store().stats().toString());
      assertEquals(300, store.rows().size());
    }
  }

  @Test
  void anOldHeadIsFlushed() throws Exception {
    ManualClock clock = new ManualClock(0);
    try (StoreHarness store = StoreHarness.open(disk, StoreConfig.DEFAULT, clock)) {
      store.append(row("a", 1, "x"));
      clock.advanceNanos(StoreConfig.DEFAULT.flushIdleNanosMax());
      while (store.store().stats().flushesTotal() == 0) {
        Thread.sleep(20);
      }
      assertEquals(1, store.store().stats().segments());
    }
  }

  @Test
  void aLargeBatchBecomesSeveralRecords() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(row("a", i, i + "x".repeat(1 << 20)));
    }
    try (StoreHarness store = StoreHarness.open(disk)) {
      store.append(rows);
      assertEquals(3, store.store().stats().walRecordsTotal());
      assertEquals(rows, store.rows());
    }
  }

  @Test
  void aLogLargerThanTheHeadIsReplayedAndFlushed() throws IOException {
    List<Row> rows = new ArrayList<>();
    try (StoreHarness store = StoreHarness.open(disk)) {
      for (int i = 0; i < 100; i++) {
        rows.add(row("a", i, i + "x".repeat(10_000)));
        store.append(rows.getLast());
      }
    }
    StoreConfig small = StoreConfig.DEFAULT.withHeadBytes(200_000, 400_000, 0);
    try (StoreHarness store = StoreHarness.open(disk, small)) {
      // the head holds 0.4 of 1 MB at most, and what it holds may be on its way
      assertTrue(store.store().stats().segments() >= 2, store.store().stats().toString());
      assertEquals(rows, store.rows());
    }
    try (StoreHarness store = StoreHarness.open(disk, small)) {
      assertEquals(rows, store.rows(), "rows that are in segments and in the log come once");
    }
  }

  @Test
  void onlyOneMayHaveIt() throws IOException {
    StoreHarness store = StoreHarness.open(disk);
    assertThrows(IOException.class, () -> StoreHarness.open(disk));
    store.close();
    store.close();
    StoreHarness.open(disk).close();
  }

  @Test
  void aClosedStoreRefuses() throws IOException {
    StoreHarness store = StoreHarness.open(disk);
    store.close();
    for (Runnable call :
        List.<Runnable>of(
            () -> store.append(row("a", 1, "x")), () -> store.store().flush(), store::rows)) {
      SkaldException e = assertThrows(SkaldException.class, call::run);
      assertEquals(ErrorKind.UNAVAILABLE, e.kind());
    }
  }

  @Test
  void worksOnFiles(@TempDir Path folder) throws IOException {
    List<Row> rows = List.of(row("a", 1, "one"), row("b", 2, "two"));
    try (StoreHarness store = StoreHarness.open(FileDisk.at(folder))) {
      store.append(rows);
      store.store().flush();
      store.append(row("c", 3, "three"));
    }
    try (StoreHarness store = StoreHarness.open(FileDisk.at(folder))) {
      assertEquals(3, store.rows().size());
      assertEquals(0, store.store().stats().corruptionsTotal());
    }
  }
}
