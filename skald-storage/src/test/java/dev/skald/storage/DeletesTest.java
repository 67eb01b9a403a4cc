package dev.skald.storage;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.clock.ManualClock;
import dev.skald.disk.FaultyDisk;
import dev.skald.disk.MemoryDisk;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.check.CheckReport;
import dev.skald.storage.check.StoreCheck;
import dev.skald.storage.head.Batches;
import dev.skald.storage.head.Batches.Row;
import dev.skald.storage.retention.DeleteRequest;
import dev.skald.storage.retention.DeleteRequest.Force;
import dev.skald.storage.retention.DeleteRequest.Status;
import dev.skald.storage.retention.StorePolicy.DeletionMode;
import dev.skald.storage.retention.StorePolicy.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is asked to be deleted is not seen from then on, and gone after a while; nothing else is. */
final class DeletesTest {
  private static final long NOW = 1_700_000_000_000_000_000L;
  private static final long HOUR = 3_600_000_000_000L;
  private static final long FAR = NOW + 1_000 * HOUR;

  private final MemoryDisk disk = new MemoryDisk();
  private final ManualClock clock = new ManualClock(NOW);
  private final KnownPolicy policy = new KnownPolicy();

  private StoreHarness open() throws IOException {
    return StoreHarness.open(disk, StoreConfig.DEFAULT, clock, policy);
  }

  private static DeleteRequest delete(StoreHarness store, String query) {
    return store.store().deletes().request(StoreHarness.TENANT, query, 0, FAR, Force.LIMITED);
  }

  private static List<DeleteRequest> list(StoreHarness store) {
    return store.store().deletes().list(StoreHarness.TENANT);
  }

  @Test
  void rowsAreHiddenAtOnceInHeadAndSegmentsAndGoneLater() throws IOException {
    Row kept = Batches.row("a", NOW, "keep me");
    try (StoreHarness store = open()) {
      store.append(kept, Batches.row("a", NOW + 1, "secret one"));
      store.store().flush();
      store.append(Batches.row("a", NOW + 2, "secret two"));
      delete(store, "a secret");
      assertEquals(List.of(kept), store.rows());
      store.store().runUpkeep();
      assertEquals(Status.RECEIVED, list(store).getFirst().status(), "can still be cancelled");
    }
    try (StoreHarness store = open()) {
      assertEquals(List.of(kept), store.rows(), "hidden after a restart");
      clock.advanceNanos(24 * HOUR);
      store.store().runUpkeep();
      DeleteRequest done = list(store).getFirst();
      assertEquals(Status.PROCESSED, done.status());
      assertEquals(2, done.rowsDeleted());
      assertEquals(2, store.store().upkeepStats().rowsDeletedTotal());
      assertEquals(List.of(kept), store.rows());
      assertEquals(0, store.store().deletes().pendingCount());
    }
    for (String segment : disk.list("objects/segment")) {
      String bytes =
          new String(
              disk.bytes("objects/segment/" + segment),
              java.nio.charset.StandardCharsets.ISO_8859_1);
      assertTrue(!bytes.contains("secret"), "gone from the disk");
    }
  }

  @Test
  void timesAreInclusiveAtBothEnds() throws IOException {
    try (StoreHarness store = open()) {
      for (int i = 0; i < 5; i++) {
        store.append(Batches.row("a", NOW + i, "line " + i));
      }
      store.store().deletes().request(StoreHarness.TENANT, "a", NOW + 1, NOW + 3, Force.LIMITED);
      assertEquals(
          List.of(Batches.row("a", NOW, "line 0"), Batches.row("a", NOW + 4, "line 4")),
          store.rows());
    }
  }

  @Test
  void aCancelledRequestShowsItsRowsAgain() throws IOException {
    try (StoreHarness store = open()) {
      store.append(Batches.row("a", NOW, "x"));
      String id = delete(store, "a").id();
      assertEquals(List.of(), store.rows());
      SkaldException unknown =
          assertThrows(
              SkaldException.class,
              () -> store.store().deletes().cancel(StoreHarness.TENANT, "no", Force.LIMITED));
      assertEquals(ErrorKind.NOT_FOUND, unknown.kind());
      store.store().deletes().cancel(StoreHarness.TENANT, id, Force.LIMITED);
      assertEquals(1, store.rows().size());
      assertEquals(List.of(), list(store));
    }
  }

