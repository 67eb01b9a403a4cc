package dev.skald.storage;

import dev.skald.model.EntryBatch;
import dev.skald.model.TenantId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners what becomes visible, in the order in which it does: the rows of an append are
 * told after they are durable and every later scan sees them. One thread publishes, the log's
 * writer; while nobody listens that costs one look at an empty map. Safe for concurrent use.
 *
 * <p>Joining history and feed: subscribe, scan, then read {@link #seenMax}. What became visible
 * before the subscription is in the scan; what is told with a sequence beyond is not in the scan;
 * what is told up to it may be in both.
 */
public final class LiveFeed {
  private final ConcurrentHashMap<TenantId, List<Listener>> listeners = new ConcurrentHashMap<>();
  private volatile long published;

  LiveFeed() {}

  /** Takes what became visible. */
  @FunctionalInterface
  public interface Listener {
    /** Called by the log's writer: must be quick, must not block, must not throw. */
    void appended(LiveRows rows);
  }

  /**
   * Ends when closed; a call that is running then may end later. Closing twice is harmless.
   */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** Tells the listener what becomes visible of a tenant from now on. */
  public Subscription subscribe(TenantId tenant, Listener listener) {
    listeners.merge(
        tenant,
        List.of(listener),
        (known, one) -> {
          List<Listener> more = new ArrayList<>(known);
          more.addAll(one);
          return List.copyOf(more);
        });
    return () -> unsubscribe(tenant, listener);
  }

  private void unsubscribe(TenantId tenant, Listener listener) {
    listeners.computeIfPresent(
        tenant,
        (_, known) -> {
          List<Listener> fewer = known.stream().filter(one -> one != listener).toList();
          return fewer.isEmpty() ? null : fewer;
        });
  }

  /**
   * Rows with a greater sequence are not in a scan that was made before this is asked. The one
   * append that may be visible already and not be published yet is counted.
   */
  public long seenMax() {
    return published + 1;
  }

  /** Called by the one thread that appends, after the rows are visible. */
  void publish(TenantId tenant, EntryBatch batch, int from, int to, @Nullable BitSet leftOut) {
    if (listeners.isEmpty()) {
      return;
    }
    long sequence = published + 1;
    List<Listener> known = listeners.get(tenant);
    if (known != null) {
      batch.keep();
      LiveRows rows = new LiveRows(sequence, batch, from, to, leftOut);
      for (Listener listener : known) {
        listener.appended(rows);
      }
    }
    published = sequence;
  }
}
