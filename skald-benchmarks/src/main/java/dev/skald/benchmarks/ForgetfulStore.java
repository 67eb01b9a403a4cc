package dev.skald.benchmarks;

import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.PageRef;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.LogStore;
import dev.skald.storage.StoreStats;
import java.util.List;
import java.util.Set;

/** Acknowledges batches at once and keeps none; counts rows. For one thread. */
final class ForgetfulStore implements LogStore {
  private long rows;

  /** Rows appended since the start. */
  long rows() {
    return rows;
  }

  @Override
  public int append(TenantId tenant, EntryBatch batch) {
    rows += batch.rowCount();
    return 0;
  }

  @Override
  public PageScan scan(TenantId tenant, List<Matcher> matchers, QuerySpan span) {
    return new PageScan() {
      @Override
      public List<PageRef> pages() {
        return List.of();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public List<Labels> series(TenantId tenant, List<Matcher> matchers, QuerySpan span) {
    return List.of();
  }

  @Override
  public Set<String> labelNames(TenantId tenant, List<Matcher> matchers, QuerySpan span) {
    return Set.of();
  }

  @Override
  public List<String> labelValues(
      TenantId tenant, String name, List<Matcher> matchers, QuerySpan span) {
    return List.of();
  }

  @Override
  public int activeStreamCount(TenantId tenant) {
    return 0;
  }

  @Override
  public boolean isActiveStream(TenantId tenant, Labels labels) {
    return true;
  }

  @Override
  public void flush() {}

  @Override
  public StoreStats stats() {
    return new StoreStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Override
  public void close() {}
}
