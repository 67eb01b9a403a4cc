package dev.skald.query.tail;

import dev.skald.clock.Ticker;
import dev.skald.logql.pipeline.LabelDemand;
import dev.skald.logql.pipeline.Pipeline;
import dev.skald.logql.pipeline.PipelineLimits;
import dev.skald.logql.pipeline.PipelineRun;
import dev.skald.logql.pipeline.RowBatch;
import dev.skald.logql.pipeline.RowLabels;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.model.EntryBatch;
import dev.skald.model.MatcherTest;
import dev.skald.model.ResultEntry;
import dev.skald.model.Selection;
import dev.skald.protocol.query.TailFormat;
import dev.skald.protocol.query.TailWriter;
import dev.skald.storage.LiveRows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One query over what becomes visible of one tenant, for all clients that tail it. The log's writer
 * hands rows in; a thread of the feed's own looks at them in rounds, at most ten a second, and
 * hands to the clients what passes.
 */
final class TailFeed {
  private static final Logger LOG = LoggerFactory.getLogger(TailFeed.class);

  private static final long ROUND_NANOS = 100_000_000;

  /** A batch in the queue, and what it needs there. */
  private record Waiting(LiveRows rows, long arrivedNanos) {}

  private final Ticker ticker;
  private final long batchBytesMax;
  private final List<MatcherTest> tests;
  private final PipelineRun run;
  private final TailWriter writer;
  private final CopyOnWriteArrayList<TailClient> clients = new CopyOnWriteArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private final List<Dropped> dropped = new ArrayList<>();
  private long queueBytes;
  private boolean ended;

  TailFeed(
      Ticker ticker, LogExpr expr, TailFormat format, PipelineLimits limits, long batchBytesMax) {
    this.ticker = ticker;
    this.batchBytesMax = batchBytesMax;
    this.tests = expr.selector().matchers().stream().map(MatcherTest::of).toList();
    this.run = Pipeline.compile(expr.stages(), LabelDemand.ALL, limits).newRun();
    this.writer = new TailWriter(format);
  }

  void add(TailClient client) {
    clients.add(client);
  }

  void remove(TailClient client) {
    clients.remove(client);
  }

  /** Takes rows from the log's writer, or says that they were dropped. */
  void appended(LiveRows rows) {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      long bytes = rows.bytes();
      if (queueBytes + bytes > batchBytesMax && !queue.isEmpty()) {
        drop(rows);
        return;
      }
      queue.add(new Waiting(rows, ticker.nowNanos()));
      queueBytes += bytes;
      if (queue.size() == 1) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The first row stands for its batch: looking at all of them is what there is no time for. */
  private void drop(LiveRows rows) {
    EntryBatch batch = rows.batch();
    if (dropped.size() < TailClient.DROPPED_TOLD_MAX && rows.from() < rows.to()) {
      int row = rows.from();
      dropped.add(
          new Dropped(
              batch.timestampsEpochNanos()[row], batch.stream(batch.streamOrdinals()[row])));
    }
  }

  boolean hasEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      queue.clear();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Works until {@link #end}. */
  void work() {
    try {
      long roundNanos = ticker.nowNanos() - ROUND_NANOS;
      while (awaitRows(roundNanos)) {
        roundNanos = ticker.nowNanos();
        round();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("a tail failed", e);
      end();
      clients.forEach(client -> client.fail("internal error: " + e));
    }
  }

  /** Waits for the first rows, and then for the round to be over. False: the feed has ended. */
  private boolean awaitRows(long lastRoundNanos) throws InterruptedException {
    lock.lock();
    try {
      while (queue.isEmpty() && !ended) {
        changed.await();
      }
      long leftNanos = lastRoundNanos + ROUND_NANOS - ticker.nowNanos();
      while (leftNanos > 0 && !ended) {
        if (changed.await(leftNanos, TimeUnit.NANOSECONDS)) {
          LOG.trace("woken within a round");
        }
        leftNanos = lastRoundNanos + ROUND_NANOS - ticker.nowNanos();
      }
      return !ended;
    } finally {
      lock.unlock();
    }
  }

  private void round() {
    List<Waiting> taken;
    List<Dropped> lost;
    lock.lock();
    try {
      taken = new ArrayList<>(queue);
      queue.clear();
      queueBytes = 0;
      lost = List.copyOf(dropped);
      dropped.clear();
    } finally {
      lock.unlock();
    }
    List<TailEntry> entries = new ArrayList<>();
    for (Waiting waiting : taken) {
      evaluate(waiting, entries);
    }
    if (!entries.isEmpty() || !lost.isEmpty()) {
      for (TailClient client : clients) {
        client.offer(entries, lost);
      }
    }
  }

  private void evaluate(Waiting waiting, List<TailEntry> out) {
    EntryBatch batch = waiting.rows().batch();
    boolean[] matching = new boolean[batch.streamCount()];
    boolean any = false;
    for (int stream = 0; stream < matching.length; stream++) {
      matching[stream] = matches(batch, stream);
      any |= matching[stream];
    }
    if (!any) {
      return;
    }
    Selection rows = waiting.rows().stored();
    int[] streams = batch.streamOrdinals();
    rows.keep(row -> matching[streams[row]]);
    for (int from = 0; from < rows.count(); ) {
      int to = run.batchEnd(batch, rows.rows(), from, rows.count());
      RowBatch passed = run.run(batch, rows, from, to);
      for (int i = 0; i < passed.count(); i++) {
        out.add(entry(waiting, passed, i));
      }
      from = to;
    }
  }

  private boolean matches(EntryBatch batch, int stream) {
    for (MatcherTest test : tests) {
      if (!test.test(batch.stream(stream).get(test.matcher().name()))) {
        return false;
      }
    }
    return true;
  }

  private TailEntry entry(Waiting waiting, RowBatch passed, int i) {
    RowLabels labels = passed.labels(i);
    int start = passed.lineStart(i);
    String line =
        new String(passed.lineBytes(i), start, passed.lineEnd(i) - start, StandardCharsets.UTF_8);
    long timestamp = passed.timestampEpochNanos(i);
    ResultEntry entry =
        new ResultEntry(timestamp, line, labels.structuredMetadata(), labels.parsed());
    return new TailEntry(
        timestamp,
        waiting.rows().sequence(),
        waiting.arrivedNanos(),
        labels.stream(),
        writer.element(labels.stream(), entry));
  }
}
