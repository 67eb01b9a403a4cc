package dev.skald.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.StandingThread.Occasion;
import dev.skald.threads.Threads;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class StandingThreadTest {
  private static final long HOUR = 3_600_000_000_000L;

  private final BlockingQueue<Occasion> worked = new LinkedBlockingQueue<>();

  private Occasion next() throws InterruptedException {
    Occasion occasion = worked.poll(30, TimeUnit.SECONDS);
    assertTrue(occasion != null, "no work");
    return occasion;
  }

  @Test
  void itWorksWhenAskedWokenAndAfterAWhile() throws InterruptedException {
    StandingThread patient = new StandingThread(HOUR);
    patient.start(Threads.jvm(), "patient", worked::add);
    patient.ask();
    assertEquals(Occasion.ASKED, next(), "done when the call returns");
    patient.wake();
    assertEquals(Occasion.WOKEN, next());
    patient.close();
    StandingThread hasty = new StandingThread(1_000_000);
    hasty.start(Threads.jvm(), "hasty", worked::add);
    assertEquals(Occasion.IDLE, next());
    hasty.close();
  }

  @Test
  void whoeverAsksIsToldWhatFailed() {
    StandingThread thread = new StandingThread(HOUR);
    thread.start(
        Threads.jvm(),
        "failing",
        occasion -> {
          throw SkaldException.of(ErrorKind.UNAVAILABLE, "no room");
        });
    for (int i = 0; i < 2; i++) {
      SkaldException e = assertThrows(SkaldException.class, thread::ask);
      assertEquals("no room", e.getMessage());
    }
    thread.close();
  }

  @Test
  void closingEndsAPauseAndTellsThoseWhoWait() throws InterruptedException {
    StandingThread thread = new StandingThread(HOUR);
    CountDownLatch pausing = new CountDownLatch(1);
    thread.start(
        Threads.jvm(),
        "pausing",
        occasion -> {
          pausing.countDown();
          thread.pause(HOUR);
        });
    BlockingQueue<SkaldException> told = new LinkedBlockingQueue<>();
    Threads.jvm().start("asking", () -> told.add(assertThrows(SkaldException.class, thread::ask)));
    pausing.await();
    thread.close();
    thread.close();
    SkaldException e = told.poll(30, TimeUnit.SECONDS);
    assertTrue(e != null && e.getMessage().equals("the store is closing"), "" + e);
    assertEquals(ErrorKind.UNAVAILABLE, assertThrows(SkaldException.class, thread::ask).kind());
  }

  @Test
  void oneThatWasNeverStartedRefusesWhenItIsClosed() {
    StandingThread thread = new StandingThread(HOUR);
    thread.close();
    assertThrows(SkaldException.class, thread::ask);
    thread.start(Threads.jvm(), "late", worked::add);
    assertTrue(worked.isEmpty());
  }
}
