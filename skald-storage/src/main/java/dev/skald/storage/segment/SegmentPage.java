package dev.skald.storage.segment;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.Corruption;
import dev.skald.compress.ZstdContexts;
import dev.skald.error.SkaldException;
import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.Page;
import dev.skald.model.QuerySpan;
import dev.skald.model.Selection;
import dev.skald.model.ShapedLines;
import dev.skald.model.StreamSpace;
import dev.skald.storage.column.MappedBody;
import dev.skald.storage.index.StreamSet;
import dev.skald.storage.shape.Frames;
import dev.skald.storage.shape.PickedLines;
import dev.skald.storage.shape.ShapedDirectory;
import dev.skald.storage.shape.ShapedPage;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A page of a segment; each of its columns is read and decoded when it is first asked for. Sorted by
 * (stream, time, arrival). For one thread at a time.
 */
final class SegmentPage implements Page {
  /** Of rows that are no more than this part of a page's, only their own values are decoded. */
  private static final int PICKED_PART = 64;

  /** Whoever asks more often is likely to go through the page: then it is decoded once. */
  private static final int PICKS_MAX = 2;

  private final SegmentSource source;
  private final PageEntry entry;
  private final PageNotes notes;
  private final Consumer<SkaldException> onDamage;
  private @Nullable StreamRuns runs;
  private long @Nullable [] times;
  private @Nullable Labels @Nullable [] labels;
  private int @Nullable [] runOfRow;
  private @Nullable MetadataColumn metadata;
  private int @Nullable [] metadataOrdinals;
  private @Nullable Lines lines;
  private @Nullable ShapedPage shaped;
  private int picks;

  /**
   * @param notes what is known of the page
   * @param onDamage told of bad bytes when they are met
   */
  SegmentPage(
      SegmentSource source, PageEntry entry, PageNotes notes, Consumer<SkaldException> onDamage) {
    this.source = source;
    this.entry = entry;
    this.notes = notes;
    this.onDamage = onDamage;
  }

  /** Reads something; damage is told of. */
  private <T> T told(Supplier<T> read) {
    try {
      return read.get();
    } catch (SkaldException e) {
      onDamage.accept(e);
      throw e;
    }
  }

  private ByteReader read(BlockKind kind) {
    BlockRef block = entry.block(kind);
    if (block == null) {
      throw new IllegalStateException("page without " + kind);
    }
    return source.read(block);
  }

  /** Which rows are of which of the segment's streams. */
  StreamRuns runs() {
    StreamRuns known = runs;
    if (known == null) {
      known = notes.runs();
      if (known == null) {
        known = told(() -> StreamRuns.decode(read(BlockKind.STREAM), entry, source.zstd()));
        notes.note(known);
      }
      runs = known;
    }
    return known;
  }

  /** The rows of these streams in this span. */
  Selection select(StreamSet streams, QuerySpan span) {
    boolean wholeSpan =
        span.startEpochNanos() <= entry.minEpochNanos()
            && entry.maxEpochNanos() < span.endEpochNanos();
    StreamRuns of = runs();
    int[] rows = null;
    int count = 0;
    int first = 0;
    for (int run = 0; run < of.count(); run++) {
      if (!streams.contains(of.stream(run))) {
        continue;
      }
      int from = of.start(run);
      int to = of.end(run);
      if (!wholeSpan) {
        from = lowerBound(from, to, span.startEpochNanos());
        to = lowerBound(from, to, span.endEpochNanos());
      }
      if (count == 0) {
        first = from;
      } else if (rows == null && from != first + count && from < to) {
        rows = new int[entry.rowCount()];
        fill(rows, 0, first, count);
      }
      if (rows != null) {
        fill(rows, count, from, to - from);
      }
      count += to - from;
    }
    return rows == null ? Selection.range(first, first + count) : Selection.taking(rows, count);
  }

  private static void fill(int[] rows, int at, int first, int count) {
    for (int i = 0; i < count; i++) {
      rows[at + i] = first + i;
    }
  }

