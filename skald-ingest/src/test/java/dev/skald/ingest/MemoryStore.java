package dev.skald.ingest;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Entry;
import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.Matcher;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.LogStore;
import dev.skald.storage.StoreStats;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A store that keeps batches in memory, for what the write path needs of one; queries are not
 * answered.
 */
final class MemoryStore implements LogStore {
  /** An entry that was stored; {@code line} is read as UTF-8. */
  record Stored(Labels labels, Entry entry) {}

  private final Map<TenantId, List<EntryBatch>> batches = new ConcurrentHashMap<>();
  private final Map<TenantId, Set<Labels>> active = new ConcurrentHashMap<>();
  private final Keeping keeping;
  private volatile boolean full;

  /** Whether batches are kept. */
  enum Keeping {
    EVERYTHING,
    NOTHING
  }

  MemoryStore() {
    this(Keeping.EVERYTHING);
  }

  MemoryStore(Keeping keeping) {
    this.keeping = keeping;
  }

  /** From now on nothing is taken. */
  void fill() {
    full = true;
  }

  @Override
  public synchronized int append(TenantId tenant, EntryBatch batch) {
    if (full) {
      throw new SkaldException(ErrorKind.UNAVAILABLE, "disk is full: free=%d", 0);
    }
    if (keeping == Keeping.NOTHING) {
      return 0;
    }
    batch.keep();
    batches.computeIfAbsent(tenant, t -> new ArrayList<>()).add(batch);
    int created = 0;
    for (int i = 0; i < batch.streamCount(); i++) {
      Set<Labels> known = active.computeIfAbsent(tenant, t -> ConcurrentHashMap.newKeySet());
      created += known.add(batch.stream(i)) ? 1 : 0;
    }
    return created;
  }

  /** Everything in order of arrival, equal entries once. */
  List<Stored> entries(TenantId tenant) {
    List<Stored> all = new ArrayList<>();
    Set<Stored> seen = new HashSet<>();
    for (EntryBatch batch : batches.getOrDefault(tenant, List.of())) {
      Lines lines = batch.lines();
      for (int row = 0; row < batch.rowCount(); row++) {
        String line =
            new String(
                lines.bytes(),
                lines.start(row),
                lines.end(row) - lines.start(row),
                StandardCharsets.UTF_8);
        Stored stored =
            new Stored(
                batch.stream(batch.streamOrdinals()[row]),
                new Entry(
                    batch.timestampsEpochNanos()[row],
                    line,
                    batch.metadata(batch.metadataOrdinals()[row])));
        if (seen.add(stored)) {
          all.add(stored);
        }
      }
    }
    return all;
  }

  @Override
  public int activeStreamCount(TenantId tenant) {
    return active.getOrDefault(tenant, Set.of()).size();
  }

  @Override
  public boolean isActiveStream(TenantId tenant, Labels labels) {
    return active.getOrDefault(tenant, Set.of()).contains(labels);
  }

  @Override
  public PageScan scan(TenantId tenant, List<Matcher> matchers, QuerySpan span) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Labels> series(TenantId tenant, List<Matcher> matchers, QuerySpan span) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<String> labelNames(TenantId tenant, List<Matcher> matchers, QuerySpan span) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> labelValues(
      TenantId tenant, String name, List<Matcher> matchers, QuerySpan span) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void flush() {}

  @Override
  public StoreStats stats() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
