package dev.skald.storage.wal;

import dev.skald.clock.Ticker;
import dev.skald.disk.Disk;
import dev.skald.disk.DiskFullException;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.random.Randomness;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing end of the log. One thread owns the files; appending threads wait for it.
 *
 * <p>Group commit: the writer takes what is queued, up to a number of bytes and for a bounded time,
 * writes it, and syncs once. It never waits for company: while one sync runs the next group gathers
 * by itself, and a lone client does not pay for others who do not come.
 *
 * <p>A file whose write or sync failed is given up: the system may have dropped the bytes and
 * forgotten the error, so trying again would acknowledge what is lost. Its appends fail, the next
 * one starts a new file, whose header says how far the old one was acknowledged. A full disk is the
 * same thing and heals as soon as there is space again.
 */
public final class WalWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WalWriter.class);

  private static final long FAILURE_LOG_NANOS = 10_000_000_000L;

  private final Disk disk;
  private final String folder;
  private final Ticker ticker;
  private final Randomness randomness;
  private final WalConfig config;
  private final WalQueue queue;
  private final Set<Long> damagedFiles = new HashSet<>();
  private final Thread thread;

  private final AtomicLong records = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong syncs = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong diskFull = new AtomicLong();

  // Owned by the writer thread.
  private final ByteBuffer staging = ByteBuffer.allocateDirect(WalFile.STAGING_BYTES);
  private final List<WalAppend> group = new ArrayList<>();
  private @Nullable WalFile file;
  private WalEnd acknowledged;
  private long nextFileNumber;
  private long lastSyncNanos;
  private long lastFailureLogNanos;

  private WalWriter(
      Disk disk,
      String folder,
      Ticker ticker,
      Threads threads,
      Randomness randomness,
      WalConfig config,
      WalReplay.Result replayed) {
    this.disk = disk;
    this.folder = folder;
    this.ticker = ticker;
    this.randomness = randomness;
    this.config = config;
    this.queue = new WalQueue(config.queueBytesMax());
    this.acknowledged = replayed.end();
    this.nextFileNumber = replayed.fileNumberMax() + 1;
    this.damagedFiles.addAll(replayed.corruptFiles());
    this.lastFailureLogNanos = ticker.nowNanos() - FAILURE_LOG_NANOS;
    this.thread = threads.start("wal-writer", this::run);
  }

  /**
   * Starts behind what a replay of the same folder found. No file is made before the first append.
   */
  public static WalWriter start(
      Disk disk,
      String folder,
      Ticker ticker,
      Threads threads,
      Randomness randomness,
      WalConfig config,
      WalReplay.Result replayed) {
    return new WalWriter(disk, folder, ticker, threads, randomness, config, replayed);
  }

  /**
   * Returns when the payload is durable, as far as the configuration promises, and {@code
   * onDurable} has run.
   *
   * @param payload parts of one record; read until this returns
   * @param onDurable run by the writer thread, in the order of the log; must not block and must not
   *     throw
   * @throws SkaldException UNAVAILABLE if the disk is full or fails, the queue is full, or the log
   *     is closing; the record may still be found by a replay then. TOO_LARGE beyond the record
   *     limit
   */
  public void append(ByteBuffer[] payload, Runnable onDurable) {
    WalAppend append = WalAppend.of(payload, config.recordBytesMax(), onDurable);
    queue.put(new WalQueue.Request.Append(append));
    append.await();
  }

  /**
   * Ends the current file. Records appended before are in files below the number returned, later
   * ones in files from it on; {@code atBoundary} runs on the writer thread between the two.
   */
  public long rotate(Runnable atBoundary) {
    WalRotation rotation = WalRotation.of(atBoundary);
    queue.put(new WalQueue.Request.Rotate(rotation));
    return rotation.nextFile().await();
  }

  /** Deletes the files below this number; damaged ones are kept under another name. */
  public void deleteBefore(long fileNumber) throws IOException {
    WalFiles.deleteBefore(disk, folder, fileNumber, damagedFiles);
  }

  public WalStats stats() {
    return new WalStats(
        bytesOnDisk(), records.get(), bytes.get(), syncs.get(), failures.get(), diskFull.get());
  }

  private long bytesOnDisk() {
    try {
      long sum = 0;
      for (long number : WalFiles.numbers(disk, folder)) {
        sum += disk.sizeBytes(WalFiles.path(folder, number));
      }
      return sum;
    } catch (IOException e) {
      LOG.debug("{}: size unknown", folder, e); // a figure for a graph; a file may just have gone
      return 0;
    }
  }

  /** Writes what is queued, then refuses more. Closing twice is harmless. */
  @Override
  public void close() {
    queue.close(SkaldException.of(ErrorKind.UNAVAILABLE, "the log is closing"));
    Threads.awaitEnd(thread);
  }

  private void run() {
    try {
      while (step()) {}
      finishFile();
    } catch (RuntimeException | Error e) {
      LOG.error("the log stops: {}", e.toString(), e);
      stop(SkaldException.of(ErrorKind.BUG, "the log has stopped: " + e, e));
    }
  }

  private boolean step() {
    switch (queue.take(idleNanosMax())) {
      case WalQueue.Request.Append(WalAppend first) -> commit(first);
      case WalQueue.Request.Rotate(WalRotation rotation) -> rotate(rotation);
      case WalQueue.Request.Idle() -> syncAfterInterval();
      case WalQueue.Request.Closed() -> {
        return false;
      }
    }
    return true;
  }

  private long idleNanosMax() {
    boolean timed =
        config.durability() == Durability.INTERVAL && file != null && file.hasUnsyncedBytes();
    return timed
        ? Math.max(0, lastSyncNanos + config.syncIntervalNanos() - ticker.nowNanos())
        : Long.MAX_VALUE;
  }

  private void commit(WalAppend first) {
    group.clear();
    group.add(first);
    try {
      WalFile into = file();
      long startBytes = into.writtenBytes();
      long startNanos = ticker.nowNanos();
      into.append(first);
      for (WalAppend next; (next = following(into, startBytes, startNanos)) != null; ) {
        group.add(next);
        into.append(next);
      }
      into.write();
      if (isSyncDue()) {
        sync(into);
      }
      acknowledged = new WalEnd(into.number(), into.writtenBytes());
      records.addAndGet(group.size());
      bytes.addAndGet(into.writtenBytes() - startBytes);
    } catch (IOException e) {
      failGroup(e);
      return;
    }
    for (WalAppend append : group) {
      append.runOnDurable();
      append.succeed();
    }
    group.clear();
    if (acknowledged.bytes() >= config.fileBytesMax()) {
      finishFile();
    }
  }

  private @Nullable WalAppend following(WalFile into, long startBytes, long startNanos) {
    boolean open =
        into.writtenBytes() - startBytes < config.groupBytesMax()
            && ticker.nowNanos() - startNanos < config.groupNanosMax();
    return open ? queue.pollAppend() : null;
  }

  private boolean isSyncDue() {
    return switch (config.durability()) {
      case FSYNC -> true;
      case INTERVAL -> ticker.nowNanos() - lastSyncNanos >= config.syncIntervalNanos();
      case OS -> false;
    };
  }

  private void sync(WalFile synced) throws IOException {
    synced.sync();
    syncs.incrementAndGet();
    lastSyncNanos = ticker.nowNanos();
  }

  private WalFile file() throws IOException {
    WalFile open = file;
    if (open == null) {
      long number = nextFileNumber++; // a number is used once, even if making the file fails
      open =
          WalFile.create(
              disk,
              folder,
              new WalFileHeader(number, randomness.nextLong(), acknowledged),
              staging);
      file = open;
      lastSyncNanos = ticker.nowNanos();
    }
    return open;
  }

  private void failGroup(IOException e) {
    failures.incrementAndGet();
    String text;
    if (e instanceof DiskFullException) {
      diskFull.addAndGet(group.size());
      text = "the disk is full, nothing can be stored: " + e.getMessage();
    } else {
      text = "the log cannot be written: " + e.getMessage();
    }
    long now = ticker.nowNanos();
    if (now - lastFailureLogNanos >= FAILURE_LOG_NANOS) {
      lastFailureLogNanos = now; // clients come again and again; the log need not
      LOG.error("{}; appends are refused", text);
    }
    giveUpFile();
    SkaldException why = SkaldException.of(ErrorKind.UNAVAILABLE, text, e);
    group.forEach(append -> append.fail(why));
    group.clear();
  }

  /**
   * A file that holds nothing acknowledged is deleted: on a full disk every attempt would leave
   * one.
   */
  private void giveUpFile() {
    WalFile failed = file;
    if (failed != null) {
      giveUp(failed);
      if (acknowledged.fileNumber() != failed.number()) {
        try {
          disk.delete(WalFiles.path(folder, failed.number()));
        } catch (IOException e) {
          LOG.debug("file={} stays behind until a start", failed.number(), e);
        }
      }
    }
  }

  private void rotate(WalRotation rotation) {
    finishFile();
    try {
      rotation.atBoundary().run();
    } catch (RuntimeException | Error e) {
      rotation.nextFile().fail(SkaldException.of(ErrorKind.BUG, "rotation failed: " + e, e));
      throw e;
    }
    rotation.nextFile().succeed(nextFileNumber);
  }

  /** Closes the file, synced unless the configuration leaves that to the system. */
  private void finishFile() {
    WalFile finished = file;
    if (finished == null) {
      return;
    }
    try {
      if (config.durability() != Durability.OS && finished.hasUnsyncedBytes()) {
        sync(finished);
      }
    } catch (IOException e) {
      failedLateSync(e);
    }
    giveUp(finished);
  }

  private void giveUp(WalFile finished) {
    try {
      finished.close();
    } catch (IOException e) {
      LOG.warn("closing a wal file: {}", e.getMessage());
    }
    file = null;
  }

  private void syncAfterInterval() {
    WalFile open = file;
    if (open != null) {
      try {
        sync(open);
      } catch (IOException e) {
        failedLateSync(e);
        giveUpFile();
      }
    }
  }

  private void failedLateSync(IOException e) {
    failures.incrementAndGet();
    LOG.error(
        "acknowledged entries may be lost if the machine stops before they are flushed: {}",
        e.getMessage());
  }

  private void stop(SkaldException why) {
    queue.close(why);
    group.forEach(append -> append.fail(why));
    while (true) {
      switch (queue.take(Long.MAX_VALUE)) {
        case WalQueue.Request.Append(WalAppend append) -> append.fail(why);
        case WalQueue.Request.Rotate(WalRotation rotation) -> rotation.nextFile().fail(why);
        case WalQueue.Request.Idle() -> {}
        case WalQueue.Request.Closed() -> {
          giveUpFile();
          return;
        }
      }
    }
  }
}
