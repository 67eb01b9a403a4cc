package dev.skald.ingest;

import dev.skald.ingest.IngestLimits.Enforcement;
import dev.skald.model.TenantId;
import org.jspecify.annotations.Nullable;

/** Whether a tenant's ingestion is blocked, as a whole or under a policy. */
final class Blocking {
  private Blocking() {}

  /** Why entries of a stream under this policy are not taken now, or null if they are. */
  static ResolvedStream.@Nullable Refusal check(
      TenantId tenant, Enforcement enforcement, String policy, long nowEpochNanos) {
    Long untilOfPolicy = enforcement.policyBlockedUntilEpochNanos().get(policy);
    if (untilOfPolicy != null && nowEpochNanos < untilOfPolicy) {
      return new ResolvedStream.Refusal(
          DiscardReason.BLOCKED_INGESTION_POLICY,
          "ingestion blocked for user '%s' (policy: '%s') until '%s' with status code '%d'"
              .formatted(
                  tenant, policy, TimeText.rfc3339(untilOfPolicy), enforcement.blockedStatus()));
    }
    long until = enforcement.blockedUntilEpochNanos();
    if (nowEpochNanos < until) {
      return new ResolvedStream.Refusal(
          DiscardReason.BLOCKED_INGESTION,
          "ingestion blocked for user '%s' until '%s' with status code '%d'"
              .formatted(tenant, TimeText.rfc3339(until), enforcement.blockedStatus()));
    }
    return null;
  }
}
