package dev.skald.query.tail;

import dev.skald.clock.Ticker;
import dev.skald.protocol.query.TailWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of a feed: what waits for it, what was dropped because it was slow, and the thread
 * that sends. The feed's thread offers; the client's own thread takes.
 */
final class TailClient {
  private static final Logger LOG = LoggerFactory.getLogger(TailClient.class);

  /** Dropped entries beyond are not told. */
  static final int DROPPED_TOLD_MAX = 1000;

  private static final int FRAME_ENTRIES_MAX = 100;
  private static final long PING_NANOS = 1_000_000_000;

  private final Ticker ticker;
  private final TailWriter writer;
  private final TailTarget target;
  private final long delayNanos;
  private final int entriesMax;
  private final long bytesMax;

  /** Of all clients. */
  private final AtomicLong waitingBytes;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private final ArrayDeque<TailEntry> waiting = new ArrayDeque<>();
  private final List<Dropped> dropped = new ArrayList<>();
  private @Nullable String endReason;

  /** What was sent of the past, as long as the feed may bring it again; the client's thread alone. */
  private Set<ByteBuffer> past = Set.of();

  private long pastSequenceMax;

  TailClient(
      Ticker ticker,
      TailWriter writer,
      TailTarget target,
      long delayNanos,
      TailLimits limits,
      AtomicLong waitingBytes) {
    this.ticker = ticker;
    this.writer = writer;
    this.target = target;
    this.delayNanos = delayNanos;
    this.entriesMax = limits.waitingEntriesMax();
    this.bytesMax = limits.waitingBytesMax();
    this.waitingBytes = waitingBytes;
  }

  /** Takes entries as far as there is room; {@code lost} are those that the feed itself dropped. */
  void offer(List<TailEntry> entries, List<Dropped> lost) {
    lock.lock();
    try {
      lost.forEach(this::tellDropped);
      for (TailEntry entry : entries) {
        if (waiting.size() < entriesMax && entry.hold(waitingBytes, bytesMax)) {
          waiting.add(entry);
        } else {
          tellDropped(new Dropped(entry.timestampEpochNanos(), entry.stream()));
        }
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void tellDropped(Dropped one) {
    if (dropped.size() < DROPPED_TOLD_MAX) {
      dropped.add(one);
    }
  }

  /** Ends the tail from outside; the first reason counts. */
  void fail(String reason) {
    lock.lock();
    try {
      endReason = endReason == null ? reason : endReason;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends entries of the past, oldest first. The feed may bring those up to {@code sequenceMax}
   * again; they are left out then.
   */
  void sendPast(List<byte[]> elements, long sequenceMax) throws IOException {
    past = new HashSet<>();
    elements.forEach(element -> past.add(ByteBuffer.wrap(element)));
    pastSequenceMax = sequenceMax;
    for (int from = 0; from < elements.size(); from += FRAME_ENTRIES_MAX) {
      int to = Math.min(elements.size(), from + FRAME_ENTRIES_MAX);
      target.send(writer.frame(elements.subList(from, to), List.of()));
    }
  }

  /**
   * Sends what comes until the client goes, somebody ends the tail, or its time is over.
   *
   * @param endNanos on the ticker's scale
   * @return why it ended
   */
  String sendLive(long endNanos) throws IOException, InterruptedException {
    long pingNanos = ticker.nowNanos();
    while (!target.isClosed()) {
      long now = ticker.nowNanos();
      if (now - endNanos >= 0) {
        return "reached tail max duration limit";
      }
      if (now - pingNanos >= 0) {
        target.ping();
        pingNanos = now + PING_NANOS;
      }
      List<TailEntry> due = new ArrayList<>();
      List<Dropped> lost = new ArrayList<>();
      String reason = await(Math.min(pingNanos, endNanos), due, lost);
      if (reason != null) {
        return reason;
      }
      send(due, lost);
    }
    return "the client has gone";
  }

  /** Waits for entries that are due, at most until a time; a reason: the tail is to end. */
  private @Nullable String await(long untilNanos, List<TailEntry> due, List<Dropped> lost)
      throws InterruptedException {
    lock.lock();
    try {
      while (endReason == null) {
        long now = ticker.nowNanos();
        take(now, due, lost);
        if (!due.isEmpty() || !lost.isEmpty() || untilNanos - now <= 0) {
          return null;
        }
        TailEntry next = waiting.peek();
        long dueNanos = next == null ? Long.MAX_VALUE : next.arrivedNanos() + delayNanos - now;
        if (changed.await(Math.min(untilNanos - now, dueNanos), TimeUnit.NANOSECONDS)) {
          LOG.trace("woken");
        }
      }
      return endReason;
    } finally {
      lock.unlock();
    }
  }

  private void take(long now, List<TailEntry> due, List<Dropped> lost) {
    for (TailEntry next = waiting.peek();
        next != null && now - next.arrivedNanos() >= delayNanos;
        next = waiting.peek()) {
      due.add(waiting.remove());
      next.release(waitingBytes);
    }
    lost.addAll(dropped);
    dropped.clear();
  }

  private void send(List<TailEntry> due, List<Dropped> lost) throws IOException {
    List<byte[]> told =
        lost.stream().map(one -> writer.dropped(one.timestampEpochNanos(), one.stream())).toList();
    due.removeIf(this::wasSent);
    due.sort(Comparator.comparingLong(TailEntry::timestampEpochNanos));
    List<byte[]> elements = due.stream().map(TailEntry::element).toList();
    int from = 0;
    while (from < elements.size() || !told.isEmpty()) {
      int to = Math.min(elements.size(), from + FRAME_ENTRIES_MAX);
      target.send(writer.frame(elements.subList(from, to), told));
      told = List.of();
      from = to;
    }
  }

  private boolean wasSent(TailEntry entry) {
    if (past.isEmpty()) {
      return false;
    }
    if (entry.sequence() > pastSequenceMax) {
      past = Set.of(); // the feed is beyond the joint
      return false;
    }
    return past.contains(ByteBuffer.wrap(entry.element()));
  }

  /** Gives back what waits. */
  void release() {
    lock.lock();
    try {
      waiting.forEach(entry -> entry.release(waitingBytes));
      waiting.clear();
      endReason = "ended";
    } finally {
      lock.unlock();
    }
  }
}
