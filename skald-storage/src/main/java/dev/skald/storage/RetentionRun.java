package dev.skald.storage;

import dev.skald.model.TenantId;
import dev.skald.storage.head.HeadPageView;
import dev.skald.storage.removal.Expiry;
import dev.skald.storage.removal.ExpiryClock;
import dev.skald.storage.retention.RetentionRules;
import dev.skald.storage.retention.StorePolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes rows past their retention, and the oldest ones where there are too many. A segment all of
 * whose rows are past is dropped as a whole; one of which whole streams are past is written anew
 * without what is past, once for each period that its streams have. For one thread.
 */
final class RetentionRun {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionRun.class);

  private final Versions versions;
  private final StorePolicy policy;
  private final ExpiryClock expiryClock;
  private final Compaction compaction;
  private final SegmentSwap swap;
  private final FreeSpace freeSpace;
  private final long segmentBytesMax;
  private final UpkeepCounts counts;

  RetentionRun(
      Versions versions,
      StorePolicy policy,
      ExpiryClock expiryClock,
      Compaction compaction,
      SegmentSwap swap,
      FreeSpace freeSpace,
      long segmentBytesMax,
      UpkeepCounts counts) {
    this.versions = versions;
    this.policy = policy;
    this.expiryClock = expiryClock;
    this.compaction = compaction;
    this.swap = swap;
    this.freeSpace = freeSpace;
    this.segmentBytesMax = segmentBytesMax;
    this.counts = counts;
  }

  /** By age. */
  void expire() throws IOException {
    long now = expiryClock.nowEpochNanos(newest(versions.current()));
    if (now == Long.MIN_VALUE) {
      return;
    }
    for (TenantId tenant : versions.current().tenants()) {
      RetentionRules rules = policy.retention(tenant);
      if (!rules.isForEver()) {
        expire(tenant, new Expiry(rules, now));
      }
    }
  }

  /** The newest entry of the store; {@link Long#MIN_VALUE} if there is none. */
  static long newest(StoreVersion version) {
    long newest = Long.MIN_VALUE;
    for (OpenSegment segment : version.segments()) {
      newest = Math.max(newest, segment.times().maxEpochNanos());
    }
    for (var generation : version.generations()) {
      for (var tenant : generation.tenants().values()) {
        for (HeadPageView page : tenant.pages()) {
          if (!page.times().isEmpty()) {
            newest = Math.max(newest, page.times().maxEpochNanos());
          }
        }
      }
    }
    return newest;
  }

  private void expire(TenantId tenant, Expiry expiry) throws IOException {
    List<OpenSegment> past = new ArrayList<>();
    List<OpenSegment> partly = new ArrayList<>();
    try (Versions.Pin pin = versions.pin()) {
      for (OpenSegment segment : pin.version().segments(tenant)) {
        if (segment.times().maxEpochNanos() < expiry.longestCutoff()) {
          past.add(segment);
        } else if (hasPastStream(segment, expiry)) {
          partly.add(segment);
        }
      }
      if (!past.isEmpty()) {
        counts.rowsExpired.addAndGet(drop(past));
        LOG.info("tenant={} segments past retention, dropped: {}", tenant, past);
      }
      for (OpenSegment segment : partly) {
        counts.rowsExpired.addAndGet(compaction.rewrite(segment, expiry).rowsRemoved());
      }
    }
  }

  /** Whether all rows of one of its streams are past, judged by the segment's newest row. */
  private static boolean hasPastStream(OpenSegment segment, Expiry expiry) {
    long newest = segment.times().maxEpochNanos();
    if (newest >= expiry.shortestCutoff()) {
      return false;
    }
    int streams = segment.live().summary().streamCount();
    for (int stream = 0; stream < streams; stream++) {
      long period = expiry.rules().periodNanos(segment.reader().labels(stream));
      if (newest < RetentionRules.cutoff(expiry.nowEpochNanos(), period)) {
        return true;
      }
    }
    return false;
  }

  private long drop(List<OpenSegment> segments) throws IOException {
    long rows = segments.stream().mapToLong(each -> each.live().summary().rowCount()).sum();
    swap.replace(segments, List.of(), rows);
    return rows;
  }

  /** By size: of each tenant that has a limit, then of all, then for the disk's sake. */
  void makeRoom() throws IOException {
    boolean isConfigured = segmentBytesMax > 0;
    for (TenantId tenant : versions.current().tenants()) {
      long max = policy.limits(tenant).segmentBytesMax();
      if (max > 0) {
        isConfigured = true;
        evict(versions.current().segments(tenant), max, "tenant " + tenant);
      }
    }
    if (segmentBytesMax > 0) {
      evict(versions.current().segments(), segmentBytesMax, "all tenants");
    }
    long missing = freeSpace.missingBytes();
    if (missing > 0) {
      if (!isConfigured) {
        LOG.error(
            "the disk is nearly full, {} bytes below the floor; pushes are refused, and nothing is"
                + " deleted: no retention_max_bytes is set",
            missing);
        return;
      }
      List<OpenSegment> droppable = new ArrayList<>();
      for (OpenSegment segment : versions.current().segments()) {
        TenantId tenant = segment.live().summary().tenant();
        if (segmentBytesMax > 0 || policy.limits(tenant).segmentBytesMax() > 0) {
          droppable.add(segment);
        }
      }
      evict(droppable, Math.max(0, bytes(droppable) - missing), "the disk");
    }
  }

  private static long bytes(List<OpenSegment> segments) {
    return segments.stream().mapToLong(each -> each.live().summary().sizeBytes()).sum();
  }

  /** Drops the oldest until the rest takes no more than {@code max}; the newest one stays. */
  private void evict(List<OpenSegment> segments, long max, String whose) throws IOException {
    List<OpenSegment> oldestFirst = new ArrayList<>(segments);
    oldestFirst.sort(Comparator.comparingLong(each -> each.times().maxEpochNanos()));
    long left = bytes(oldestFirst);
    List<OpenSegment> evicted = new ArrayList<>();
    for (OpenSegment segment : oldestFirst) {
      if (left <= max || evicted.size() == oldestFirst.size() - 1) {
        break;
      }
      left -= segment.live().summary().sizeBytes();
      evicted.add(segment);
    }
    if (!evicted.isEmpty()) {
      counts.rowsEvicted.addAndGet(drop(evicted));
      LOG.warn(
          "retention_max_bytes={} of {}: dropped the oldest segments: {}", max, whose, evicted);
    }
  }
}
