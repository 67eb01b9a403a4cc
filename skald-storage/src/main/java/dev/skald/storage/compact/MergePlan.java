package dev.skald.storage.compact;

import dev.skald.storage.manifest.LiveSegment;
import dev.skald.storage.segment.SegmentSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to merge next of one tenant's day. Only neighbours in order of arrival are merged, so that
 * rows of one time keep their order.
 *
 * <p>While a day is warm, {@code mergeCountMin} neighbours of one level become one of the next
 * level, {@link #LEVELS} times at most; fewer if more do not fit into memory at once. When nothing has come for a while, it is
 * at rest: neighbours of which each is at most {@link #GROWTH} times what joins it become one, as few as two. When it is cold, what is not {@link #COLD} yet becomes so: it
 * is merged and compressed harder, together with cold older neighbours of which each is at most
 * {@link #GROWTH} times what joins it. So a row is written once by the flush, at most {@link
 * #LEVELS} times warm and once cold; again only when its segment grows by a quarter. See
 * docs/decisions/008-what-merges-when.md.
 *
 * @param run neighbours, in order of arrival; one alone is only compressed harder
 * @param level of the segment that they become
 */
public record MergePlan(List<LiveSegment> run, int level) {
  /** How often a row is merged while its day is warm. */
  static final int LEVELS = 3;

  /** The level of segments of cold days. */
  public static final int COLD = LEVELS + 1;

  /** A cold segment is written again only for a neighbour of at least one part in so many. */
  static final int GROWTH = 4;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_DAY = 86_400 * NANOS_PER_SECOND;

  /** Memory of a row's columns while its page is merged, besides its line. */
  private static final long ROW_BYTES = 48;

  public MergePlan {
    run = List.copyOf(run);
  }

  /** Whether lines are to be compressed harder. */
  public boolean isCold() {
    return level == COLD;
  }

  /**
   * @param day all segments of one tenant and day in order of arrival
   */
  public static Optional<MergePlan> next(
      List<LiveSegment> day, long nowEpochNanos, CompactionLimits limits) {
    for (int level = 0; level < LEVELS; level++) {
      Optional<MergePlan> plan = warm(day, level, limits);
      if (plan.isPresent()) {
        return plan;
      }
    }
    if (isQuiet(day, nowEpochNanos, Long.MIN_VALUE, limits.restAfterNanos())) {
      Optional<MergePlan> plan = resting(day, limits);
      if (plan.isPresent()) {
        return plan;
      }
    }
    return isCold(day, nowEpochNanos, limits) ? cold(day, limits) : Optional.empty();
  }

  private static Optional<MergePlan> warm(
      List<LiveSegment> day, int level, CompactionLimits limits) {
    for (int from = 0; from < day.size(); from++) {
      List<LiveSegment> run = new ArrayList<>();
      boolean isAllThatFits = false;
      for (int i = from; i < day.size() && day.get(i).level() == level && !isAllThatFits; i++) {
        if (fits(run, day.get(i), limits)) {
          run.add(day.get(i));
        } else {
          isAllThatFits = isWithin(run, day.get(i), limits.segmentBytesMax());
        }
      }
      if (run.size() >= limits.mergeCountMin() || (isAllThatFits && run.size() > 1)) {
        return Optional.of(new MergePlan(run, level + 1));
      }
    }
    return Optional.empty();
  }

  private static boolean isCold(
      List<LiveSegment> day, long nowEpochNanos, CompactionLimits limits) {
    if (day.isEmpty()) {
      return false;
    }
    long end = (day.getFirst().summary().utcDay() + 1) * NANOS_PER_DAY;
    return isQuiet(day, nowEpochNanos, end, limits.coldAfterNanos());
  }

  /** Whether it is so long after the newest segment was made, and after {@code notBefore}. */
  private static boolean isQuiet(
      List<LiveSegment> day, long nowEpochNanos, long notBefore, long nanos) {
    if (day.isEmpty()) {
      return false;
    }
    long newestSeconds =
        day.stream().mapToLong(each -> each.summary().id().epochSeconds()).max().orElse(0);
    return nowEpochNanos - Math.max(notBefore, newestSeconds * NANOS_PER_SECOND) >= nanos;
  }

  /** The newest ones, as far back as none is much larger than all that joins it. */
  private static Optional<MergePlan> resting(List<LiveSegment> day, CompactionLimits limits) {
    List<LiveSegment> run = new ArrayList<>();
    long bytes = 0;
    for (LiveSegment segment : day.reversed()) {
      long size = segment.summary().sizeBytes();
      boolean joins =
          segment.level() != COLD
              && (run.isEmpty() || (size <= GROWTH * bytes && fits(run, segment, limits)));
      if (!joins) {
        break;
      }
      run.addFirst(segment);
      bytes += size;
    }
    return run.size() < 2 ? Optional.empty() : Optional.of(new MergePlan(run, LEVELS));
  }

  private static Optional<MergePlan> cold(List<LiveSegment> day, CompactionLimits limits) {
    int newest = day.size() - 1;
    while (newest >= 0 && day.get(newest).level() == COLD) {
      newest--;
    }
    if (newest < 0) {
      return Optional.empty();
    }
    List<LiveSegment> run = new ArrayList<>();
    long bytes = 0;
    for (int i = newest; i >= 0; i--) {
      LiveSegment segment = day.get(i);
      long size = segment.summary().sizeBytes();
      boolean isTooLarge = segment.level() == COLD && size > GROWTH * bytes;
      if (isTooLarge || (!run.isEmpty() && !fits(run, segment, limits))) {
        break;
      }
      run.addFirst(segment);
      bytes += size;
    }
    return Optional.of(new MergePlan(run, COLD));
  }

  private static boolean isWithin(List<LiveSegment> run, LiveSegment more, long bytesMax) {
    long bytes = more.summary().sizeBytes();
    for (LiveSegment segment : run) {
      bytes += segment.summary().sizeBytes();
    }
    return bytes <= bytesMax;
  }

  private static boolean fits(List<LiveSegment> run, LiveSegment more, CompactionLimits limits) {
    long memory = memoryBytes(more.summary(), limits);
    for (LiveSegment segment : run) {
      memory += memoryBytes(segment.summary(), limits);
    }
    return run.size() < limits.mergeCountMax()
        && isWithin(run, more, limits.segmentBytesMax())
        && memory <= limits.memoryBytesMax();
  }

  /** About what one page of the segment takes when it is read. */
  private static long memoryBytes(SegmentSummary summary, CompactionLimits limits) {
    long perPageLines = summary.lineBytes() / summary.pageCount();
    long lines =
        Math.min(summary.lineBytes(), Math.max(perPageLines, limits.pageLineBytesTarget()));
    long perPage = summary.rowCount() * ROW_BYTES + 4 * summary.metadataChars();
    return lines + perPage / summary.pageCount();
  }
}
