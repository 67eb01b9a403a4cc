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
import dev.skald.storage.index.StreamSet;
import dev.skald.storage.shape.ShapedPage;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A page read from a segment: times and streams decoded, the rest when asked. Sorted by (stream,
 * time, arrival). For one thread at a time.
 */
final class SegmentPage implements Page {
  private final SegmentSource source;
  private final PageEntry entry;
  private final PageWeights weights;
  private final Consumer<SkaldException> onDamage;
  private final StreamRuns runs;
  private final long[] times;
  private final @Nullable MetadataColumn metadata;
  private final @Nullable Labels[] labels;
  private int @Nullable [] runOfRow;
  private int @Nullable [] metadataOrdinals;
  private @Nullable Lines lines;
  private @Nullable ShapedPage shaped;

  private SegmentPage(
      SegmentSource source,
      PageEntry entry,
      PageWeights weights,
      Consumer<SkaldException> onDamage,
      StreamRuns runs,
      long[] times,
      @Nullable MetadataColumn metadata) {
    this.source = source;
    this.entry = entry;
    this.weights = weights;
    this.onDamage = onDamage;
    this.runs = runs;
    this.times = times;
    this.metadata = metadata;
    this.labels = new Labels[runs.count()];
  }

  /**
   * Reads all columns but the lines.
   *
   * @param onDamage told of bad bytes met later, when the lines are read
   * @throws SkaldException CORRUPT
   */
  static SegmentPage read(
      SegmentSource source, PageEntry entry, Consumer<SkaldException> onDamage) {
    return read(source, entry, new PageWeights(), onDamage);
  }

  /** The same, for a page whose weights may be known. */
  static SegmentPage read(
      SegmentSource source,
      PageEntry entry,
      PageWeights weights,
      Consumer<SkaldException> onDamage) {
    List<BlockRef> blocks = entry.blocks(BlockKind.TIME, BlockKind.METADATA_SETS);
    List<ByteReader> payloads = source.read(blocks);
    ZstdContexts zstd = source.zstd();
    StreamRuns runs = StreamRuns.decode(payloads.get(1), entry, zstd);
    long[] times = TimeColumn.decode(payloads.get(0), runs, entry, zstd);
    MetadataColumn metadata =
        payloads.size() < 4
            ? null
            : MetadataColumn.decode(payloads.get(2), payloads.get(3), entry.rowCount(), zstd);
    return new SegmentPage(source, entry, weights, onDamage, runs, times, metadata);
  }

  /** Which rows are of which of the segment's streams. */
  StreamRuns runs() {
    return runs;
  }

  /** The rows of these streams in this span. */
  Selection select(StreamSet streams, QuerySpan span) {
    boolean wholeSpan =
        span.startEpochNanos() <= entry.minEpochNanos()
            && entry.maxEpochNanos() < span.endEpochNanos();
    int[] rows = new int[entry.rowCount()];
    int count = 0;
    for (int run = 0; run < runs.count(); run++) {
      if (streams.contains(runs.stream(run))) {
        int from = runs.start(run);
        int to = runs.end(run);
        if (!wholeSpan) {
          from = lowerBound(from, to, span.startEpochNanos());
          to = lowerBound(from, to, span.endEpochNanos());
        }
        for (int row = from; row < to; row++) {
          rows[count++] = row;
        }
      }
    }
    return Selection.taking(rows, count);
  }

  /** The first row in {@code [from, to)} not before {@code time}, or {@code to}. */
  private int lowerBound(int from, int to, long time) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < time) {
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
    return times;
  }

  @Override
  public int[] streamOrdinals() {
    if (runOfRow == null) {
      runOfRow = runs.runOfRow();
    }
    return runOfRow;
  }

  @Override
  public int streamCount() {
    return runs.count();
  }

  @Override
  public Labels stream(int ordinal) {
    Labels known = labels[ordinal];
    if (known == null) {
      known = source.streams().labels(runs.stream(ordinal));
      labels[ordinal] = known;
    }
    return known;
  }

  @Override
  public int[] metadataOrdinals() {
    if (metadataOrdinals == null) {
      metadataOrdinals = metadata == null ? new int[entry.rowCount()] : metadata.ordinals();
    }
    return metadataOrdinals;
  }

  @Override
  public int metadataCount() {
    return metadata == null ? 1 : metadata.count();
  }

  @Override
  public Labels metadata(int ordinal) {
    return metadata == null || ordinal == 0 ? Labels.EMPTY : metadata.set(ordinal);
  }

  @Override
  public Lines lines() {
    if (lines == null) {
      try {
        lines = readLines();
      } catch (SkaldException e) {
        onDamage.accept(e);
        throw e;
      }
    }
    return lines;
  }

  /** Of a page taken apart, only these rows' lines are put together. */
  @Override
  public Lines lines(int[] rows, int count) {
    if (lines != null || !entry.isShaped()) {
      return lines();
    }
    try {
      return rebuild(rows, count);
    } catch (SkaldException e) {
      onDamage.accept(e);
      throw e;
    }
  }

  @Override
  public long[] streamBytes() {
    try {
      return weights.of(this, entry);
    } catch (SkaldException e) {
      onDamage.accept(e);
      throw e;
    }
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
    return source.read(entry.blocks(BlockKind.LENGTHS, BlockKind.LENGTHS)).getFirst();
  }

  @Override
  public @Nullable ShapedLines shaped() {
    if (!entry.isShaped()) {
      return null;
    }
    try {
      return readShaped();
    } catch (SkaldException e) {
      onDamage.accept(e);
      throw e;
    }
  }

  private ShapedPage readShaped() {
    ShapedPage known = shaped;
    if (known == null) {
      BlockRef directory = entry.block(BlockKind.SHAPES);
      if (directory == null) {
        throw new IllegalStateException("page without shapes");
      }
      List<BlockRef> frames = entry.frames();
      known =
          ShapedPage.read(
              source.read(List.of(directory)).getFirst(),
              source.shapes(),
              entry.rowCount(),
              frames.size(),
              frame -> readFrame(frames.get(frame)),
              source.zstd());
      shaped = known;
    }
    return known;
  }

  private ByteReader readFrame(BlockRef frame) {
    try {
      return source.read(List.of(frame)).getFirst();
    } catch (SkaldException e) {
      onDamage.accept(e);
      throw e;
    }
  }

  private Lines rebuild(int[] rows, int count) {
    ShapedPage from = readShaped();
    int[] offsets = new int[entry.rowCount() + 1];
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += from.lineLength(rows[i]);
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
      at = from.copyLine(rows[i], content, at);
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
