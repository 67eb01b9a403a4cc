package dev.skald.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.clock.ManualClock;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.property.ForAll;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody starves, nobody waits for nothing, and no turn is lost. */
@Timeout(60)
final class QueryTurnsTest {
  private static final TenantId NOISY = new TenantId("noisy");
  private static final TenantId QUIET = new TenantId("quiet");
  private static final TenantId THIRD = new TenantId("third");
  private static final long FAR = Long.MAX_VALUE / 2;
  private static final long LOOK_NANOS = 2_000_000;

  private final ManualClock clock = new ManualClock(0);
  private final List<TenantId> served = Collections.synchronizedList(new ArrayList<>());
  private final List<Thread> threads = new ArrayList<>();

  private QueryTurns turns(int turnsMax, int waitingMax) {
    return new QueryTurns(clock, turnsMax, waitingMax, LOOK_NANOS);
  }

  /** A query that runs for no time; returns when it waits. */
  private void enqueue(QueryTurns turns, TenantId tenant) throws InterruptedException {
    int before = turns.waitingCount();
    threads.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  try (var _ = turns.take(tenant, FAR, QueryTurnsTest::stays)) {
                    served.add(tenant);
                  }
                }));
    while (turns.waitingCount() == before) {
      Thread.sleep(1);
    }
  }

  private void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void manyQueriesOfOneTenantDoNotKeepAnother() throws Exception {
    QueryTurns turns = turns(1, 0);
    QueryTurns.Turn first = turns.take(NOISY, FAR, QueryTurnsTest::stays);
    for (int i = 0; i < 100; i++) {
      enqueue(turns, NOISY);
    }
    enqueue(turns, QUIET);
    enqueue(turns, QUIET);
    enqueue(turns, THIRD);
    assertEquals(Map.of(NOISY, 100, QUIET, 2, THIRD, 1), turns.waiting());
    first.close();
    join();
    assertEquals(List.of(NOISY, QUIET, THIRD, NOISY, QUIET, NOISY), served.subList(0, 6));
    assertEquals(103, served.size());
    assertEquals(0, turns.running());
    assertEquals(0, turns.waitingCount());
  }

  @Test
  void freeTurnsGoToWhoHasFewest() throws Exception {
    QueryTurns turns = turns(4, 0);
    List<QueryTurns.Turn> held = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      held.add(turns.take(NOISY, FAR, QueryTurnsTest::stays));
    }
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger quiet = new AtomicInteger();
    for (int i = 0; i < 6; i++) {
      TenantId tenant = i < 3 ? NOISY : QUIET;
      int before = turns.waitingCount();
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var _ = turns.take(tenant, FAR, QueryTurnsTest::stays)) {
                      quiet.addAndGet(tenant.equals(QUIET) ? 1 : 0);
                      end.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }));
      while (turns.waitingCount() == before) {
        Thread.sleep(1);
      }
    }
    held.removeFirst().close();
    held.removeFirst().close();
    while (quiet.get() < 2) {
      Thread.sleep(1);
    }
    assertEquals(Map.of(NOISY, 3, QUIET, 1), turns.waiting());
    end.countDown();
    held.forEach(QueryTurns.Turn::close);
    join();
    assertEquals(0, turns.running());
  }

  @Test
  void queueOfATenantIsBounded() throws Exception {
    QueryTurns turns = turns(1, 2);
    QueryTurns.Turn first = turns.take(NOISY, FAR, QueryTurnsTest::stays);
    enqueue(turns, NOISY);
    enqueue(turns, NOISY);
    SkaldException e =
        assertThrows(
            SkaldException.class, () -> turns.take(NOISY, FAR, QueryTurnsTest::stays).close());
    assertEquals(ErrorKind.RATE_LIMITED, e.kind());
    assertEquals("too many outstanding requests", e.getMessage());
    enqueue(turns, QUIET);
    first.close();
    join();
    assertEquals(3, served.size());
  }

  @Test
  void waitEndsWhenTheTimeIsUsedUp() throws Exception {
    QueryTurns turns = turns(1, 0);
    try (var _ = turns.take(NOISY, FAR, QueryTurnsTest::stays)) {
      long deadline = clock.nowNanos() + 60_000_000_000L;
      List<ErrorKind> ends = Collections.synchronizedList(new ArrayList<>());
      Thread waits =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      turns.take(QUIET, deadline, QueryTurnsTest::stays).close();
                    } catch (SkaldException e) {
                      ends.add(e.kind());
                    }
                  });
      while (turns.waitingCount() == 0) {
        Thread.sleep(1);
      }
      clock.advanceNanos(59_000_000_000L);
      assertTrue(!waits.join(java.time.Duration.ofMillis(20)), "gave up too early");
      clock.advanceNanos(1_000_000_000L);
      waits.join();
      assertEquals(List.of(ErrorKind.TIMEOUT), ends);
      assertEquals(0, turns.waitingCount());
    }
    assertEquals(0, turns.take(QUIET, FAR, QueryTurnsTest::stays).waitedNanos());
  }

  @Test
  void waitEndsWhenTheClientLeaves() throws Exception {
    QueryTurns turns = turns(1, 0);
    AtomicBoolean gone = new AtomicBoolean();
    List<ErrorKind> ends = Collections.synchronizedList(new ArrayList<>());
    try (var _ = turns.take(NOISY, FAR, QueryTurnsTest::stays)) {
      Thread waits =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      turns.take(QUIET, FAR, gone::get).close();
                    } catch (SkaldException e) {
                      ends.add(e.kind());
                    }
                  });
      while (turns.waitingCount() == 0) {
        Thread.sleep(1);
      }
      gone.set(true);
      waits.join();
    }
    assertEquals(List.of(ErrorKind.CANCELLED), ends);
    assertEquals(0, turns.running());
  }

  /** Clients come, leave and run in any order: never more than may, and at the end all turns are back. */
  @Test
  void noTurnIsLostAndNoneIsMadeUp() {
    ForAll.forAll(
        20,
        random -> {
          int turnsMax = 1 + random.nextInt(3);
          QueryTurns turns = turns(turnsMax, 5);
          AtomicInteger running = new AtomicInteger();
          AtomicInteger most = new AtomicInteger();
          CountDownLatch ended = new CountDownLatch(40);
          for (int i = 0; i < 40; i++) {
            TenantId tenant = new TenantId("t" + random.nextInt(4));
            boolean leaves = random.nextInt(4) == 0;
            Thread.ofVirtual()
                .start(
                    () -> {
                      try (var _ = turns.take(tenant, FAR, () -> leaves)) {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        Thread.sleep(1);
                        running.decrementAndGet();
                      } catch (SkaldException | InterruptedException _) {
                        // left, or too many
                      } finally {
                        ended.countDown();
                      }
                    });
          }
          try {
            assertTrue(ended.await(30, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          assertTrue(most.get() <= turnsMax, "ran at once: " + most);
          assertEquals(0, turns.running());
          assertEquals(0, turns.waitingCount());
        });
  }

  /** A client that does not go away. */
  private static boolean stays() {
    return false;
  }
}