  @Test
  void tooLateToCancel() throws IOException {
    try (StoreHarness store = open()) {
      store.append(Batches.row("a", NOW, "x"));
      String id = delete(store, "a").id();
      clock.advanceNanos(24 * HOUR);
      SkaldException late =
          assertThrows(
              SkaldException.class,
              () -> store.store().deletes().cancel(StoreHarness.TENANT, id, Force.LIMITED));
      assertTrue(String.valueOf(late.getMessage()).contains("past the deadline of 24h0m0s"));
      store.store().runUpkeep();
      SkaldException done =
          assertThrows(
              SkaldException.class,
              () -> store.store().deletes().cancel(StoreHarness.TENANT, id, Force.FORCED));
      assertTrue(String.valueOf(done.getMessage()).contains("already processed"));
    }
  }

  @Test
  void modesOfDeletion() throws IOException {
    try (StoreHarness store = open()) {
      store.append(Batches.row("a", NOW, "x"));
      store.store().flush();
      delete(store, "a");
      policy.limits = new Limits(DeletionMode.FILTER_ONLY, 0, 0);
      clock.advanceNanos(48 * HOUR);
      store.store().runUpkeep();
      assertEquals(List.of(), store.rows());
      assertEquals(1, store.store().stats().segments(), "hidden only");
      policy.limits = new Limits(DeletionMode.DISABLED, 0, 0);
      assertEquals(1, store.rows().size());
      policy.limits = new Limits(DeletionMode.FILTER_AND_DELETE, 0, 0);
      store.store().runUpkeep();
      assertEquals(0, store.store().stats().segments());
    }
  }

  @Test
  void aRequestBeyondTheLimitOfRowsIsRefusedUnlessForced() throws IOException {
    policy.limits = new Limits(DeletionMode.FILTER_AND_DELETE, 2, 0);
    try (StoreHarness store = open()) {
      for (int i = 0; i < 6; i++) {
        store.append(Batches.row("a", NOW + i, i < 3 ? "bad" : "good " + i));
      }
      assertEquals(
          new StoreDeletes.Preview(3, 9, 1),
          store.store().deletes().preview(StoreHarness.TENANT, "a bad", 0, FAR));
      SkaldException e = assertThrows(SkaldException.class, () -> delete(store, "a bad"));
      assertEquals(ErrorKind.LIMIT, e.kind());
      assertTrue(String.valueOf(e.getMessage()).contains("more than 2 rows"));
      assertEquals(6, store.rows().size(), "nothing is hidden");
      store.store().deletes().request(StoreHarness.TENANT, "a bad", 0, FAR, Force.FORCED);
      clock.advanceNanos(24 * HOUR);
      store.store().runUpkeep();
      assertEquals(3, store.rows().size());
      assertEquals(Status.PROCESSED, list(store).getFirst().status());
    }
  }

  @Test
  void rowsThatCameLaterCountForTheLimitToo() throws IOException {
    policy.limits = new Limits(DeletionMode.FILTER_AND_DELETE, 2, 0);
    try (StoreHarness store = open()) {
      store.append(Batches.row("a", NOW, "x"));
      delete(store, "a");
      for (int i = 1; i < 5; i++) {
        store.append(Batches.row("a", NOW + i, "x"));
      }
      clock.advanceNanos(24 * HOUR);
      store.store().runUpkeep();
      assertEquals(Status.RECEIVED, list(store).getFirst().status());
      assertEquals(List.of(), store.rows(), "hidden, and on the disk");
      assertEquals(0, store.store().upkeepStats().rowsDeletedTotal());
    }
  }

