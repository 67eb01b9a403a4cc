package dev.skald.query;

import dev.skald.model.EntryBatch;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.Matcher;
import dev.skald.model.MatcherTest;
import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.model.Selection;
import dev.skald.model.TenantId;
import dev.skald.storage.LogStore;
import dev.skald.storage.StoreStats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A store that forgets when the process ends: each batch is a page, duplicates are found by remembering every entry. */
public final class MemoryLogStore implements LogStore {
  private final Map<TenantId, List<Stored>> tenants = new HashMap<>();
  private final Map<TenantId, Set<String>> seen = new HashMap<>();

  private record Stored(Page page, Selection fresh, long order) {}

  @Override
  public synchronized int append(TenantId tenant, EntryBatch batch) {
    int activeBefore = activeStreamCount(tenant);
    List<Stored> pages = tenants.computeIfAbsent(tenant, t -> new ArrayList<>());
    Set<String> known = seen.computeIfAbsent(tenant, t -> new HashSet<>());
    Selection fresh = Selection.all(batch.rowCount());
    Lines lines = batch.lines();
    fresh.keep(
        row ->
            known.add(
                batch.stream(batch.streamOrdinals()[row])
                    + "@"
                    + batch.timestampsEpochNanos()[row]
                    + " "
                    + batch.metadata(batch.metadataOrdinals()[row])
                    + " "
                    + new String(
                        lines.bytes(),
                        lines.start(row),
                        lines.end(row) - lines.start(row),
                        java.nio.charset.StandardCharsets.ISO_8859_1)));
    batch.keep();
    pages.add(new Stored(batch, fresh, pages.size()));
    return activeStreamCount(tenant) - activeBefore;
  }

  @Override
  public synchronized PageScan scan(TenantId tenant, List<Matcher> matchers, QuerySpan span) {
    List<MatcherTest> tests = matchers.stream().map(MatcherTest::of).toList();
    List<PageRef> refs = new ArrayList<>();
    for (Stored stored : tenants.getOrDefault(tenant, List.of())) {
      Selection rows = stored.fresh().slice(0, stored.fresh().count());
      Page page = stored.page();
      rows.keep(
          row ->
              span.contains(page.timestampsEpochNanos()[row])
                  && matches(tests, page.stream(page.streamOrdinals()[row])));
      if (!rows.isEmpty()) {
        refs.add(new Ref(page, rows, stored.order()));
      }
    }
    return new PageScan() {
      @Override
      public List<PageRef> pages() {
        return refs;
      }

      @Override
      public void close() {}
    };
  }

  private static boolean matches(List<MatcherTest> tests, Labels labels) {
    return tests.stream().allMatch(test -> test.test(labels.get(test.matcher().name())));
  }

  private record Ref(Page page, Selection rows, long order) implements PageRef {
    @Override
    public long minEpochNanos() {
      long min = Long.MAX_VALUE;
      for (int i = 0; i < rows.count(); i++) {
        min = Math.min(min, page.timestampsEpochNanos()[rows.row(i)]);
      }
      return min;
    }

    @Override
    public long maxEpochNanos() {
      long max = Long.MIN_VALUE;
      for (int i = 0; i < rows.count(); i++) {
        max = Math.max(max, page.timestampsEpochNanos()[rows.row(i)]);
      }
      return max;
    }

    @Override
    public int rowCount() {
      return page.rowCount();
    }

    @Override
    public long lineBytes() {
      return page.lines().end(page.rowCount() - 1);
    }

    @Override
    public PageRows read() {
      return new PageRows(page, rows.slice(0, rows.count()));
    }
  }

  @Override
  public List<Labels> series(TenantId tenant, List<Matcher> matchers, QuerySpan span) {
    Set<Labels> found = new TreeSet<>();
    try (PageScan scan = scan(tenant, matchers, span)) {
      for (PageRef ref : scan.pages()) {
        PageRows read = ref.read();
        for (int i = 0; i < read.rows().count(); i++) {
          found.add(read.page().stream(read.page().streamOrdinals()[read.rows().row(i)]));
        }
      }
    }
    return List.copyOf(found);
  }

  @Override
  public Set<String> labelNames(TenantId tenant, List<Matcher> matchers, QuerySpan span) {
    Set<String> names = new TreeSet<>();
    series(tenant, matchers, span)
        .forEach(labels -> labels.sorted().stream().map(Label::name).forEach(names::add));
    return names;
  }

  @Override
  public List<String> labelValues(
      TenantId tenant, String name, List<Matcher> matchers, QuerySpan span) {
    Set<String> values = new TreeSet<>();
    for (Labels labels : series(tenant, matchers, span)) {
      if (labels.has(name)) {
        values.add(labels.get(name));
      }
    }
    return List.copyOf(values);
  }

  @Override
  public synchronized int activeStreamCount(TenantId tenant) {
    Set<Labels> streams = new HashSet<>();
    for (Stored stored : tenants.getOrDefault(tenant, List.of())) {
      for (int i = 0; i < stored.page().streamCount(); i++) {
        streams.add(stored.page().stream(i));
      }
    }
    return streams.size();
  }

  @Override
  public synchronized boolean isActiveStream(TenantId tenant, Labels labels) {
    for (Stored stored : tenants.getOrDefault(tenant, List.of())) {
      for (int i = 0; i < stored.page().streamCount(); i++) {
        if (stored.page().stream(i).equals(labels)) {
          return true;
        }
      }
    }
    return false;
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
