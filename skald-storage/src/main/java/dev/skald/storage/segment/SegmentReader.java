package dev.skald.storage.segment;

import dev.skald.bytes.BitPacking;
import dev.skald.bytes.ByteReader;
import dev.skald.bytes.Corruption;
import dev.skald.compress.ZstdContexts;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Labels;
import dev.skald.model.MatcherTest;
import dev.skald.model.PageRef;
import dev.skald.model.QuerySpan;
import dev.skald.storage.index.StreamSet;
import dev.skald.storage.index.StreamTable;
import dev.skald.storage.object.ObjectReader;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * An open segment: its directory and stream table in memory, its pages read when asked. Safe for
 * concurrent use, but closed only when nobody reads: whoever opened it counts its readers.
 */
public final class SegmentReader implements AutoCloseable {
  /** Most pages of a segment. */
  public static final int PAGES_MAX = SegmentLayout.PAGES_MAX;

  /** Read first from the end of the object: footer, directory and stream table of most segments. */
  private static final int TAIL_BYTES = 32 << 10;

  private final SegmentDirectory directory;
  private final SegmentSummary summary;
  private final SegmentSource source;
  private final SegmentListener listener;

  private final PageNotes[] notes;

  /** 1 for each page whose damage was told. */
  private final AtomicIntegerArray damaged;

  private SegmentReader(
      SegmentDirectory directory,
      SegmentSummary summary,
      SegmentSource source,
      SegmentListener listener) {
    this.directory = directory;
    this.summary = summary;
    this.source = source;
    this.listener = listener;
    this.damaged = new AtomicIntegerArray(directory.pages().size());
    this.notes = new PageNotes[directory.pages().size()];
    Arrays.setAll(notes, page -> new PageNotes());
  }

  /**
   * Reads and checks header, footer, directory and stream table.
   *
   * @param zstd borrowed; outlives the reader
   * @param listener hears of bad pages, once each
   * @throws SkaldException CORRUPT if they are not what was written; UNSUPPORTED if the format is
   *     newer; UNAVAILABLE if they cannot be read
   */
  public static SegmentReader open(
      ObjectStore store, SegmentId id, ZstdContexts zstd, SegmentListener listener)
      throws IOException {
    ObjectReader object = store.open(id.objectName());
    boolean opened = false;
    try {
      SegmentReader reader = open(object, id, zstd, listener);
      opened = true;
      return reader;
    } finally {
      if (!opened) {
        object.close();
      }
    }
  }

  private static SegmentReader open(
      ObjectReader object, SegmentId id, ZstdContexts zstd, SegmentListener listener)
      throws IOException {
    String name = id.objectName().path();
    long sizeBytes = object.sizeBytes();
    if (sizeBytes < SegmentLayout.OBJECT_BYTES_MIN) {
      throw Corruption.at(
          name, 0, "size", "at least " + SegmentLayout.OBJECT_BYTES_MIN + " bytes", sizeBytes);
    }
    byte[] header = SegmentSource.readBytes(name, object, 0, SegmentLayout.HEADER_BYTES, 0);
    SegmentDirectory.checkHeader(name, id, header);
    Tail tail = new Tail(name, object, sizeBytes);
    long footerOffset = sizeBytes - SegmentLayout.FOOTER_BYTES;
    SegmentDirectory.Footer footer =
        SegmentDirectory.readFooter(
            name, footerOffset, tail.bytes, (int) (footerOffset - tail.offsetBytes));
    SegmentDirectory directory =
        SegmentDirectory.read(
            id, footer.directory(), footer.version(), tail.open(footer.directory()));
    StreamTable streams = StreamTable.read(tail.open(directory.streamTable()), zstd);
    if (streams.streamCount() != directory.streamCount()) {
      throw Corruption.at(
          name,
          directory.streamTable().offsetBytes(),
          "streams in table",
          directory.streamCount(),
          streams.streamCount());
    }
    SegmentSummary summary = directory.summary(footer.crc32c());
    return new SegmentReader(
        directory,
        summary,
        new SegmentSource(name, object, sizeBytes, streams, directory.shapeTable(), zstd),
        listener);
  }

