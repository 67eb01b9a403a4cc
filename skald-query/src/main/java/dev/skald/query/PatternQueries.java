package dev.skald.query;

import dev.skald.clock.Ticker;
import dev.skald.model.Matcher;
import dev.skald.model.PageRef;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Counts what lines look like over time: their shapes, which segments know (spec http-api.md 3.11). */
public final class PatternQueries {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Counts are told for stretches of so much, or of multiples. */
  private static final long RESOLUTION_NANOS = 10 * SECOND_NANOS;

  private final TenantScopes scopes;
  private final Ticker ticker;

  /** Of the hashes by which lines are split; unknown outside. */
  private final long seed;

  PatternQueries(TenantScopes scopes, Ticker ticker) {
    this.scopes = scopes;
    this.ticker = ticker;
    this.seed = ticker.nowNanos();
  }

  /**
   * The most frequent patterns of the streams' lines, most frequent first.
   *
   * @param query a selector
   * @param span its last nanosecond is what the client called its end; of any length
   */
  public List<LinePattern> patterns(
      TenantSet tenants, String query, QuerySpan span, long stepNanos, BooleanSupplier cancelled) {
    TenantScope scope = scopes.of(tenants);
    List<Matcher> matchers = SelectorText.required(query, scope.limits().dialect());
    scope.check().querying();
    long step = Math.ceilDiv(stepNanos, RESOLUTION_NANOS) * RESOLUTION_NANOS;
    PatternCounts counts = new PatternCounts(step, seed);
    ReadWatch watch = ReadWatch.start(ticker, scope.limits(), cancelled);
    try (PageScan scan = scope.scan(matchers, span)) {
      List<PageRef> pages = scan.pages();
      watch.forEach(pages, page -> counts.add(page.read()));
    }
    return counts.mostFrequent();
  }
}
