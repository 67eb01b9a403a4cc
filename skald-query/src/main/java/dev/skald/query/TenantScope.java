package dev.skald.query;

import dev.skald.logql.engine.LogSource;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.LogStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a request of some tenants may see of the store. Spans that go in are {@link #seen} ones.
 *
 * @param limits of all the tenants together
 */
record TenantScope(LogStore store, TenantSet tenants, QueryLimits limits, long nowEpochNanos) {
  /** With a request's own limits too. */
  TenantScope within(RequestLimits own) {
    return own.equals(RequestLimits.NONE)
        ? this
        : new TenantScope(store, tenants, limits.and(own), nowEpochNanos);
  }

  /** In Loki the tenant's label comes to the answer behind the stages, so that label filters see the stream's own. */
  Map<String, String> filteredLabels() {
    return tenants.isSingle() ? Map.of() : Map.of(TenantLabel.NAME, TenantLabel.ORIGINAL);
  }

  QueryLimitCheck check() {
    return new QueryLimitCheck(limits);
  }

  private StoreLogSource source() {
    return new StoreLogSource(store, tenants, check().earliestEpochNanos(nowEpochNanos));
  }

  /** What one query reads; see {@link LimitedSource}. */
  LogSource source(Runnable whenLarge) {
    return new LimitedSource(source(), limits.reads(), whenLarge);
  }

  /**
   * The part of a span that may be seen.
   *
   * @param span whose last nanosecond is what the client called its end
   * @throws dev.skald.error.SkaldException LIMIT if it is too long
   */
  QuerySpan seen(QuerySpan span) {
    check().length(span.startEpochNanos(), span.endEpochNanos() - 1);
    return StoreLogSource.since(span, check().earliestEpochNanos(nowEpochNanos));
  }

  PageScan scan(List<Matcher> matchers, QuerySpan span) {
    PageScan scan = source().scan(matchers, span);
    boolean passes = false;
    try {
      LimitedSource.streams(scan.indexedStreamsMax(), limits.reads().streamsMax());
      passes = true;
      return scan;
    } finally {
      if (!passes) {
        scan.close();
      }
    }
  }

  private Stream<TenantId> matching(List<Matcher> matchers) {
    return TenantLabel.matching(tenants.ids(), matchers).stream();
  }

  Set<String> labelNames(List<Matcher> matchers, QuerySpan span) {
    if (tenants.isSingle()) {
      return store.labelNames(tenants.ids().getFirst(), matchers, span);
    }
    Set<String> names = new TreeSet<>();
    matching(matchers)
        .forEach(
            tenant -> {
              Set<String> own = store.labelNames(tenant, TenantLabel.without(matchers), span);
              names.addAll(own);
              if (own.contains(TenantLabel.NAME)) {
                names.add(TenantLabel.ORIGINAL);
              }
              if (!own.isEmpty()) {
                names.add(TenantLabel.NAME);
              }
            });
    return names;
  }

  /** Each once, sorted. */
  List<String> labelValues(String name, List<Matcher> matchers, QuerySpan span) {
    if (tenants.isSingle()) {
      return store.labelValues(tenants.ids().getFirst(), name, matchers, span);
    }
    String stored = name.equals(TenantLabel.ORIGINAL) ? TenantLabel.NAME : name;
    List<Matcher> inner = TenantLabel.without(matchers);
    Set<String> values = new TreeSet<>();
    matching(matchers)
        .forEach(
            tenant -> {
              if (!name.equals(TenantLabel.NAME)) {
                values.addAll(store.labelValues(tenant, stored, inner, span));
              } else if (!store.labelNames(tenant, inner, span).isEmpty()) {
                values.add(tenant.value());
              }
            });
    return List.copyOf(values);
  }

  /** Sorted. */
  List<Labels> series(List<Matcher> matchers, QuerySpan span) {
    List<Labels> found = allSeries(matchers, span);
    LimitedSource.streams(found.size(), limits.reads().streamsMax());
    return found;
  }

  private List<Labels> allSeries(List<Matcher> matchers, QuerySpan span) {
    if (tenants.isSingle()) {
      return store.series(tenants.ids().getFirst(), matchers, span);
    }
    Set<Labels> found = new TreeSet<>();
    matching(matchers)
        .forEach(
            tenant ->
                store
                    .series(tenant, TenantLabel.without(matchers), span)
                    .forEach(stream -> found.add(TenantLabel.on(stream, tenant))));
    return List.copyOf(found);
  }
}
