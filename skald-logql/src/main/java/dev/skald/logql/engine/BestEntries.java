package dev.skald.logql.engine;

import dev.skald.model.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The first {@code limit} entries of an answer, as far as they are known. Safe for concurrent use.
 */
final class BestEntries {
  private final int limit;
  private final Direction direction;
  private final Comparator<FoundEntry> order;
  private final QueryMeter meter;
  private final PriorityQueue<FoundEntry> lastFirst;

  /**
   * Time of the last entry once there are {@code limit} of them; before, a time that nothing is
   * beyond.
   */
  private volatile long lastEpochNanos;

  BestEntries(int limit, Direction direction, QueryMeter meter) {
    this.limit = limit;
    this.direction = direction;
    this.meter = meter;
    order = FoundEntry.order(direction);
    lastFirst = new PriorityQueue<>(order.reversed());
    lastEpochNanos = direction == Direction.FORWARD ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  /** Whether an entry of that time may belong to the answer still. */
  boolean mayTake(long epochNanos) {
    return direction == Direction.FORWARD
        ? epochNanos <= lastEpochNanos
        : epochNanos >= lastEpochNanos;
  }

  void offer(List<FoundEntry> entries) {
    long reserved = 0;
    long released = 0;
    synchronized (lastFirst) {
      for (FoundEntry entry : entries) {
        if (lastFirst.size() == limit) {
          if (order.compare(entry, lastFirst.element()) >= 0) {
            continue;
          }
          released += lastFirst.remove().bytes();
        }
        lastFirst.add(entry);
        reserved += entry.bytes();
      }
      if (lastFirst.size() == limit) {
        lastEpochNanos = lastFirst.element().entry().timestampEpochNanos();
      }
    }
    meter.release(released);
    meter.reserve(reserved);
  }

  /** All entries, in the order of the answer. */
  List<FoundEntry> sorted() {
    synchronized (lastFirst) {
      List<FoundEntry> sorted = new ArrayList<>(lastFirst);
      sorted.sort(order);
      return sorted;
    }
  }
}