  /** The first row in {@code [from, to)} not before {@code time}, or {@code to}. */
  private int lowerBound(int from, int to, long time) {
    long[] of = timestampsEpochNanos();
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (of[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public int rowCount() {
    return entry.rowCount();
  }

  @Override
  public long[] timestampsEpochNanos() {
    long[] known = times;
    if (known == null) {
      StreamRuns of = runs();
      known = told(() -> TimeColumn.decode(read(BlockKind.TIME), of, entry, source.zstd()));
      times = known;
    }
    return known;
  }

  @Override
  public StreamSpace streamSpace() {
    return source.streams();
  }

  @Override
  public int streamNumber(int ordinal) {
    return runs().stream(ordinal);
  }

  @Override
  public int streamNumbersEnd() {
    return entry.streamLast() + 1;
  }

  @Override
  public int[] streamOrdinals() {
    if (runOfRow == null) {
      runOfRow = runs().runOfRow();
    }
    return runOfRow;
  }

  @Override
  public BitSet streamsOf(Selection rows) {
    StreamRuns of = runs();
    BitSet streams = new BitSet(of.count());
    int run = 0;
    for (int i = 0; i < rows.count(); run++) {
      int end = of.end(run);
      if (rows.row(i) < end) {
        streams.set(run);
        i = rows.lowerBound(i, end);
      }
    }
    return streams;
  }

  @Override
  public boolean isSorted() {
    return true;
  }

  @Override
  public int streamEnd(int row) {
    return runs().endOf(row);
  }

  @Override
  public int streamCount() {
    return entry.streamCount();
  }

  @Override
  public Labels stream(int ordinal) {
    @Nullable Labels[] all = labels;
    if (all == null) {
      all = new Labels[entry.streamCount()];
      labels = all;
    }
    Labels known = all[ordinal];
    if (known == null) {
      known = source.streams().labels(runs().stream(ordinal));
      all[ordinal] = known;
    }
    return known;
  }

  /** Null if no row has any. */
  private @Nullable MetadataColumn metadataSets() {
    if (metadata == null && entry.block(BlockKind.METADATA_SETS) != null) {
      MetadataColumn known = notes.metadata();
      if (known == null) {
        known =
            told(
                () ->
                    MetadataColumn.decode(
                        read(BlockKind.METADATA_SETS), entry.rowCount(), source.zstd()));
        notes.note(known);
      }
      metadata = known;
    }
    return metadata;
  }

  @Override
  public int[] metadataOrdinals() {
    int[] known = metadataOrdinals;
    if (known == null) {
      MetadataColumn sets = metadataSets();
      known =
          sets == null
              ? new int[entry.rowCount()]
              : told(
                  () ->
                      sets.decodeOrdinals(
                          read(BlockKind.METADATA_ORDINALS), entry.rowCount(), source.zstd()));
      metadataOrdinals = known;
    }
    return known;
  }

  @Override
  public int metadataCount() {
    MetadataColumn sets = metadataSets();
    return sets == null ? 1 : sets.count();
  }

  @Override
  public Labels metadata(int ordinal) {
    MetadataColumn sets = ordinal == 0 ? null : metadataSets();
    return sets == null ? Labels.EMPTY : sets.set(ordinal);
  }

  @Override
  public long metadataChars(Selection rows) {
    return rows.count() == entry.rowCount()
        ? entry.metadataChars()
        : Page.super.metadataChars(rows);
  }

  @Override
  public Lines lines() {
    if (lines == null) {
      lines = told(this::readLines);
    }
    return lines;
  }

  /** Of a page taken apart, only these rows' lines are put together. */
  @Override
  public Lines lines(int[] rows, int count) {
    if (lines != null || !entry.isShaped()) {
      return lines();
    }
    return told(() -> rebuild(rows, count));
  }

  @Override
  public long[] streamBytes() {
    return told(() -> notes.weights().of(this, entry));
  }

  /** Per row the bytes of its line; for a page that is not taken apart. */
  int[] lineLengths() {
    int[] lengths = new int[entry.rowCount()];
    int[] offsets = lines == null ? readOffsets(lengthsBlock()) : lines.offsets();
    for (int row = 0; row < lengths.length; row++) {
      lengths[row] = offsets[row + 1] - offsets[row];
    }
    return lengths;
  }

  private ByteReader lengthsBlock() {
    return read(BlockKind.LENGTHS);
  }

  @Override
  public @Nullable ShapedLines shaped() {
    return entry.isShaped() ? told(this::readShaped) : null;
  }

  private ShapedPage readShaped() {
    ShapedPage known = shaped;
    if (known == null) {
      List<BlockRef> frames = entry.frames();
      known =
          ShapedPage.of(
              directory(frames.size()), entry.rowCount(), new PageFrames(frames), source.zstd());
      shaped = known;
    }
    return known;
  }

  /** The page's frames, checked each time they are read, and once if they are mapped. */
  private final class PageFrames implements Frames {
    private final List<BlockRef> blocks;

    PageFrames(List<BlockRef> blocks) {
      this.blocks = blocks;
    }

    @Override
    public ByteReader read(int frame) {
      return told(() -> source.read(blocks.get(frame)));
    }

    @Override
    public @Nullable MappedBody map(int frame) {
      if (!source.isMapped()) {
        return null;
      }
      if (!notes.isFrameSound(frame)) {
        read(frame);
        notes.noteFrameSound(frame);
      }
      return source.map(blocks.get(frame));
    }
  }

  private ShapedDirectory directory(int frameCount) {
    ShapedDirectory known = notes.shapes();
    if (known == null) {
      ByteReader in = read(BlockKind.SHAPES);
      int storedBytes = in.remaining();
      known =
          ShapedDirectory.read(in, source.shapes(), entry.rowCount(), frameCount, source.zstd());
      notes.note(known, storedBytes);
    }
    return known;
  }

  private Lines rebuild(int[] rows, int count) {
    ShapedPage from = readShaped();
    if (picks < PICKS_MAX && (long) count * PICKED_PART <= entry.rowCount()) {
      picks++;
      PickedLines picked = from.pick(rows, count);
      return putTogether(rows, count, picked::length, picked::copy);
    }
    return putTogether(
        rows,
        count,
        line -> from.lineLength(rows[line]),
        (line, target, at) -> from.copyLine(rows[line], target, at));
  }

  /** Writes the line of an index to an array; returns where it ends. */
  @FunctionalInterface
  private interface LineCopy {
    int copy(int line, byte[] target, int at);
  }

  private Lines putTogether(int[] rows, int count, IntUnaryOperator length, LineCopy copy) {
    int[] offsets = new int[entry.rowCount() + 1];
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += length.applyAsInt(i);
    }
    if (bytes > entry.lineBytes()) {
      throw Corruption.at(
          source.objectName(),
          entry.blocks().getFirst().offsetBytes(),
          "bytes of lines of page",
          "at most " + entry.lineBytes(),
          bytes);
    }
    byte[] content = new byte[(int) bytes];
    int at = 0;
    int next = 0;
    for (int i = 0; i < count; i++) {
      Arrays.fill(offsets, next, rows[i] + 1, at);
      at = copy.copy(i, content, at);
      next = rows[i] + 1;
    }
    Arrays.fill(offsets, next, offsets.length, at);
    return new Lines(content, offsets);
  }

  private Lines readLines() {
    if (entry.isShaped()) {
      int[] all = new int[entry.rowCount()];
      Arrays.setAll(all, row -> row);
      Lines rebuilt = rebuild(all, all.length);
      if (rebuilt.end(all.length - 1) != entry.lineBytes()) {
        throw Corruption.at(
            source.objectName(),
            entry.blocks().getFirst().offsetBytes(),
            "bytes of lines of page",
            entry.lineBytes(),
            rebuilt.end(all.length - 1));
      }
      return rebuilt;
    }
    List<ByteReader> payloads = source.read(entry.blocks(BlockKind.LENGTHS, BlockKind.LINES));
    int[] offsets = readOffsets(payloads.get(0));
    return new Lines(readContent(payloads.get(1), entry.lineBytes(), source.zstd(), 0), offsets);
  }

  private int[] readOffsets(ByteReader lengthsIn) {
    long[] lengths = LongColumn.decode(lengthsIn, entry.rowCount(), source.zstd());
    int[] offsets = new int[entry.rowCount() + 1];
    long offset = 0;
    for (int row = 0; row < lengths.length; row++) {
      offset += lengths[row];
      if (lengths[row] < 0 || offset > entry.lineBytes()) {
        throw lengthsIn.corrupt("line length", "0 to " + entry.lineBytes(), lengths[row]);
      }
      offsets[row + 1] = (int) offset;
    }
    if (offset != entry.lineBytes()) {
      throw lengthsIn.corrupt("lengths of lines", entry.lineBytes() + " in all", offset);
    }
    lengthsIn.requireEnd("lengths");
    return offsets;
  }

  /**
   * Bytes stored raw or in a zstd frame, to the reader's end, and {@code slackBytes} zeros after
   * them.
   */
  static byte[] readContent(ByteReader in, int length, ZstdContexts zstd, int slackBytes) {
    int encoding = in.readByte();
    return switch (encoding) {
      case SegmentLayout.RAW -> {
        if (in.remaining() != length) {
          throw in.corrupt("raw bytes", length, in.remaining());
        }
        yield Arrays.copyOf(in.readBytes(length), length + slackBytes);
      }
      case SegmentLayout.ZSTD -> zstd.read(in, in.remaining(), length, slackBytes);
      default -> throw in.corrupt("encoding", "0 or 1", encoding);
    };
  }
}
