package dev.skald.query;

import java.util.List;

/**
 * Limits that a request sets for itself (spec http-api.md 1.7). They can only allow less than the tenant's; 0 says
 * nothing.
 */
public record RequestLimits(
    long queryLengthNanosMax,
    long queryRangeNanosMax,
    long queryLookbackNanosMax,
    int entriesPerQueryMax,
    long queryTimeoutNanos,
    List<String> requiredLabels,
    int labelsMin,
    long queryBytesMax) {
  /** Says nothing. */
  public static final RequestLimits NONE = new RequestLimits(0, 0, 0, 0, 0, List.of(), 0, 0);

  public RequestLimits {
    requiredLabels = List.copyOf(requiredLabels);
  }
}
