package dev.skald.storage;

/** How far a store has come with the log that the last run left. */
public sealed interface ReplayState {
  /**
   * Entries of the log become visible one after the other; nothing is taken.
   *
   * @param bytesDone of the log's {@code bytesTotal}
   */
  record Running(long bytesDone, long bytesTotal) implements ReplayState {}

  /** All that was acknowledged is visible. */
  record Done() implements ReplayState {}

  /** It ended early, and does not go on before a restart: what was reached is visible, and nothing is taken. */
  record Failed(String reason) implements ReplayState {}
}
