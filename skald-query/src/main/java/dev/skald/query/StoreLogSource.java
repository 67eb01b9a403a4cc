package dev.skald.query;

import dev.skald.logql.engine.LogSource;
import dev.skald.model.Matcher;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.LogStore;
import java.util.List;

/**
 * One tenant's part of the store, as the engine sees it.
 *
 * @param earliestEpochNanos what lies before it is not shown: {@code max_query_lookback}
 */
record StoreLogSource(LogStore store, TenantId tenant, long earliestEpochNanos)
    implements LogSource {
  @Override
  public PageScan scan(List<Matcher> matchers, QuerySpan span) {
    return store.scan(tenant, matchers, since(span, earliestEpochNanos));
  }

  /** The part of a span that is not before a time. */
  static QuerySpan since(QuerySpan span, long earliestEpochNanos) {
    long start = Math.max(span.startEpochNanos(), earliestEpochNanos);
    return new QuerySpan(start, Math.max(start, span.endEpochNanos()));
  }
}
