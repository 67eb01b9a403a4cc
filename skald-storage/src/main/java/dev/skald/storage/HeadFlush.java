package dev.skald.storage;

import dev.skald.clock.EpochClock;
import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdEffort;
import dev.skald.model.PageRows;
import dev.skald.model.Selection;
import dev.skald.model.TenantId;
import dev.skald.random.Randomness;
import dev.skald.storage.head.Generation;
import dev.skald.storage.head.HeadPageView;
import dev.skald.storage.head.TenantHead;
import dev.skald.storage.head.TimeRange;
import dev.skald.storage.manifest.LiveSegment;
import dev.skald.storage.manifest.ManifestChange;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.segment.SegmentId;
import dev.skald.storage.segment.SegmentListener;
import dev.skald.storage.segment.SegmentReader;
import dev.skald.storage.segment.SegmentWriter;
import dev.skald.storage.segment.WrittenSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a frozen generation into segments: one for each tenant and UTC day that it has rows of. */
final class HeadFlush {
  private static final Logger LOG = LoggerFactory.getLogger(HeadFlush.class);

  private final EpochClock clock;
  private final Randomness randomness;
  private final ObjectStore objects;
  private final ZstdContexts zstd;
  private final SegmentWriter writer;
  private final SegmentListener listener;

  HeadFlush(
      EpochClock clock,
      Randomness randomness,
      ObjectStore objects,
      ZstdContexts zstd,
      SegmentWriter writer,
      SegmentListener listener) {
    this.clock = clock;
    this.randomness = randomness;
    this.objects = objects;
    this.zstd = zstd;
    this.writer = writer;
    this.listener = listener;
  }

  /**
   * Segments that are written and not yet part of the store.
   *
   * @param segments open, and owned by whoever has this
   */
  record Written(List<OpenSegment> segments, long rowsFromWal, long rowsDropped) {
    /** Segments came in between whose rows nobody compared with these. */
    Written inDoubt() {
      List<OpenSegment> doubted =
          segments.stream()
              .map(each -> new OpenSegment(each.live(), each.reader(), each.times()))
              .toList();
      return new Written(doubted, rowsFromWal, rowsDropped);
    }

    ManifestChange change(long walFileFirst) {
      return new ManifestChange(
          segments.stream().map(OpenSegment::live).toList(),
          List.of(),
          walFileFirst,
          rowsFromWal,
          rowsDropped);
    }
  }

  /**
   * Writes and opens the segments.
   *
   * @param orderFirst order of the first segment
   * @throws IOException if the disk fails; nothing of what was written is left open then
   */
  Written write(Generation generation, long orderFirst) throws IOException {
    List<OpenSegment> segments = new ArrayList<>();
    long rows = 0;
    long dropped = 0;
    boolean done = false;
    ZstdEffort effort = ZstdEffort.of(lineBytes(generation));
    try {
      for (Map.Entry<TenantId, TenantHead> tenant :
          new TreeMap<>(generation.tenants()).entrySet()) {
        List<HeadPageView> pages = tenant.getValue().pages();
        TimeRange doubtful =
            pages.stream().map(HeadPageView::doubtful).reduce(TimeRange.EMPTY, TimeRange::union);
        long duplicates = tenant.getValue().duplicateCount();
        rows += tenant.getValue().rowCount() + duplicates;
        dropped += duplicates;
        for (Map.Entry<Long, List<PageRows>> day : byDay(pages).entrySet()) {
          WrittenSegment written =
              writer.write(
                  SegmentId.fresh(clock, randomness),
                  tenant.getKey(),
                  day.getKey(),
                  day.getValue(),
                  (page, ordinal) -> ((HeadPageView) page).streamId(ordinal),
                  effort);
          dropped += written.duplicateCount();
          long order = orderFirst + segments.size() * LiveSegment.ORDER_STEP;
          segments.add(open(new LiveSegment(written.summary(), 0, order), doubtful));
        }
      }
      done = true;
      return new Written(segments, rows, dropped);
    } finally {
      if (!done) {
        segments.forEach(this::discard);
      }
    }
  }

  private static long lineBytes(Generation generation) {
    return generation.tenants().values().stream()
        .flatMap(tenant -> tenant.pages().stream())
        .mapToLong(HeadPageView::lineBytes)
        .sum();
  }

  /** Reading back what was written, before anything relies on it. */
  private OpenSegment open(LiveSegment live, TimeRange doubtful) throws IOException {
    SegmentReader reader = SegmentReader.open(objects, live.summary().id(), zstd, listener);
    if (!reader.summary().equals(live.summary())) {
      reader.close();
      throw new IllegalStateException(
          "segment read back differs: " + reader.summary() + " written: " + live.summary());
    }
    return new OpenSegment(live, reader, doubtful.intersection(OpenSegment.times(live.summary())));
  }

  /**
   * Closes a segment that will not be part of the store, and deletes it if the disk lets us; a
   * start does it else.
   */
  void discard(OpenSegment segment) {
    try {
      segment.reader().close();
      objects.delete(segment.live().summary().id().objectName());
    } catch (IOException e) {
      LOG.debug("{}: left behind", segment, e);
    }
  }

  /** Rows of each UTC day, in order of arrival. */
  private static Map<Long, List<PageRows>> byDay(List<HeadPageView> pages) {
    Map<Long, List<PageRows>> days = new TreeMap<>();
    for (HeadPageView page : pages) {
      if (page.rowCount() == 0) {
        continue;
      }
      long first = SegmentWriter.utcDay(page.times().minEpochNanos());
      if (first == SegmentWriter.utcDay(page.times().maxEpochNanos())) {
        Selection all = Selection.all(page.rowCount());
        days.computeIfAbsent(first, d -> new ArrayList<>()).add(new PageRows(page, all));
      } else {
        addSplit(page, days);
      }
    }
    return days;
  }

  private static void addSplit(HeadPageView page, Map<Long, List<PageRows>> days) {
    Map<Long, int[]> rowsOfDay = new TreeMap<>();
    Map<Long, Integer> counts = new TreeMap<>();
    long[] timestamps = page.timestampsEpochNanos();
    for (int row = 0; row < page.rowCount(); row++) {
      long day = SegmentWriter.utcDay(timestamps[row]);
      int count = counts.merge(day, 1, Integer::sum);
      int[] rows = rowsOfDay.getOrDefault(day, new int[16]);
      if (count > rows.length) {
        rows = Arrays.copyOf(rows, rows.length * 2);
      }
      rows[count - 1] = row;
      rowsOfDay.put(day, rows);
    }
    rowsOfDay.forEach(
        (day, rows) ->
            days.computeIfAbsent(day, d -> new ArrayList<>())
                .add(new PageRows(page, Selection.taking(rows, counts.getOrDefault(day, 0)))));
  }
}