  /** Pushes, flushes, deletes, cancels, merges: what is seen is what a set of rows says. */
  @Test
  void theStoreShowsWhatAPlainModelShows() {
    forAll(
        60,
        random -> {
          MemoryDisk memory = new MemoryDisk();
          ManualClock time = new ManualClock(NOW);
          Set<Row> model = new LinkedHashSet<>();
          StoreHarness store =
              StoreHarness.open(memory, StoreConfig.DEFAULT, time, new KnownPolicy());
          for (int i = 0; i < 15; i++) {
            List<Row> rows = Batches.random(random, 15);
            // A row that is pushed while its deletion waits would be hidden: not in this model.
            if (store.store().deletes().pendingCount() == 0) {
              store.append(rows);
              model.addAll(rows);
            }
            switch (random.nextInt(5)) {
              case 0 -> store.store().flush();
              case 1 -> {
                String query = "app-" + random.nextInt(3) + (random.nextBoolean() ? " " : " a");
                query = random.nextInt(8) == 0 ? "*" : query.stripTrailing();
                long start = NOW + random.nextInt(100);
                long end = start + random.nextInt(1000);
                store
                    .store()
                    .deletes()
                    .request(StoreHarness.TENANT, query, start, end, Force.LIMITED);
                String picked = query;
                model.removeIf(
                    row ->
                        KnownPolicy.picks(picked, row)
                            && row.timestampEpochNanos() >= start
                            && row.timestampEpochNanos() <= end);
              }
              case 2 -> {
                time.advanceNanos(25 * HOUR);
                store.store().runUpkeep();
                assertEquals(0, store.store().deletes().pendingCount());
              }
              case 3 -> store.store().runUpkeep();
              default -> {
                store.close();
                store = StoreHarness.open(memory, StoreConfig.DEFAULT, time, new KnownPolicy());
              }
            }
            List<Row> seen = store.rows();
            assertEquals(model, new HashSet<>(seen));
            assertEquals(model.size(), seen.size(), "each once");
          }
          store.close();
          CheckReport report = StoreCheck.run(memory);
          assertTrue(report.isSound(), report::text);
        });
  }

  @Test
  void aCrashAtAnyStepShowsNothingThatWasDeletedAndLosesNothingElse() {
    forAll(
        3,
        random -> {
          long seed = random.nextLong();
          boolean crashed = true;
          for (int step = 1; crashed; step++) {
            FaultyDisk faulty = FaultyDisk.over(new MemoryDisk(), random).crashAt(step);
            Set<Row> kept = new HashSet<>();
            Set<Row> deleted = new HashSet<>();
            deleteOn(faulty, new Random(seed), kept, deleted);
            crashed = faulty.hasCrashed();
            String when = "step " + step + " of seed " + seed;
            MemoryDisk left = faulty.restart();
            ManualClock later = new ManualClock(NOW + 100 * HOUR);
            try (StoreHarness store =
                StoreHarness.open(left, StoreConfig.DEFAULT, later, new KnownPolicy())) {
              checkSeen(store, kept, deleted, when);
              store.store().runUpkeep();
              checkSeen(store, kept, deleted, "after upkeep, " + when);
            }
            CheckReport report = StoreCheck.run(left);
            assertTrue(report.isSound(), () -> when + ": " + report.text());
          }
        });
  }

  private static void checkSeen(StoreHarness store, Set<Row> kept, Set<Row> deleted, String when) {
    Set<Row> seen = new HashSet<>(store.rows());
    assertTrue(seen.containsAll(kept), () -> "lost, " + when);
    Set<Row> shown = new HashSet<>(deleted);
    shown.retainAll(seen);
    assertEquals(Set.of(), shown, () -> "shown again, " + when);
  }

  /** What was acknowledged stays, but for what a request that was answered names. */
  private static void deleteOn(FaultyDisk disk, Random random, Set<Row> kept, Set<Row> deleted)
      throws IOException {
    ManualClock time = new ManualClock(NOW);
    try (StoreHarness store =
        StoreHarness.open(disk, StoreConfig.DEFAULT, time, new KnownPolicy())) {
      List<Row> sent = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        List<Row> rows = Batches.random(random, 8);
        sent.addAll(rows);
        if (store.offer(rows)) {
          kept.addAll(rows);
        }
        store.offerFlush();
      }
      try {
        // Whether it counts is not known unless it is answered: its rows may go, and may stay.
        kept.removeIf(row -> KnownPolicy.picks("app-1", row));
        delete(store, "app-1");
        sent.stream().filter(row -> KnownPolicy.picks("app-1", row)).forEach(deleted::add);
        time.advanceNanos(30 * HOUR);
        store.store().runUpkeep();
      } catch (SkaldException e) {
        assertEquals(ErrorKind.UNAVAILABLE, e.kind(), e.toString());
      }
    } catch (IOException e) {
      assertTrue(disk.hasCrashed(), e.toString());
    }
  }
}
