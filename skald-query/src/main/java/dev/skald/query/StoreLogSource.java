package dev.skald.query;

import dev.skald.logql.engine.LogSource;
import dev.skald.model.Matcher;
import dev.skald.model.PageRef;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.LogStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Some tenants' part of the store, as the engine sees it. Of several tenants each stream says whose it is.
 *
 * @param earliestEpochNanos what lies before it is not shown: {@code max_query_lookback}
 */
record StoreLogSource(LogStore store, TenantSet tenants, long earliestEpochNanos)
    implements LogSource {
  @Override
  public PageScan scan(List<Matcher> matchers, QuerySpan span) {
    QuerySpan seen = since(span, earliestEpochNanos);
    return tenants.isSingle()
        ? store.scan(tenants.ids().getFirst(), matchers, seen)
        : scanAll(matchers, seen);
  }

  private PageScan scanAll(List<Matcher> matchers, QuerySpan span) {
    List<Matcher> inner = TenantLabel.without(matchers);
    JoinedScan joined = new JoinedScan(new ArrayList<>(), new ArrayList<>());
    boolean made = false;
    try {
      for (TenantId tenant : TenantLabel.matching(tenants.ids(), matchers)) {
        PageScan scan = store.scan(tenant, inner, span);
        joined.scans.add(scan);
        for (PageRef ref : scan.pages()) {
          joined.pages.add(new TenantPage.Ref(ref, tenant));
        }
      }
      made = true;
      return joined;
    } finally {
      if (!made) {
        joined.close();
      }
    }
  }

  /** The scans of several tenants. */
  private record JoinedScan(List<PageScan> scans, List<PageRef> pages) implements PageScan {
    @Override
    public int indexedStreamsMax() {
      return scans.stream().mapToInt(PageScan::indexedStreamsMax).max().orElse(0);
    }

    @Override
    public List<String> warnings() {
      return scans.stream().flatMap(scan -> scan.warnings().stream()).distinct().toList();
    }

    @Override
    public void close() {
      scans.forEach(PageScan::close);
    }
  }

  /** The part of a span that is not before a time. */
  static QuerySpan since(QuerySpan span, long earliestEpochNanos) {
    long start = Math.max(span.startEpochNanos(), earliestEpochNanos);
    return new QuerySpan(start, Math.max(start, span.endEpochNanos()));
  }
}
