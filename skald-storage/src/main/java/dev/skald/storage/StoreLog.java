package dev.skald.storage;

import dev.skald.clock.Ticker;
import dev.skald.disk.Disk;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.EntryBatch;
import dev.skald.model.Lines;
import dev.skald.model.SharedLabels;
import dev.skald.random.Randomness;
import dev.skald.storage.check.StoreCheck;
import dev.skald.storage.head.BatchCodec;
import dev.skald.storage.head.Head;
import dev.skald.storage.wal.WalConfig;
import dev.skald.storage.wal.WalReplay;
import dev.skald.storage.wal.WalStats;
import dev.skald.storage.wal.WalWriter;
import dev.skald.threads.Outcome;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of an open store. First a thread brings what the last run left into the head, where it is visible at once; it
 * waits while the head is full, so that the flusher can make room. Then the log is appended to; until then appends are
 * refused. Safe for concurrent use.
 *
 * <p>To the flusher both are the same: it ends the head's generation between two records, and learns which is the first
 * file that is needed from there on. During the replay that is the file being read, of which some rows may be in
 * segments already; whoever replays it again marks them as doubtful, and a scan leaves them out.
 */
final class StoreLog {
  private static final Logger LOG = LoggerFactory.getLogger(StoreLog.class);

  /** Memory of a row in the head besides its line. */
  private static final long ROW_BYTES = 32;

  /** Memory of a stream in the head besides its labels' characters. */
  private static final long STREAM_BYTES = 250;

  /** How often a replay that waits for memory looks whether the store is closing. */
  private static final long LOOK_NANOS = 20_000_000L;

  private final Disk disk;
  private final Ticker ticker;
  private final Threads threads;
  private final Randomness randomness;
  private final WalConfig config;
  private final WalReplay replay;
  private final Head head;
  private final AtomicLong corruptions;
  private final SharedLabels sharedLabels = new SharedLabels();
  private final Outcome<Boolean> replayed = new Outcome<>();

  /** Between two records of the replay. */
  private final ReentrantLock boundary = new ReentrantLock();

  private long fileNumber; // being replayed; guarded by boundary
  private @Nullable Thread thread; // guarded by this
  private volatile @Nullable WalWriter writer;
  private volatile @Nullable String failure;
  private volatile boolean closing;

  /**
   * @param replay opened, to be run
   * @param corruptions damages of the log are added
   */
  StoreLog(
      Disk disk,
      Ticker ticker,
      Threads threads,
      Randomness randomness,
      WalConfig config,
      WalReplay replay,
      Head head,
      AtomicLong corruptions) {
    this.disk = disk;
    this.ticker = ticker;
    this.threads = threads;
    this.randomness = randomness;
    this.config = config;
    this.replay = replay;
    this.head = head;
    this.corruptions = corruptions;
    this.fileNumber = replay.firstFile();
  }

  /** What an append takes of the head's memory, at most. */
  static long headBytes(EntryBatch batch, int from, int to) {
    Lines lines = batch.lines();
    return lines.offsets()[to]
        - lines.offsets()[from]
        + (to - from) * ROW_BYTES
        + batch.streamCount() * STREAM_BYTES
        + batch.metadataBytes();
  }

  /**
   * Begins the replay; does it at once if there is nothing to replay.
   *
   * @param whenReplayed run by the replay's thread, before anybody learns that it is done
   */
  synchronized void start(Flusher flusher, Runnable whenReplayed) {
    if (replay.bytesTotal() == 0) {
      replay(flusher, whenReplayed);
    } else {
      thread = threads.start("wal-replay", () -> replay(flusher, whenReplayed));
    }
  }

