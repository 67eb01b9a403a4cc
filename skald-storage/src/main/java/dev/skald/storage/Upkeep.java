package dev.skald.storage;

import dev.skald.clock.EpochClock;
import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.compact.Pace;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that keeps the store in order: one round each interval, or when asked, with at most
 * its share of a core. What fails is tried again in the next round.
 */
final class Upkeep implements Pace {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  /** With no interval, how often the thread looks whether it is to end. */
  private static final long LOOK_NANOS = 60_000_000_000L;

  /** One thing that a round does. */
  @FunctionalInterface
  interface Task {
    void run() throws IOException;
  }

  private final EpochClock clock;
  private final Ticker ticker;
  private final UpkeepConfig config;
  private final UpkeepCounts counts;
  private final StandingThread thread;
  private List<Task> tasks = List.of();

  // The thread's own.
  private long workedSinceNanos;

  Upkeep(EpochClock clock, Ticker ticker, UpkeepConfig config, UpkeepCounts counts) {
    this.clock = clock;
    this.ticker = ticker;
    this.config = config;
    this.counts = counts;
    this.thread =
        new StandingThread(config.intervalNanos() > 0 ? config.intervalNanos() : LOOK_NANOS);
  }

  /** Begins; each round does these things, in this order. */
  void start(Threads threads, List<Task> roundTasks) {
    tasks = List.copyOf(roundTasks);
    thread.start(threads, "upkeep", this::work);
  }

  /**
   * Returns when a whole round is done.
   *
   * @throws SkaldException of the first thing that failed
   */
  void runRound() {
    thread.ask();
  }

  /** Waits so that no more than the share of a core is taken. */
  @Override
  public void step() {
    long worked = ticker.nowNanos() - workedSinceNanos;
    thread.pause((long) (worked * (1 / config.cpuShare() - 1)));
    workedSinceNanos = ticker.nowNanos();
  }

  private void work(StandingThread.Occasion occasion) {
    if (occasion != StandingThread.Occasion.ASKED && config.intervalNanos() == 0) {
      return;
    }
    long startNanos = ticker.nowNanos();
    workedSinceNanos = startNanos;
    SkaldException failure = null;
    for (Task task : tasks) {
      try {
        task.run();
      } catch (IOException | RuntimeException | Error e) {
        failure = failure == null ? failed(e) : failure;
      }
    }
    if (failure != null) {
      counts.failures.incrementAndGet();
      throw failure;
    }
    counts.rounds.incrementAndGet();
    counts.lastRoundNanos.set(ticker.nowNanos() - startNanos);
    counts.lastRoundEpochNanos.set(clock.nowEpochNanos());
  }

  private SkaldException failed(Throwable e) {
    if (thread.isClosing()) {
      return StandingThread.closed();
    }
    boolean expected = e instanceof IOException || e instanceof SkaldException;
    LOG.error("upkeep failed: {}", e.getMessage(), expected ? null : e);
    return SkaldException.of(
        e instanceof SkaldException known ? known.kind() : ErrorKind.UNAVAILABLE,
        "upkeep failed: " + e.getMessage(),
        e);
  }

  /** Gives up what is being done, and ends. Closing twice is harmless. */
  void close() {
    thread.close();
  }
}
