package dev.skald.storage;

import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.head.Generation;
import dev.skald.storage.head.Head;
import dev.skald.storage.head.HeadConfig;
import dev.skald.storage.manifest.ManifestStore;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves generations from the head into segments, on a thread of its own: when one is full or old,
 * when appends wait for memory, or when asked. One at a time: freeze and rotate the log in one
 * step, write segments, commit them together with the log's new beginning, delete the log's files
 * before it. Whatever fails is tried again, later and later.
 */
final class Flusher {
  private static final Logger LOG = LoggerFactory.getLogger(Flusher.class);

  /** How often the head's age is looked at. */
  private static final long LOOK_NANOS = 1_000_000_000L;

  /** Without a flush for this long, memory kept for the next generation is given back. */
  private static final long TRIM_NANOS = 15_000_000_000L;

  /** After a flush, if the last clean-up was this long ago, there is another. */
  private static final long SWEEP_NANOS = 3_600_000_000_000L;

  private static final long RETRY_NANOS_FIRST = 250_000_000L;
  private static final long RETRY_NANOS_MAX = 30_000_000_000L;

  private final Ticker ticker;
  private final HeadConfig config;
  private final Head head;
  private final StoreLog log;
  private final Versions versions;
  private final ManifestStore manifests;
  private final HeadFlush headFlush;
  private final CatchUp catchUp;
  private final Runnable sweep;
  private final AtomicLong flushes = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final StandingThread thread = new StandingThread(LOOK_NANOS);

  // The flusher thread's own.
  private @Nullable Frozen frozen;
  private long retryNanos;
  private long retryAtNanos;
  private long lastFlushNanos;
  private long lastSweepNanos;

  /**
   * A generation on its way; {@code written} once its segments are there and the commit was begun.
   */
  private record Frozen(
      Generation generation, long walFileNext, HeadFlush.@Nullable Written written) {}

  Flusher(
      Ticker ticker,
      Threads threads,
      HeadConfig config,
      Head head,
      StoreLog log,
      Versions versions,
      ManifestStore manifests,
      HeadFlush headFlush,
      CatchUp catchUp,
      Runnable sweep) {
    this.ticker = ticker;
    this.config = config;
    this.head = head;
    this.log = log;
    this.versions = versions;
    this.manifests = manifests;
    this.headFlush = headFlush;
    this.catchUp = catchUp;
    this.sweep = sweep;
    this.lastFlushNanos = ticker.nowNanos();
    this.lastSweepNanos = lastFlushNanos;
    thread.start(threads, "head-flusher", this::work);
  }

  long flushes() {
    return flushes.get();
  }

  long failures() {
    return failures.get();
  }

  /** Looks soon whether something is to be done. Cheap; never waits. */
  void wake() {
    thread.wake();
  }

  /** Looks soon if the head is full. */
  void wakeIfFull() {
    if (head.active().memoryBytes() >= config.generationBytesTarget()) {
      wake();
    }
  }

  /**
   * Returns when everything that is in the head now is in segments.
   *
   * @throws SkaldException UNAVAILABLE if it cannot be written now; it stays in the head, and is
   *     tried again
   */
  void flush() {
    thread.ask();
  }

  /** Ends after the flush that runs now, if any. Closing twice is harmless. */
  void close() {
    thread.close();
    Frozen left = frozen;
    frozen = null;
    if (left != null && left.written() != null) {
      left.written().segments().forEach(segment -> segment.reader().close());
    }
  }

  private void work(StandingThread.Occasion occasion) {
    try {
      if (occasion == StandingThread.Occasion.ASKED) {
        flushAll();
      } else if (frozen != null) {
        if (ticker.nowNanos() - retryAtNanos >= 0) {
          flushFrozen();
        }
      } else if (isDue()) {
        flushActive();
      } else if (ticker.nowNanos() - lastFlushNanos >= TRIM_NANOS) {
        head.trim();
      }
    } catch (IOException | RuntimeException | Error e) {
      throw failed(e);
    }
  }