  private void replay(Flusher flusher, Runnable whenReplayed) {
    try {
      long startNanos = ticker.nowNanos();
      WalReplay.Result result = replay.run((file, payload) -> apply(file, payload, flusher));
      corruptions.addAndGet(result.corruptions());
      boundary.lock();
      try {
        writer =
            WalWriter.start(
                disk, StoreCheck.WAL_FOLDER, ticker, threads, randomness, config, result);
      } finally {
        boundary.unlock();
      }
      whenReplayed.run();
      replayed.succeed(true);
      LOG.info(
          "log replayed: records={} bytes={} millis={}",
          result.records(),
          replay.bytesDone(),
          (ticker.nowNanos() - startNanos) / 1_000_000L);
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable e) {
    String why = "the log cannot be replayed: " + e.getMessage();
    failure = why;
    if (!closing) {
      boolean expected = e instanceof IOException || e instanceof SkaldException;
      LOG.error("{}; nothing is taken until a restart", why, expected ? null : e);
    }
    ErrorKind kind = e instanceof SkaldException known ? known.kind() : ErrorKind.UNAVAILABLE;
    replayed.fail(SkaldException.of(kind, why, e));
  }

  private void apply(long file, ByteBuffer payload, Flusher flusher) {
    BatchCodec.Decoded decoded = BatchCodec.decode(payload, sharedLabels);
    EntryBatch batch = decoded.batch();
    long bytes = headBytes(batch, 0, batch.rowCount());
    awaitRoom(bytes, flusher);
    boundary.lock();
    try {
      fileNumber = file;
      head.append(decoded.tenant(), batch, 0, batch.rowCount());
    } finally {
      boundary.unlock();
      head.budget().unreserve(bytes);
    }
    flusher.wakeIfFull();
  }

  /** As long as it takes: the disk may be full, and heal. */
  private void awaitRoom(long bytes, Flusher flusher) {
    while (true) {
      if (closing) {
        throw StandingThread.closed();
      }
      if (head.budget().reserve(bytes, LOOK_NANOS, flusher::wake)) {
        return;
      }
    }
  }

  ReplayState state() {
    String why = failure;
    if (why != null) {
      return new ReplayState.Failed(why);
    }
    return replayed.isKnown()
        ? new ReplayState.Done()
        : new ReplayState.Running(replay.bytesDone(), replay.bytesTotal());
  }

  /**
   * Returns when all that was acknowledged is visible.
   *
   * @throws SkaldException if the replay failed, or the store was closed before its end
   */
  void awaitReplay() {
    replayed.await();
  }

  /**
   * @throws SkaldException UNAVAILABLE while the log is being replayed
   */
  void requireReplayed() {
    switch (state()) {
      case ReplayState.Done() -> {}
      case ReplayState.Running(long done, long total) ->
          throw new SkaldException(
              ErrorKind.UNAVAILABLE,
              "the log of the last run is being replayed, %d of %d bytes: try again",
              done,
              total);
      case ReplayState.Failed(String reason) ->
          throw SkaldException.of(ErrorKind.UNAVAILABLE, reason);
    }
  }

  /**
   * As {@link WalWriter#append}.
   *
   * @throws SkaldException also UNAVAILABLE while the log is being replayed
   */
  void append(ByteBuffer[] payload, Runnable onDurable) {
    WalWriter open = writer;
    if (open == null) {
      throw StandingThread.closed(); // whoever appends has looked whether it was replayed
    }
    open.append(payload, onDurable);
  }

  /** As {@link WalWriter#rotate}; during the replay {@code atBoundary} runs on the caller's thread. */
  long rotate(Runnable atBoundary) {
    WalWriter open;
    boundary.lock();
    try {
      open = writer;
      if (open == null) {
        atBoundary.run();
        return fileNumber;
      }
    } finally {
      boundary.unlock();
    }
    return open.rotate(atBoundary);
  }

  /** As {@link WalWriter#deleteBefore}. */
  void deleteBefore(long number) throws IOException {
    WalWriter open = writer;
    if (open == null) {
      replay.deleteBefore(number);
    } else {
      open.deleteBefore(number);
    }
  }

  WalStats stats() {
    WalWriter open = writer;
    return open == null ? new WalStats(replay.bytesTotal(), 0, 0, 0, 0, 0) : open.stats();
  }

  /** Gives up the replay; what it has not reached is found at the next start. Closing twice is harmless. */
  void endReplay() {
    closing = true;
    Thread running;
    synchronized (this) {
      running = thread;
    }
    if (running != null) {
      Threads.awaitEnd(running);
    }
  }

  /** Writes what is queued, then refuses more. Closing twice is harmless. */
  void close() {
    endReplay();
    WalWriter open = writer;
    if (open != null) {
      open.close();
    }
  }
}
