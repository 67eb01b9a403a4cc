package dev.skald.storage.head;

import dev.skald.model.TenantId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was appended between two flushes. The active one grows; a frozen one does not change, and
 * stays readable until whoever flushed it releases it.
 */
public final class Generation {
  private static final int TENANT_BYTES = 1 << 10;

  private final long number;
  private final HeadBudget budget;
  private final ConcurrentHashMap<TenantId, TenantHead> tenants = new ConcurrentHashMap<>();
  private volatile long memoryBytes;
  private volatile long firstAppendNanos;
  private volatile long lastAppendNanos;
  private volatile boolean empty = true;

  Generation(long number, HeadBudget budget) {
    this.number = number;
    this.budget = budget;
  }

  /** Later ones are larger; the first is 1. */
  public long number() {
    return number;
  }

  /** A tenant's rows, if it has any. */
  public Optional<TenantHead> tenant(TenantId tenant) {
    return Optional.ofNullable(tenants.get(tenant));
  }

  public Map<TenantId, TenantHead> tenants() {
    return Collections.unmodifiableMap(tenants);
  }

  /** Heap held, roughly. */
  public long memoryBytes() {
    return memoryBytes;
  }

  public boolean isEmpty() {
    return empty;
  }

  public long rowCount() {
    return tenants.values().stream().mapToLong(TenantHead::rowCount).sum();
  }

  public long streamCount() {
    return tenants.values().stream().mapToLong(TenantHead::streamCount).sum();
  }

  /**
   * How long ago, by the ticker's time {@code nowNanos}, the first entry came; 0 if none has come.
   */
  public long ageNanos(long nowNanos) {
    return empty ? 0 : nowNanos - firstAppendNanos;
  }

  /** How long ago the last entry came. */
  public long idleNanos(long nowNanos) {
    return empty ? 0 : nowNanos - lastAppendNanos;
  }

  @Nullable TenantHead existing(TenantId tenant) {
    return tenants.get(tenant);
  }

  /** For the writer thread. */
  void add(TenantId tenant, TenantHead head) {
    tenants.put(tenant, head);
    grow(TENANT_BYTES);
  }

  /** For the writer thread. */
  void appended(long grownBytes, long nowNanos) {
    if (empty) {
      firstAppendNanos = nowNanos;
    }
    lastAppendNanos = nowNanos;
    empty = false;
    grow(grownBytes);
  }

  private void grow(long bytes) {
    long grown = memoryBytes + bytes;
    memoryBytes = grown;
    budget.use(bytes);
  }

  /** It is in segments and nobody reads it any more: its memory may be used again. Once only. */
  public void recycle() {
    tenants.values().forEach(TenantHead::recycle);
    budget.free(memoryBytes);
  }
}
