package dev.skald.ingest;

import dev.skald.model.TenantId;

/** Where the limits of a tenant come from. Called once per push, by many threads. */
@FunctionalInterface
public interface TenantLimits {
  /**
   * The limits that hold now. Better the same object as before: what is derived from it is kept.
   */
  IngestLimits of(TenantId tenant);
}
