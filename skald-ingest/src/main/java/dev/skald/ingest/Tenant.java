package dev.skald.ingest;

import dev.skald.model.TenantId;

/** What ingest remembers of one tenant from push to push. Safe for concurrent use. */
final class Tenant {
  private final TenantId id;
  private final TokenBucket bytes = new TokenBucket();
  private final StreamRates streamRates = new StreamRates();
  private volatile Rules rules;
  private volatile long usedNanos;

  /** What is derived from the limits, until they change. */
  record Rules(
      IngestLimits limits, StreamLabelsCache streams, LevelDetector levels, GenericFields fields) {
    static Rules of(TenantId tenant, IngestLimits limits) {
      return new Rules(
          limits,
          new StreamLabelsCache(new StreamResolver(tenant, limits)),
          new LevelDetector(
              limits.discovery().levelFields(), limits.discovery().levelJsonDepthMax()),
          new GenericFields(limits.discovery().genericFields()));
    }
  }

  Tenant(TenantId id, IngestLimits limits, long nowNanos) {
    this.id = id;
    this.rules = Rules.of(id, limits);
    this.usedNanos = nowNanos;
  }

  TenantId id() {
    return id;
  }

  /** The rules under limits that may have changed since. */
  Rules rules(IngestLimits limits, long nowNanos) {
    usedNanos = nowNanos;
    Rules known = rules;
    if (!known.limits().equals(limits)) {
      known = Rules.of(id, limits);
      rules = known;
    }
    return known;
  }

  long usedNanos() {
    return usedNanos;
  }

  TokenBucket bytes() {
    return bytes;
  }

  StreamRates streamRates() {
    return streamRates;
  }
}
