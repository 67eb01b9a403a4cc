package dev.skald.ingest;

import dev.skald.model.SharedLabels;
import dev.skald.model.TenantId;

/** What ingest remembers of one tenant from push to push. Safe for concurrent use. */
final class Tenant {
  private final TenantId id;
  private final SharedLabels labels;
  private final long seed;
  private final TokenBucket bytes = new TokenBucket();
  private final StreamRates streamRates = new StreamRates();
  private volatile Rules rules;
  private volatile long usedNanos;
  private volatile PushShape pushShape = PushShape.UNKNOWN;

  /** What is derived from the limits, until they change. */
  record Rules(
      IngestLimits limits, StreamLabelsCache streams, LevelDetector levels, GenericFields fields) {
    static Rules of(TenantId tenant, IngestLimits limits, SharedLabels labels, long seed) {
      return new Rules(
          limits,
          new StreamLabelsCache(new StreamResolver(tenant, limits, labels), seed),
          new LevelDetector(
              limits.discovery().levelFields(), limits.discovery().levelJsonDepthMax()),
          new GenericFields(limits.discovery().genericFields()));
    }
  }

  /**
   * @param labels that tenants share
   * @param seed not known to who pushes
   */
  Tenant(TenantId id, IngestLimits limits, SharedLabels labels, long seed, long nowNanos) {
    this.id = id;
    this.labels = labels;
    this.seed = seed;
    this.rules = Rules.of(id, limits, labels, seed);
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
      known = Rules.of(id, limits, labels, seed);
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

  /** Of the last push; many may come at the same time. */
  PushShape pushShape() {
    return pushShape;
  }

  void pushShape(PushShape last) {
    pushShape = last;
  }
}
