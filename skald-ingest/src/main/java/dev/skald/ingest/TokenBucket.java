package dev.skald.ingest;

/** A token bucket; full at first. Tokens are bytes. Safe for concurrent use. */
final class TokenBucket {
  private static final double NANOS_PER_SECOND = 1e9;

  private double tokens;
  private long updatedNanos;
  private boolean used;

  /**
   * Takes all of them or none. The rate and the size may differ from call to call: limits change.
   */
  synchronized boolean take(long wanted, double tokensPerSecond, double tokensMax, long nowNanos) {
    if (used) {
      double grown = (nowNanos - updatedNanos) / NANOS_PER_SECOND * tokensPerSecond;
      tokens = Math.min(tokensMax, tokens + Math.max(0, grown));
    } else {
      tokens = tokensMax;
      used = true;
    }
    updatedNanos = nowNanos;
    if (wanted > tokens) {
      return false;
    }
    tokens -= wanted;
    return true;
  }
}
