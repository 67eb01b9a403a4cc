package dev.skald.query;

import dev.skald.clock.EpochClock;
import dev.skald.model.TenantId;
import dev.skald.storage.LogStore;
import java.util.function.Function;

/** Makes {@link TenantScope}s. */
record TenantScopes(EpochClock clock, LogStore store, Function<TenantId, QueryLimits> limits) {
  TenantScope of(TenantSet tenants) {
    return new TenantScope(store, tenants, limitsOf(tenants), clock.nowEpochNanos());
  }

  QueryLimits limitsOf(TenantSet tenants) {
    return tenants.ids().stream().map(limits).reduce(QueryLimits::and).orElseThrow();
  }
}
