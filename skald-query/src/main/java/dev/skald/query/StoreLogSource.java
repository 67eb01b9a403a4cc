package dev.skald.query;

import dev.skald.logql.engine.LogSource;
import dev.skald.model.Matcher;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.LogStore;
import java.util.List;

/** One tenant's part of the store, as the engine sees it. */
record StoreLogSource(LogStore store, TenantId tenant) implements LogSource {
  @Override
  public PageScan scan(List<Matcher> matchers, QuerySpan span) {
    return store.scan(tenant, matchers, span);
  }
}
