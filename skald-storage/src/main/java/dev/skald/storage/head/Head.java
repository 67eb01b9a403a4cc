package dev.skald.storage.head;

import dev.skald.clock.Ticker;
import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.TenantId;
import dev.skald.random.Randomness;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * All tenants' recent entries. {@link #append} and {@link #freeze} belong to one thread, the WAL's
 * writer; everything else may be called by any.
 */
public final class Head {
  private final Ticker ticker;
  private final HeadBudget budget;
  private final PagePool pool;
  private final long seed;
  private final ToLongFunction<TenantId> storedMaxEpochNanos;
  private final ConcurrentHashMap<TenantId, TenantStreams> streams = new ConcurrentHashMap<>();
  private volatile Generation active;

  /**
   * @param storedMaxEpochNanos a time that no entry stored in a tenant's segments is newer than;
   *     {@link Long#MIN_VALUE} if there are none. Asked by the writer thread when a tenant turns up
   *     that is not in the head
   */
  public Head(
      Ticker ticker,
      Randomness randomness,
      HeadConfig config,
      ToLongFunction<TenantId> storedMaxEpochNanos) {
    this.ticker = ticker;
    this.budget = new HeadBudget(config);
    this.pool = new PagePool(config.generationBytesTarget());
    this.seed = randomness.nextLong();
    this.storedMaxEpochNanos = storedMaxEpochNanos;
    this.active = new Generation(1, budget);
  }

  public HeadBudget budget() {
    return budget;
  }

  /** The generation that grows. */
  public Generation active() {
    return active;
  }

  /**
   * Makes rows {@code from} (inclusive) to {@code to} (exclusive) of a batch visible. An entry that
   * the active generation holds already is left out; one that an older generation or a segment may
   * hold is marked as doubtful.
   *
   * @return the rows that were left out; null: none
   */
  public @Nullable BitSet append(TenantId tenant, EntryBatch batch, int from, int to) {
    Generation into = active;
    TenantHead head = into.existing(tenant);
    if (head == null) {
      TenantStreams table =
          streams.computeIfAbsent(
              tenant, t -> new TenantStreams(storedMaxEpochNanos.applyAsLong(t)));
      head = new TenantHead(into.number(), table, pool, seed);
      into.add(tenant, head);
    }
    long before = head.memoryBytes();
    BitSet leftOut = head.append(batch, from, to);
    into.appended(head.memoryBytes() - before, ticker.nowNanos());
    return leftOut;
  }

  /** Ends the active generation, returns it, and begins the next. */
  public Generation freeze() {
    Generation frozen = active;
    for (Map.Entry<TenantId, TenantStreams> tenant : streams.entrySet()) {
      TenantStreams table = tenant.getValue();
      table.endGeneration(frozen.number(), frozen.existing(tenant.getKey()));
      if (table.count() == 0) {
        streams.remove(tenant.getKey());
      }
    }
    active = new Generation(frozen.number() + 1, budget);
    return frozen;
  }

  /** Gives back memory that is kept for generations to come. */
  public void trim() {
    pool.clear();
  }

  /** Heap held: all generations, and what is kept for those to come. */
  public long memoryBytes() {
    return budget.usedBytes() + pool.bytes();
  }

  /** Tenants that have such streams as {@link #streamCount} counts. */
  public Set<TenantId> tenants() {
    return Set.copyOf(streams.keySet());
  }

  /** Streams of a tenant that were written to in this generation or the one before. */
  public int streamCount(TenantId tenant) {
    TenantStreams table = streams.get(tenant);
    return table == null ? 0 : table.count();
  }

  /** Whether a stream is one of those. */
  public boolean hasStream(TenantId tenant, Labels labels) {
    TenantStreams table = streams.get(tenant);
    return table != null && table.contains(labels);
  }
}
