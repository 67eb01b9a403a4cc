package dev.skald.storage.head;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.clock.ManualClock;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HeadTest {
  private static final TenantId TENANT = new TenantId("t");
  private static final TenantId OTHER = new TenantId("other");

  private final ManualClock clock = new ManualClock(0);
  private final Head head = head(Long.MIN_VALUE);

  private Head head(long storedMaxEpochNanos) {
    return new Head(clock, () -> 5, HeadConfig.DEFAULT, tenant -> storedMaxEpochNanos);
  }

  private static void append(Head head, Batches.Row... rows) {
    head.append(TENANT, Batches.of(rows), 0, rows.length);
  }

  private static List<HeadPageView> pages(Head head) {
    return head.active().tenant(TENANT).map(TenantHead::pages).orElse(List.of());
  }

  private static List<Batches.Row> rows(Head head) {
    List<Batches.Row> rows = new ArrayList<>();
    pages(head).forEach(page -> rows.addAll(Batches.rows(page)));
    return rows;
  }

  @Test
  void holdsEachEntryOnceInOrderOfArrival() {
    forAll(
        200,
        random -> {
          Head filled = head(Long.MIN_VALUE);
          Set<Batches.Row> expected = new LinkedHashSet<>();
          int appended = 0;
          for (int i = random.nextInt(6); i >= 0; i--) {
            List<Batches.Row> rows = Batches.random(random, 300);
            if (i % 2 == 0 && !expected.isEmpty()) {
              rows.addAll(List.copyOf(expected).subList(0, expected.size() / 2)); // a retry
            }
            expected.addAll(rows);
            appended += rows.size();
            filled.append(TENANT, Batches.of(rows), 0, rows.size());
          }
          assertEquals(List.copyOf(expected), rows(filled));
          assertEquals(expected.size(), filled.active().rowCount());
          assertEquals(
              appended - expected.size(),
              filled.active().tenant(TENANT).orElseThrow().duplicateCount());
        });
  }

  @Test
  void tenantsAreApart() {
    append(head, Batches.row("a", 1, "x"));
    head.append(OTHER, Batches.of(Batches.row("a", 1, "x")), 0, 1);
    assertEquals(1, rows(head).size());
    assertEquals(2, head.active().rowCount());
    assertEquals(1, head.streamCount(OTHER));
  }

  @Test
  void aRangeOfABatchIsAppended() {
    EntryBatch batch =
        Batches.of(Batches.row("a", 1, "x"), Batches.row("b", 2, "y"), Batches.row("c", 3, "z"));
    head.append(TENANT, batch, 1, 2);
    assertEquals(List.of(Batches.row("b", 2, "y")), rows(head));
  }

  @Test
  void aViewDoesNotGrow() {
    append(head, Batches.row("a", 1, "x"));
    HeadPageView view = pages(head).getFirst();
    append(head, Batches.row("b", 2, "y"));
    assertEquals(1, view.rowCount());
    assertEquals(1, view.streamCount());
    assertEquals(1, view.lineBytes());
    assertEquals(List.of(Batches.row("a", 1, "x")), Batches.rows(view));
  }

  @Test
  void aLineLargerThanAnyPageHasOneToItself() {
    String large = "l".repeat((1 << 20) + 1);
    append(head, Batches.row("a", 1, "x"), Batches.row("a", 2, large), Batches.row("a", 3, "y"));
    assertEquals(List.of(1, 1, 1), pages(head).stream().map(HeadPageView::rowCount).toList());
    assertEquals(large, rows(head).get(1).line());
  }

  @Test
  void onlyEntriesNotNewerThanTheirStreamAreInDoubt() {
    append(head, Batches.row("a", 10, "x"), Batches.row("b", 20, "x"));
    assertTrue(pages(head).getFirst().doubtful().isEmpty(), "nothing was stored before");
    Generation frozen = head.freeze();
    append(head, Batches.row("a", 11, "y"), Batches.row("b", 21, "y"));
    assertTrue(pages(head).getFirst().doubtful().isEmpty(), "both are newer than their stream");
    append(head, Batches.row("b", 20, "z"), Batches.row("b", 18, "z"));
    assertEquals(new TimeRange(18, 20), pages(head).getFirst().doubtful());
    append(head, Batches.row("c", 20, "z"), Batches.row("d", 21, "z"));
    assertEquals(
        new TimeRange(18, 20),
        pages(head).getFirst().doubtful(),
        "a new stream is compared with the newest entry of the tenant");
    frozen.recycle();
  }

  @Test
  void whatIsInSegmentsIsInDoubtToo() {
    Head reopened = head(15);
    append(reopened, Batches.row("a", 15, "x"), Batches.row("a", 16, "x"));
    assertEquals(new TimeRange(15, 15), pages(reopened).getFirst().doubtful());
  }

  @Test
  void aStreamIsForgottenAfterAGenerationWithoutIt() {
    Labels labels = Labels.of("app", "a");
    append(head, Batches.row("a", 1, "x"));
    head.freeze();
    assertTrue(head.hasStream(TENANT, labels));
    append(head, Batches.row("b", 2, "x"));
    assertEquals(2, head.streamCount(TENANT));
    head.freeze();
    assertFalse(head.hasStream(TENANT, labels));
    assertEquals(1, head.streamCount(TENANT));
    head.freeze();
    assertEquals(0, head.streamCount(TENANT));
  }

  @Test
  void agesFromItsFirstEntry() {
    clock.advanceNanos(100);
    assertEquals(0, head.active().ageNanos(clock.nowNanos()));
    append(head, Batches.row("a", 1, "x"));
    clock.advanceNanos(50);
    append(head, Batches.row("a", 2, "x"));
    clock.advanceNanos(7);
    assertEquals(57, head.active().ageNanos(clock.nowNanos()));
    assertEquals(7, head.active().idleNanos(clock.nowNanos()));
  }

  @Test
  void memoryIsCountedAndGivenBack() {
    append(head, Batches.row("a", 1, "x".repeat(100_000)));
    long used = head.budget().usedBytes();
    assertTrue(used > 100_000, "used " + used);
    assertEquals(used, head.active().memoryBytes());
    Generation frozen = head.freeze();
    assertEquals(0, head.active().memoryBytes());
    frozen.recycle();
    assertEquals(0, head.budget().usedBytes());
  }

  @Test
  void aFullHeadRefusesAfterWaiting() {
    HeadBudget budget =
        new HeadBudget(HeadConfig.DEFAULT.withBytes(100, 200).withAppendWaitNanosMax(1_000_000));
    AtomicBoolean waited = new AtomicBoolean();
    budget.reserve(200, () -> waited.set(true));
    assertFalse(waited.get());
    SkaldException e =
        assertThrows(SkaldException.class, () -> budget.reserve(1, () -> waited.set(true)));
    assertEquals(ErrorKind.UNAVAILABLE, e.kind());
    assertEquals(
        "the head is full: bytes=200 max=200, entries are not flushed fast enough", e.getMessage());
    assertTrue(waited.get(), "room is asked for");
    budget.unreserve(200);
    budget.reserve(1_000, () -> {}); // nothing else is there: it may pass
  }

  @Test
  void aWaitingAppendGoesOnWhenMemoryIsFreed() throws Exception {
    HeadBudget budget = new HeadBudget(HeadConfig.DEFAULT.withBytes(100, 200));
    budget.use(200);
    Thread waiter = Thread.ofVirtual().start(() -> budget.reserve(50, () -> {}));
    while (!budget.isShort()) {
      Thread.sleep(1);
    }
    budget.free(200);
    waiter.join();
    assertFalse(budget.isShort());
  }

  /** Readers beside the writer see only whole rows, and what they have seen once stays. */
  @Test
  void readersRunBesideTheWriter() throws Exception {
    int batches = 400;
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger checked = new AtomicInteger();
    List<Throwable> failures = new ArrayList<>();
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    int before = 0;
                    while (!done.get() || checked.get() == 0) {
                      int seen = checkedRows();
                      assertTrue(seen >= before, "rows vanished: " + before + " " + seen);
                      before = seen;
                      checked.incrementAndGet();
                    }
                  } catch (Throwable e) {
                    failures.add(e);
                  }
                });
    for (int b = 0; b < batches; b++) {
      List<Batches.Row> rows = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        int n = b * 50 + i;
        rows.add(
            new Batches.Row(
                Labels.of("app", "app-" + n % 7),
                n,
                "line " + n,
                n % 3 == 0 ? Labels.EMPTY : Labels.of("n", "" + n)));
      }
      head.append(TENANT, Batches.of(rows), 0, rows.size());
    }
    done.set(true);
    reader.join();
    assertEquals(List.of(), failures);
    assertEquals(batches * 50, checkedRows());
  }

  private int checkedRows() {
    int n = 0;
    for (HeadPageView page : pages(head)) {
      for (Batches.Row row : Batches.rows(page)) {
        assertEquals("line " + n, row.line());
        assertEquals(n, row.timestampEpochNanos());
        assertEquals("app-" + n % 7, row.stream().get("app"));
        assertEquals(n % 3 == 0 ? "" : "" + n, row.metadata().get("n"));
        assertTrue(page.times().contains(n));
        n++;
      }
    }
    return n;
  }
}
