package dev.skald.query.tail;

import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.QueryAnswer;
import dev.skald.logql.pipeline.LabelDemand;
import dev.skald.logql.pipeline.Pipeline;
import dev.skald.logql.pipeline.PipelineLimits;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.model.QueryResult;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import dev.skald.model.TenantId;
import dev.skald.protocol.query.TailFormat;
import dev.skald.protocol.query.TailWriter;
import dev.skald.query.QueryService;
import dev.skald.storage.LiveFeed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

/**
 * Answers tails of all tenants. A tail subscribes to what becomes visible, then reads the past,
 * then joins the two ({@link LiveFeed}), so that no entry is missed or shown twice where they meet.
 * Clients that ask the same share one {@link TailFeed}. Safe for concurrent use.
 */
public final class TailService implements AutoCloseable {
  private static final String STOPPING = "the server is stopping";

  private final Ticker ticker;
  private final LiveFeed live;
  private final QueryService queries;
  private final PipelineLimits pipelineLimits;
  private final TailLimits limits;
  private final ToIntFunction<TenantId> concurrentMax;
  private final ExecutorService threads;
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Set<TailClient> running = ConcurrentHashMap.newKeySet();

  // Guarded by this.
  private final Map<TenantId, Integer> open = new HashMap<>();
  private final Map<Asked, Shared> feeds = new HashMap<>();
  private boolean closed;

  /** What clients that share a feed have in common. */
  private record Asked(TenantId tenant, String query, TailFormat format) {}

  /** A feed and how many use it. */
  private static final class Shared {
    private final TailFeed feed;
    private final LiveFeed.Subscription subscription;
    private int users;

    Shared(TailFeed feed, LiveFeed.Subscription subscription) {
      this.feed = feed;
      this.subscription = subscription;
    }
  }

  /**
   * @param concurrentMax {@code max_concurrent_tail_requests}
   * @param threads for one thread per feed; owned by the caller
   */
  public TailService(
      Ticker ticker,
      LiveFeed live,
      QueryService queries,
      PipelineLimits pipelineLimits,
      TailLimits limits,
      ToIntFunction<TenantId> concurrentMax,
      ExecutorService threads) {
    this.ticker = ticker;
    this.live = live;
    this.queries = queries;
    this.pipelineLimits = pipelineLimits;
    this.limits = limits;
    this.concurrentMax = concurrentMax;
    this.threads = threads;
  }

  /**
   * Checks what can be checked before a client is promised anything.
   *
   * @throws SkaldException BAD_REQUEST for a text that is not LogQL, LIMIT
   */
  public TailPlan plan(TenantId tenant, TailRequest request) {
    Expr expr = queries.readTailed(tenant, request.query(), request.limit());
    if (expr instanceof LogExpr log) {
      Pipeline.compile(log.stages(), LabelDemand.ALL, pipelineLimits);
    }
    return new TailPlan(tenant, request, expr);
  }

  /**
   * Takes a place for a tail.
   *
   * @throws SkaldException BAD_REQUEST for a query that cannot be tailed, LIMIT if the tenant has
   *     no place left, UNAVAILABLE after {@link #close}
   */
  public Tail open(TailPlan plan) {
    if (!(plan.expr() instanceof LogExpr log)) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "only log queries can be tailed");
    }
    if (log.order() != null) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "a tail has no end to be sorted by");
    }
    takePlace(plan.tenant());
    AtomicBoolean isOpen = new AtomicBoolean(true);
    return new Tail() {
      @Override
      public String run(TailTarget target) throws IOException, InterruptedException {
        return TailService.this.run(plan, log, target);
      }

      @Override
      public void close() {
        if (isOpen.getAndSet(false)) {
          givePlace(plan.tenant());
        }
      }
    };
  }

  private synchronized void takePlace(TenantId tenant) {
    if (closed) {
      throw SkaldException.of(ErrorKind.UNAVAILABLE, STOPPING);
    }
    int count = open.getOrDefault(tenant, 0) + 1;
    int max = concurrentMax.applyAsInt(tenant);
    if (count > max) {
      throw new SkaldException(
          ErrorKind.LIMIT,
          "max concurrent tail requests limit exceeded, count > limit (%d > %d)",
          count,
          max);
    }
    open.put(tenant, count);
  }

  private synchronized void givePlace(TenantId tenant) {
    open.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
  }

  private String run(TailPlan plan, LogExpr log, TailTarget target)
      throws IOException, InterruptedException {
    TailRequest request = plan.request();
    long startNanos = ticker.nowNanos();
    long durationNanos =
        limits.durationNanosMax() == 0 ? Long.MAX_VALUE / 2 : limits.durationNanosMax();
    TailWriter writer = new TailWriter(request.format());
    TailClient client =
        new TailClient(ticker, writer, target, request.delayNanos(), limits, waitingBytes);
    Asked asked = new Asked(plan.tenant(), request.query(), request.format());
    Shared shared = join(asked, log, client);
    try {
      List<byte[]> past = past(plan, log, writer, target);
      client.sendPast(past, live.seenMax());
      return client.sendLive(startNanos + durationNanos);
    } finally {
      leave(asked, shared, client);
    }
  }

  private Shared join(Asked asked, LogExpr log, TailClient client) {
    synchronized (this) {
      if (closed) {
        throw SkaldException.of(ErrorKind.UNAVAILABLE, STOPPING);
      }
      running.add(client);
      Shared shared = feeds.get(asked);
      if (shared == null || shared.feed.hasEnded()) { // one that failed serves nobody again
        TailFeed feed =
            new TailFeed(ticker, log, asked.format(), pipelineLimits, limits.batchBytesMax());
        shared = new Shared(feed, live.subscribe(asked.tenant(), feed::appended));
        feeds.put(asked, shared);
        threads.execute(feed::work);
      }
      shared.users++;
      shared.feed.add(client);
      return shared;
    }
  }

  private void leave(Asked asked, Shared shared, TailClient client) {
    shared.feed.remove(client);
    client.release();
    synchronized (this) {
      running.remove(client);
      if (--shared.users == 0) {
        feeds.remove(asked, shared);
        shared.subscription.close();
        shared.feed.end();
      }
    }
  }

  /** The newest entries of the past as they are sent, oldest first. */
  private List<byte[]> past(TailPlan plan, LogExpr log, TailWriter writer, TailTarget target) {
    TailRequest request = plan.request();
    if (request.limit() == 0) {
      return List.of();
    }
    QueryAnswer answer =
        queries.newest(
            plan.tenant(), log, request.startEpochNanos(), request.limit(), target::isClosed);
    if (!(answer.result() instanceof QueryResult.Streams streams)) {
      throw SkaldException.of(ErrorKind.BUG, "a log query without streams");
    }
    @SuppressWarnings("ArrayRecordComponent")
    record Found(long timestamp, byte[] element) {}
    List<Found> found = new ArrayList<>();
    for (ResultStream stream : streams.streams()) {
      for (ResultEntry entry : stream.entries().reversed()) {
        found.add(new Found(entry.timestampEpochNanos(), writer.element(stream.stream(), entry)));
      }
    }
    found.sort(Comparator.comparingLong(Found::timestamp));
    return found.stream().map(Found::element).toList();
  }

  /** Clients that are being served. */
  public int activeCount() {
    return running.size();
  }

  /** Ends all tails. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    running.forEach(client -> client.fail(STOPPING));
  }
}
