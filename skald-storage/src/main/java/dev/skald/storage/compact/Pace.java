package dev.skald.storage.compact;

/** Keeps background work from taking a core for itself. */
@FunctionalInterface
public interface Pace {
  /** As fast as it goes. */
  Pace UNBOUNDED = () -> {};

  /**
   * Called after each page, on the thread that works; waits for a while.
   *
   * @throws dev.skald.error.SkaldException UNAVAILABLE if the work is to be given up
   */
  void step();
}
