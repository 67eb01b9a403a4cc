package dev.skald.storage;

import dev.skald.clock.EpochClock;
import dev.skald.compress.ZstdEffort;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.random.Randomness;
import dev.skald.storage.compact.CompactionLimits;
import dev.skald.storage.compact.MergePlan;
import dev.skald.storage.compact.RowRemoval;
import dev.skald.storage.compact.SegmentMerge;
import dev.skald.storage.head.TimeRange;
import dev.skald.storage.manifest.LiveSegment;
import dev.skald.storage.segment.SegmentId;
import dev.skald.storage.segment.SegmentReader;
import dev.skald.storage.segment.SegmentSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges segments, and writes segments anew without some of their rows. For one thread. */
final class Compaction {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  private final EpochClock clock;
  private final Randomness randomness;
  private final Versions versions;
  private final SegmentMerge merge;
  private final SegmentSwap swap;
  private final CompactionLimits limits;
  private final UpkeepCounts counts;

  /** Segments that could not be merged: a bad page, or rows that did not balance. Left alone. */
  private final Set<SegmentId> leftAlone = new HashSet<>();

  Compaction(
      EpochClock clock,
      Randomness randomness,
      Versions versions,
      SegmentMerge merge,
      SegmentSwap swap,
      CompactionLimits limits,
      UpkeepCounts counts) {
    this.clock = clock;
    this.randomness = randomness;
    this.versions = versions;
    this.merge = merge;
    this.swap = swap;
    this.limits = limits;
    this.counts = counts;
  }

  /** Merges until nothing is left to merge. */
  void run() throws IOException {
    for (TenantId tenant : versions.current().tenants()) {
      boolean again = true;
      while (again) {
        again = runOnce(tenant);
      }
    }
  }

  private boolean runOnce(TenantId tenant) throws IOException {
    try (Versions.Pin pin = versions.pin()) {
      for (List<OpenSegment> neighbours : neighbours(pin.version().segments(tenant))) {
        List<LiveSegment> day = neighbours.stream().map(OpenSegment::live).toList();
        Optional<MergePlan> plan = MergePlan.next(day, clock.nowEpochNanos(), limits);
        if (plan.isPresent()) {
          int from = day.indexOf(plan.get().run().getFirst());
          List<OpenSegment> run = neighbours.subList(from, from + plan.get().run().size());
          boolean isOldest = oldestOfDay(pin.version(), run.getFirst()).equals(run.getFirst());
          rewrite(List.copyOf(run), RowRemoval.NONE, plan.get().level(), isOldest);
          return true;
        }
      }
      return false;
    }
  }

  /** One that is left alone counts: rows may be equal to its rows. */
  private static OpenSegment oldestOfDay(StoreVersion version, OpenSegment segment) {
    SegmentSummary summary = segment.live().summary();
    return version.segments(summary.tenant()).stream()
        .filter(each -> each.live().summary().utcDay() == summary.utcDay())
        .findFirst()
        .orElse(segment);
  }

  /** Segments of each day, in order; one that is left alone parts its neighbours. */
  private Collection<List<OpenSegment>> neighbours(List<OpenSegment> segments) {
    Map<Long, List<List<OpenSegment>>> days = new TreeMap<>();
    for (OpenSegment segment : segments) {
      List<List<OpenSegment>> parts =
          days.computeIfAbsent(segment.live().summary().utcDay(), day -> new ArrayList<>());
      if (leftAlone.contains(segment.live().summary().id())) {
        parts.add(new ArrayList<>());
      } else {
        if (parts.isEmpty()) {
          parts.add(new ArrayList<>());
        }
        parts.getLast().add(segment);
      }
    }
    return days.values().stream().flatMap(List::stream).filter(part -> !part.isEmpty()).toList();
  }

  /** Writes one segment anew without the rows that are to go; it keeps its place and level. */
  Result rewrite(OpenSegment segment, RowRemoval removal) throws IOException {
    return rewrite(List.of(segment), removal, segment.live().level(), false);
  }

  /**
   * What became of the old segments.
   *
   * @param isDone false if they were left as they are, because they are damaged
   */
  record Result(boolean isDone, long rowsRemoved) {}

  private Result rewrite(
      List<OpenSegment> old, RowRemoval removal, int level, boolean isOldestOfDay)
      throws IOException {
    SegmentMerge.Merged merged;
    try {
      List<SegmentReader> readers = old.stream().map(OpenSegment::reader).toList();
      long lineBytes = readers.stream().mapToLong(each -> each.summary().lineBytes()).sum();
      ZstdEffort effort = level >= MergePlan.COLD ? ZstdEffort.THOROUGH : ZstdEffort.of(lineBytes);
      merged = merge.merge(SegmentId.fresh(clock, randomness), readers, removal, effort);
    } catch (IllegalStateException e) {
      counts.refused.incrementAndGet();
      LOG.error("{}: {}", old, e.getMessage(), e);
      return leaveAlone(old);
    } catch (SkaldException e) {
      if (e.kind() != ErrorKind.CORRUPT) {
        throw e;
      }
      LOG.error("{}: not merged: {}", old, e.getMessage());
      List<OpenSegment> damaged =
          old.stream().filter(each -> !merge.canRead(each.reader())).toList();
      return leaveAlone(damaged.isEmpty() ? old : damaged);
    }
    List<OpenSegment> added =
        merged.reader().stream().map(reader -> open(reader, old, level, isOldestOfDay)).toList();
    swap.replace(old, added, merged.rowsRemoved() + merged.copiesDropped());
    counts.merges.incrementAndGet();
    counts.segmentsMerged.addAndGet(old.size());
    counts.copiesDropped.addAndGet(merged.copiesDropped());
    for (OpenSegment segment : added) {
      counts.bytesWritten.addAndGet(segment.live().summary().sizeBytes());
    }
    LOG.debug("{} became {}: {}", old, added, merged);
    return new Result(true, merged.rowsRemoved());
  }

  private Result leaveAlone(List<OpenSegment> old) {
    old.forEach(segment -> leftAlone.add(segment.live().summary().id()));
    return new Result(false, 0);
  }

  /**
   * It takes the place of the first. Rows of the oldest segment of a day cannot be equal to older
   * ones.
   */
  private static OpenSegment open(
      SegmentReader reader, List<OpenSegment> old, int level, boolean isOldestOfDay) {
    LiveSegment live = new LiveSegment(reader.summary(), level, old.getFirst().live().order());
    TimeRange doubtful = TimeRange.EMPTY;
    for (OpenSegment segment : old) {
      doubtful = doubtful.union(segment.doubtful());
    }
    return new OpenSegment(
        live,
        reader,
        isOldestOfDay
            ? TimeRange.EMPTY
            : doubtful.intersection(OpenSegment.times(reader.summary())));
  }
}
