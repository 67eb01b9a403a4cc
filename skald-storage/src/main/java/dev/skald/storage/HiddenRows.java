package dev.skald.storage;

import dev.skald.clock.EpochClock;
import dev.skald.model.Labels;
import dev.skald.model.PageRef;
import dev.skald.model.PageRefView;
import dev.skald.model.PageRows;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.compact.RowRemoval;
import dev.skald.storage.index.StreamSet;
import dev.skald.storage.removal.Deletion;
import dev.skald.storage.removal.Deletions;
import dev.skald.storage.removal.Expiry;
import dev.skald.storage.retention.RetentionRules;
import dev.skald.storage.retention.StorePolicy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a query of one tenant does not see at this moment: rows past their retention, rows asked to
 * be deleted. To be asked for before the version is pinned: a request that is processed in between
 * then hides rows that are gone, and never shows them again. Safe for concurrent use.
 */
record HiddenRows(Expiry expiry, List<Deletion> deletions) {
  /** Makes them. */
  record Source(EpochClock clock, StorePolicy policy, Deletions deletions) {
    HiddenRows of(TenantId tenant) {
      Expiry expiry = new Expiry(policy.retention(tenant), clock.nowEpochNanos());
      return new HiddenRows(expiry, deletions.hiding(tenant));
    }
  }

  /** The part of a span that is not past every stream's retention. */
  QuerySpan cut(QuerySpan span) {
    long start = Math.max(span.startEpochNanos(), expiry.longestCutoff());
    return new QuerySpan(start, Math.max(start, span.endEpochNanos()));
  }

  /** The page without rows that are hidden; itself if none can be. */
  PageRef hide(PageRef ref) {
    List<RowRemoval> removals = new ArrayList<>();
    if (ref.minEpochNanos() < expiry.shortestCutoff()) {
      removals.add(expiry);
    }
    for (Deletion deletion : deletions) {
      if (deletion.intersects(ref.minEpochNanos(), ref.maxEpochNanos())) {
        removals.add(deletion);
      }
    }
    return removals.isEmpty() ? ref : new Ref(ref, removals);
  }

  /** Those of a segment's streams that may have rows within the span that are not past. */
  StreamSet streamsWithin(OpenSegment segment, StreamSet streams, QuerySpan span) {
    QuerySpan cut = cut(span);
    StreamSet within = segment.reader().streamsWithin(streams, cut);
    if (segment.times().minEpochNanos() >= expiry.shortestCutoff()) {
      return within;
    }
    Map<Long, StreamSet.Builder> byPeriod = new TreeMap<>();
    within.forEach(
        stream ->
            byPeriod
                .computeIfAbsent(period(segment.reader().labels(stream)), p -> builder())
                .addRange(within, stream, stream));
    StreamSet.Builder found = builder();
    byPeriod.forEach(
        (period, ofPeriod) -> {
          StreamSet left = segment.reader().streamsWithin(ofPeriod.build(), cut(cut, period));
          left.forEach(stream -> found.addRange(left, stream, stream));
        });
    return found.build();
  }

  private static StreamSet.Builder builder() {
    return new StreamSet.Builder();
  }

  /** The same for the head, in no order. */
  List<Labels> streamsWithin(HeadRows rows, BitSet streams, QuerySpan span) {
    QuerySpan cut = cut(span);
    if (expiry.shortestCutoff() == expiry.longestCutoff()
        || cut.startEpochNanos() >= expiry.shortestCutoff()) {
      return rows.streamsWithin(streams, cut);
    }
    Map<Long, BitSet> byPeriod = new TreeMap<>();
    streams.stream()
        .forEach(
            stream ->
                byPeriod
                    .computeIfAbsent(period(rows.stream(stream)), p -> new BitSet())
                    .set(stream));
    List<Labels> found = new ArrayList<>();
    byPeriod.forEach(
        (period, ofPeriod) -> found.addAll(rows.streamsWithin(ofPeriod, cut(cut, period))));
    return found;
  }

  private long period(Labels stream) {
    return expiry.rules().periodNanos(stream);
  }

  private QuerySpan cut(QuerySpan span, long periodNanos) {
    long cutoff = RetentionRules.cutoff(expiry.nowEpochNanos(), periodNanos);
    long start = Math.max(span.startEpochNanos(), cutoff);
    return new QuerySpan(start, Math.max(start, span.endEpochNanos()));
  }

  /** A page without hidden rows. */
  private record Ref(PageRef ref, List<RowRemoval> removals) implements PageRefView {
    @Override
    public PageRows read() {
      PageRows rows = ref.read();
      for (RowRemoval removal : removals) {
        if (!rows.rows().isEmpty()) {
          removal.keepOthers(rows.page(), rows.rows());
        }
      }
      return rows;
    }
  }
}
