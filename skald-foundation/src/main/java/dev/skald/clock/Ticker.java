package dev.skald.clock;

/** Elapsed time. */
@FunctionalInterface
public interface Ticker {
  /** Nanoseconds since an arbitrary origin; never steps backwards. Only differences mean anything. */
  long nowNanos();
}
