package dev.skald.storage.compact;

import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdEffort;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.random.Randomness;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.segment.PageSource;
import dev.skald.storage.segment.SegmentId;
import dev.skald.storage.segment.SegmentLimits;
import dev.skald.storage.segment.SegmentListener;
import dev.skald.storage.segment.SegmentReader;
import dev.skald.storage.segment.SegmentSummary;
import dev.skald.storage.segment.SegmentWriter;
import dev.skald.storage.segment.WrittenSegment;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one segment of several, or of one without some of its rows, and proves that nothing else
 * is lost. In memory are a page of each old segment and about two of the new one. Safe for
 * concurrent use, but meant for one thread.
 */
public final class SegmentMerge {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentMerge.class);

  private final Randomness randomness;
  private final ObjectStore objects;
  private final ZstdContexts zstd;
  private final SegmentWriter writer;
  private final SegmentLimits limits;
  private final SegmentListener listener;
  private final Pace pace;
  private final SourceWrapping wrapping;

  /** Stands between the merge and the writer; tests plant bugs here. */
  @FunctionalInterface
  interface SourceWrapping {
    PageSource wrap(PageSource source);
  }

  /**
   * What became of the old segments; the new one is durable, checked, and not part of the store yet.
   *
   * @param reader the new segment, open and the caller's; empty if no row was to stay
   * @param rowsIn rows of the old ones
   * @param rowsRemoved those that the removal named
   * @param copiesDropped those that an older of the segments held too
   */
  public record Merged(
      Optional<SegmentReader> reader, long rowsIn, long rowsRemoved, long copiesDropped) {}

  public SegmentMerge(
      Randomness randomness,
      ObjectStore objects,
      ZstdContexts zstd,
      SegmentWriter writer,
      SegmentLimits limits,
      SegmentListener listener,
      Pace pace) {
    this(randomness, objects, zstd, writer, limits, listener, pace, source -> source);
  }

  SegmentMerge(
      Randomness randomness,
      ObjectStore objects,
      ZstdContexts zstd,
      SegmentWriter writer,
      SegmentLimits limits,
      SegmentListener listener,
      Pace pace,
      SourceWrapping wrapping) {
    this.randomness = randomness;
    this.objects = objects;
    this.zstd = zstd;
    this.writer = writer;
    this.limits = limits;
    this.listener = listener;
    this.pace = pace;
    this.wrapping = wrapping;
  }

  /**
   * @param id of the new segment; used only if a row stays
   * @param old in order of arrival, of one tenant and day; borrowed
   * @param effort how hard to compress
   * @throws IOException if the store fails; what was written is not part of the store
   * @throws SkaldException CORRUPT if an old segment has a bad page
   * @throws IllegalStateException if the account does not balance; the new segment is deleted
   */
  public Merged merge(SegmentId id, List<SegmentReader> old, RowRemoval removal, ZstdEffort effort)
      throws IOException {
    Conservation conservation = new Conservation(randomness, pace);
    for (SegmentReader reader : old) {
      conservation.addIn(reader, removal);
    }
    long rowsIn = old.stream().mapToLong(reader -> reader.summary().rowCount()).sum();
    if (conservation.rowsRemoved() == rowsIn) {
      conservation.check(List.of());
      return new Merged(Optional.empty(), rowsIn, rowsIn, 0);
    }
    SegmentSummary first = old.getFirst().summary();
    SameEntries sameEntries = new SameEntries(randomness, conservation);
    PageSource source = wrapping.wrap(new MergedPages(old, removal, limits, pace, sameEntries));
    WrittenSegment written = writer.write(id, first.tenant(), first.utcDay(), source, effort);
    SegmentReader reader = SegmentReader.open(objects, id, zstd, listener);
    boolean sound = false;
    try {
      if (!reader.summary().equals(written.summary())) {
        throw new IllegalStateException(
            "segment read back differs: " + reader.summary() + " written: " + written.summary());
      }
      conservation.check(List.of(reader));
      sound = true;
    } finally {
      if (!sound) {
        discard(reader);
      }
    }
    return new Merged(
        Optional.of(reader), rowsIn, conservation.rowsRemoved(), conservation.copiesDropped());
  }

  /** Whether all pages of a segment are as they were written. */
  public boolean canRead(SegmentReader reader) {
    try {
      for (PageRef ref : MergeCursor.pages(reader)) {
        Page page = ref.read().page();
        page.readColumns();
        page.lines();
        pace.step();
      }
      return true;
    } catch (SkaldException e) {
      if (e.kind() != ErrorKind.CORRUPT) {
        throw e;
      }
      return false;
    }
  }

  /** Closes a new segment that will not be part of the store, and deletes it if the disk lets us. */
  public void discard(SegmentReader reader) {
    try {
      reader.close();
      objects.delete(reader.summary().id().objectName());
    } catch (IOException | SkaldException e) {
      LOG.debug("{}: left behind", reader.summary().id(), e);
    }
  }
}
