package dev.skald.storage.head;

import dev.skald.model.Labels;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's streams that were written to lately. Changed by the writer thread; may be asked by
 * any.
 */
final class TenantStreams {
  private final ConcurrentHashMap<Labels, HeadStream> streams = new ConcurrentHashMap<>();

  /** No row stored before the active generation is newer; the writer thread's. */
  private long storedMaxEpochNanos;

  TenantStreams(long storedMaxEpochNanos) {
    this.storedMaxEpochNanos = storedMaxEpochNanos;
  }

  HeadStream get(Labels labels) {
    HeadStream known = streams.get(labels);
    if (known != null) {
      return known;
    }
    HeadStream added = new HeadStream(labels, storedMaxEpochNanos);
    streams.put(labels, added);
    return added;
  }

  int count() {
    return streams.size();
  }

  boolean contains(Labels labels) {
    return streams.containsKey(labels);
  }

  /**
   * Forgets streams that have no row in the generation that ends; what it held is stored from now
   * on.
   */
  void endGeneration(long generation, @Nullable TenantHead ended) {
    streams.values().removeIf(stream -> stream.generation < generation);
    if (ended != null) {
      storedMaxEpochNanos = Math.max(storedMaxEpochNanos, ended.maxEpochNanos());
      ended.end();
    }
  }
}