  /** The end of an object; grows towards its start as blocks are asked for. */
  private static final class Tail {
    private final String objectName;
    private final ObjectReader object;
    private final long sizeBytes;
    private byte[] bytes;
    private long offsetBytes;

    Tail(String objectName, ObjectReader object, long sizeBytes) {
      this.objectName = objectName;
      this.object = object;
      this.sizeBytes = sizeBytes;
      this.offsetBytes = Math.max(0, sizeBytes - TAIL_BYTES);
      this.bytes = read();
    }

    private byte[] read() {
      return SegmentSource.readBytes(
          objectName, object, offsetBytes, sizeBytes - offsetBytes, BitPacking.SLACK_BYTES);
    }

    ByteReader open(BlockRef block) {
      if (block.offsetBytes() < offsetBytes) {
        offsetBytes = block.offsetBytes();
        bytes = read();
      }
      return block.open(objectName, bytes, (int) (block.offsetBytes() - offsetBytes));
    }
  }

  public SegmentSummary summary() {
    return summary;
  }

  /**
   * Streams that satisfy all tests; a missing label counts as the empty string. No tests: all
   * streams.
   */
  public StreamSet streams(List<MatcherTest> tests) {
    return source.streams().select(tests);
  }

  /** Those of {@code streams} that may have rows in the span, judged by the page directory. */
  public StreamSet streamsWithin(StreamSet streams, QuerySpan span) {
    StreamSet.Builder within = new StreamSet.Builder();
    for (PageEntry page : directory.pages()) {
      if (mayHold(page, streams, span)) {
        within.addRange(streams, page.streamFirst(), page.streamLast());
      }
    }
    return within.build();
  }

  private static boolean mayHold(PageEntry page, StreamSet streams, QuerySpan span) {
    return page.minEpochNanos() < span.endEpochNanos()
        && page.maxEpochNanos() >= span.startEpochNanos()
        && streams.intersects(page.streamFirst(), page.streamLast());
  }

  /**
   * The labels of a stream, 0 to {@code summary().streamCount()} - 1; streams are in the order of
   * their labels.
   */
  public Labels labels(int stream) {
    return source.streams().labels(stream);
  }

  /** Adds the names of labels of these streams. */
  public void addLabelNames(StreamSet streams, Set<String> names) {
    source.streams().addNames(streams, names);
  }

  /** The values of one label of these streams, the empty one left out; ascending. */
  public List<String> labelValues(String name, StreamSet streams) {
    return source.streams().values(name, streams);
  }

  /**
   * The pages that may hold rows of these streams in this span, in order of streams. Reading one
   * selects exactly the rows of these streams in this span; equal rows of other segments are not
   * known here.
   *
   * @param order the place of this segment in order of arrival: page {@code i} answers {@code order
   *     + i}, so leave {@link #PAGES_MAX} between segments
   */
  public List<PageRef> pages(StreamSet streams, QuerySpan span, long order) {
    List<PageRef> refs = new ArrayList<>();
    List<PageEntry> pages = directory.pages();
    for (int i = 0; i < pages.size(); i++) {
      if (mayHold(pages.get(i), streams, span)) {
        int page = i;
        refs.add(
            new SegmentPageRef(
                source,
                pages.get(i),
                notes[i],
                streams,
                span,
                order + i,
                damage -> tell(page, damage)));
      }
    }
    return refs;
  }

  SegmentDirectory directory() {
    return directory;
  }

  SegmentSource source() {
    return source;
  }

  private void tell(int page, SkaldException damage) {
    if (damage.kind() == ErrorKind.CORRUPT && damaged.compareAndSet(page, 0, 1)) {
      listener.pageCorrupt(directory.id(), page, damage);
    }
  }

  /** Closes the object. Closing twice is harmless. */
  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException e) {
      throw SkaldException.of(
          ErrorKind.UNAVAILABLE, "cannot close " + source.objectName() + ": " + e.getMessage(), e);
    }
  }
}
