package dev.skald.storage;

import java.util.concurrent.atomic.AtomicLong;

/** Counts behind {@link UpkeepStats}. Safe for concurrent use. */
final class UpkeepCounts {
  final AtomicLong rounds = new AtomicLong();
  final AtomicLong failures = new AtomicLong();
  final AtomicLong merges = new AtomicLong();
  final AtomicLong segmentsMerged = new AtomicLong();
  final AtomicLong bytesWritten = new AtomicLong();
  final AtomicLong copiesDropped = new AtomicLong();
  final AtomicLong rowsDeleted = new AtomicLong();
  final AtomicLong rowsExpired = new AtomicLong();
  final AtomicLong rowsEvicted = new AtomicLong();
  final AtomicLong refused = new AtomicLong();

  final AtomicLong lastRoundEpochNanos = new AtomicLong();
  final AtomicLong lastRoundNanos = new AtomicLong();

  UpkeepStats stats() {
    return new UpkeepStats(
        rounds.get(),
        failures.get(),
        merges.get(),
        segmentsMerged.get(),
        bytesWritten.get(),
        copiesDropped.get(),
        rowsDeleted.get(),
        rowsExpired.get(),
        rowsEvicted.get(),
        refused.get(),
        lastRoundEpochNanos.get(),
        lastRoundNanos.get());
  }
}
