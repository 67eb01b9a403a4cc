package dev.skald.ingest;

import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.TenantId;
import dev.skald.storage.LogStore;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets streams into a batch as long as their tenant has no more active ones than it may. The store
 * is asked about single streams only when the limit comes into reach. Pushes at the same time may
 * pass it together by what each brings. One push.
 */
final class StreamAdmission {
  /** What {@link #admit} answers beyond the limit. */
  static final int REFUSED = -1;

  private final LogStore store;
  private final TenantId tenant;
  private final int activeMax;
  private final EntryBatch batch;
  private int activeBefore = -1;

  /** Streams of the batch that were not active before; not known until it matters. */
  private @Nullable Set<Labels> newcomers;

  /** {@code activeMax} 0: no limit. */
  StreamAdmission(LogStore store, TenantId tenant, int activeMax, EntryBatch batch) {
    this.store = store;
    this.tenant = tenant;
    this.activeMax = activeMax;
    this.batch = batch;
  }

  /** The batch's ordinal of the stream, or {@link #REFUSED}. */
  int admit(Labels stream) {
    if (activeMax == 0) {
      return batch.stream(stream);
    }
    if (activeBefore < 0) {
      activeBefore = store.activeStreamCount(tenant);
    }
    int admitted = batch.streamCount();
    if (activeBefore + admitted < activeMax) {
      return batch.stream(stream);
    }
    Set<Labels> known = newcomers;
    if (known == null) {
      known = new HashSet<>();
      for (int i = 0; i < admitted; i++) {
        if (!store.isActiveStream(tenant, batch.stream(i))) {
          known.add(batch.stream(i));
        }
      }
      newcomers = known;
    }
    if (!known.contains(stream) && !store.isActiveStream(tenant, stream)) {
      if (activeBefore + known.size() >= activeMax) {
        return REFUSED;
      }
      known.add(stream);
    }
    return batch.stream(stream);
  }
}