  private void flushAll() throws IOException {
    try {
      flushFrozen();
      flushActive();
    } catch (SkaldException e) {
      if (!catchUp.isDue()) {
        throw e;
      }
      flushFrozen(); // with what the other server wrote
      flushActive();
    }
  }

  private SkaldException failed(Throwable e) {
    failures.incrementAndGet();
    retryNanos = Math.clamp(retryNanos * 2, RETRY_NANOS_FIRST, RETRY_NANOS_MAX);
    retryAtNanos = ticker.nowNanos() + retryNanos;
    boolean expected = e instanceof IOException || e instanceof SkaldException;
    LOG.error("flush failed: {}", e.getMessage(), expected ? null : e);
    return SkaldException.of(
        e instanceof SkaldException known ? known.kind() : ErrorKind.UNAVAILABLE,
        "cannot flush: " + e.getMessage(),
        e);
  }

  private boolean isDue() {
    Generation active = head.active();
    long now = ticker.nowNanos();
    return !active.isEmpty()
        && (active.memoryBytes() >= config.generationBytesTarget()
            || head.budget().isShort()
            || active.ageNanos(now) >= config.ageNanosMax()
            || active.idleNanos(now) >= config.idleNanosMax());
  }

  private void flushActive() throws IOException {
    if (head.active().isEmpty()) {
      return;
    }
    AtomicReference<@Nullable Generation> ended = new AtomicReference<>();
    long walFileNext =
        log.rotate(
            () -> {
              Generation generation = head.freeze();
              ended.set(generation);
              versions.replace(
                  version -> version.withGenerations(List.of(generation, head.active())));
            });
    Generation generation = ended.get();
    if (generation != null) {
      frozen = new Frozen(generation, walFileNext, null);
      flushFrozen();
    }
  }

  private void flushFrozen() throws IOException {
    Frozen on = frozen;
    if (on == null) {
      return;
    }
    // Another server's segments come before these are written or after they are served, not
    // between.
    synchronized (catchUp) {
      on = writeAndCommit(on);
    }
    try {
      log.deleteBefore(on.walFileNext());
    } catch (IOException e) {
      LOG.warn("wal files before {} stay until the next flush: {}", on, e.getMessage());
    }
    if (lastFlushNanos - lastSweepNanos >= SWEEP_NANOS) {
      lastSweepNanos = lastFlushNanos;
      sweep.run();
    }
  }

  /** Returns what was committed, and is served now. */
  private Frozen writeAndCommit(Frozen waiting) throws IOException {
    Frozen on = waiting;
    HeadFlush.Written written = on.written();
    if (written != null && manifests.isTooOld(written.change(on.walFileNext()))) {
      written.segments().forEach(headFlush::discard); // waited so long that clean-up may take them
      written = null;
      on = new Frozen(on.generation(), on.walFileNext(), null);
      frozen = on;
    }
    if (written == null) {
      if (catchUp.isDue()) {
        catchUp.run();
      }
      written = headFlush.write(on.generation(), manifests.current().nextOrder());
      // The head compares rows with those that were stored when it met the tenant.
      written = catchUp.takeovers() > 0 ? written.inDoubt() : written;
      on = new Frozen(on.generation(), on.walFileNext(), written);
      frozen = on; // a commit whose outcome is unknown must be repeated as it was
    }
    try {
      manifests.commit(written.change(on.walFileNext()));
    } catch (SkaldException e) {
      if (catchUp.isDue()) {
        // It never happens: another server was faster. Its clean-up finds these segments.
        written.segments().forEach(segment -> segment.reader().close());
        frozen = new Frozen(on.generation(), on.walFileNext(), null);
      }
      throw e;
    }
    frozen = null;
    retryNanos = 0;
    lastFlushNanos = ticker.nowNanos();
    flushes.incrementAndGet();
    List<OpenSegment> added = written.segments();
    versions.replace(version -> withSegments(version, added));
    return on;
  }

  private StoreVersion withSegments(StoreVersion version, List<OpenSegment> added) {
    List<OpenSegment> segments = new ArrayList<>(version.segments());
    segments.addAll(added);
    return StoreVersion.of(segments, List.of(head.active()));
  }
}
