package dev.skald.ingest;

import dev.skald.model.SharedLabels;
import dev.skald.model.TenantId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tenants that push. Beyond a number, those that have not for a while are forgotten. Safe for
 * concurrent use.
 */
final class TenantDirectory {
  private static final int TENANTS_KEPT = 10_000;

  /** By then every bucket is full again. */
  private static final long IDLE_NANOS = Duration.ofMinutes(10).toNanos();

  private final ConcurrentHashMap<TenantId, Tenant> tenants = new ConcurrentHashMap<>();
  private final SharedLabels labels = new SharedLabels();
  private final long seed;

  /** {@code seed} is not known to who pushes. */
  TenantDirectory(long seed) {
    this.seed = seed;
  }

  Tenant of(TenantId id, IngestLimits limits, long nowNanos) {
    Tenant known = tenants.get(id);
    if (known != null) {
      return known;
    }
    if (tenants.size() >= TENANTS_KEPT) {
      tenants.values().removeIf(tenant -> nowNanos - tenant.usedNanos() > IDLE_NANOS);
    }
    return tenants.computeIfAbsent(
        id, newcomer -> new Tenant(newcomer, limits, labels, seed, nowNanos));
  }
}
