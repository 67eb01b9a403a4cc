package dev.skald.query.tail;

/**
 * Bounds of tails.
 *
 * @param durationNanosMax {@code querier.tail_max_duration}; 0: none
 * @param waitingEntriesMax entries that wait for one client; what comes beyond is dropped
 * @param waitingBytesMax bytes of them, of all clients together, those that several wait for
 *     counted once; what comes beyond is dropped
 * @param batchBytesMax bytes of appended batches that wait for one query; what comes beyond is dropped
 */
public record TailLimits(
    long durationNanosMax, int waitingEntriesMax, long waitingBytesMax, long batchBytesMax) {
  /** An hour; 10,000 entries, 32 MiB; 16 MiB of batches. */
  public static final TailLimits DEFAULTS =
      new TailLimits(3_600_000_000_000L, 10_000, 32 << 20, 16 << 20);
}
