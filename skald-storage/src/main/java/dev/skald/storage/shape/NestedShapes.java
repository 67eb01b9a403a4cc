package dev.skald.storage.shape;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdEffort;
import dev.skald.compress.ZstdLevel;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import dev.skald.storage.column.ColumnEncoder;
import dev.skald.storage.column.NestedStrings;
import dev.skald.storage.column.Stamps;
import dev.skald.storage.column.ValueSlices;
import org.jspecify.annotations.Nullable;

/**
 * Values that have shapes of their own (paths, sentences, lists) are taken apart once more, as lines
 * are: shapes, the shapes of rows and columns stand one after the other in the column's body, not
 * packed, since the frame that it lies in is.
 */
final class NestedShapes implements NestedStrings {
  /** Lines are taken apart, their values, and the values of these. */
  private static final int DEPTH_MAX = 2;

  private static final int VALUES_MIN = 4;
  private static final int VALUE_BYTES_MEAN_MIN = 5;

  /** Values of so many bytes decide whether it pays. */
  private static final int SAMPLE_BYTES = 96 << 10;

  /** It must save a twentieth: it costs more to read. */
  private static final double SIZE_FACTOR = 1.05;

  private final long seed;
  private final ZstdContexts zstd;

  /** Null: reads only. */
  private final @Nullable ColumnEncoder encoder;

  private final NestedStrings deeper;

  /** Kept for its buffers; null until it is needed. */
  private @Nullable ShapedPageWriter writer;

  private final ByteWriter packed = new ByteWriter(1 << 12);
  private final ByteWriter plain = new ByteWriter(1 << 12);
  private final ByteWriter trial = new ByteWriter(1 << 12);

  private NestedShapes(
      long seed, ZstdContexts zstd, @Nullable ColumnEncoder encoder, NestedStrings deeper) {
    this.seed = seed;
    this.zstd = zstd;
    this.encoder = encoder;
    this.deeper = deeper;
  }

  static NestedStrings writer(long seed, ZstdContexts zstd) {
    NestedStrings deeper = NestedStrings.NONE;
    for (int depth = 0; depth < DEPTH_MAX; depth++) {
      deeper = new NestedShapes(seed, zstd, new ColumnEncoder(zstd, deeper), deeper);
    }
    return deeper;
  }

  static NestedStrings reader(ZstdContexts zstd) {
    NestedStrings deeper = NestedStrings.NONE;
    for (int depth = 0; depth < DEPTH_MAX; depth++) {
      deeper = new NestedShapes(0, zstd, null, deeper);
    }
    return deeper;
  }

  @Override
  public @Nullable Head tryEncode(ValueSlices values, ByteWriter body) {
    int sampled = sampleCount(values);
    if (values.count() < VALUES_MIN || sampled == 0) {
      return null;
    }
    ValueSlices sample = values;
    if (sampled < values.count()) {
      sample = new ValueSlices();
      sample.reset(values.bytes());
      for (int i = 0; i < sampled; i++) {
        sample.add(values.start(i), values.end(i));
      }
    }
    int start = body.size();
    ByteWriter target = sample == values ? body : trial;
    target.truncate(sample == values ? start : 0);
    int trialStart = target.size();
    encode(sample, target);
    int bytes = target.size() - trialStart;
    if (packedBytes(target.array(), trialStart, bytes) * SIZE_FACTOR > plainBytes(sample)) {
      body.truncate(start);
      return null;
    }
    if (sample != values) {
      encode(values, body);
    }
    return new NestedHead(stamp(values), body.size() - start, deeper);
  }

  /** How many of the first values are tried; 0 if they are too short to be worth it. */
  private static int sampleCount(ValueSlices values) {
    long total = 0;
    int count = 0;
    while (count < values.count() && total < SAMPLE_BYTES) {
      total += values.length(count++);
    }
    return total < (long) count * VALUE_BYTES_MEAN_MIN ? 0 : count;
  }

  private void encode(ValueSlices values, ByteWriter out) {
    if (encoder == null) {
      throw new IllegalStateException("made for reading");
    }
    if (writer == null) {
      writer = new ShapedPageWriter(seed, encoder, null, ZstdEffort.QUICK);
    } else {
      writer.restart(ZstdEffort.QUICK);
    }
    writer.encode(values);
    writer.writeTable(out);
    out.putBytes(writer.directory().array(), 0, writer.directory().size());
    for (int frame = 0; frame < writer.frameCount(); frame++) {
      writer.writeFrame(frame, out);
    }
  }

  private int packedBytes(byte[] bytes, int start, int length) {
    packed.clear();
    int at = packed.skip(ZstdContexts.boundBytes(length));
    return zstd.compress(ZstdLevel.COLUMNS, bytes, start, length, packed.array(), at);
  }

  private int plainBytes(ValueSlices values) {
    plain.clear();
    for (int i = 0; i < values.count(); i++) {
      plain.putBytes(values.bytes(), values.start(i), values.length(i));
    }
    for (int i = 0; i < values.count(); i++) {
      plain.putVarint(values.length(i));
    }
    return packedBytes(plain.array(), 0, plain.size());
  }

  private static Stamp stamp(ValueSlices values) {
    boolean[] seen = new boolean[256];
    int min = Integer.MAX_VALUE;
    int max = 0;
    for (int i = 0; i < values.count(); i++) {
      min = Math.min(min, values.length(i));
      max = Math.max(max, values.length(i));
      for (int at = values.start(i); at < values.end(i); at++) {
        seen[values.bytes()[at] & 0xff] = true;
      }
    }
    return new Stamps().addSeen(seen).of(min, max);
  }

  @Override
  public Head read(ByteReader in) {
    Stamp stamp =
        new Stamp(
            in.readLong(),
            in.readLong(),
            in.readByte() != 0,
            in.readCount("shortest value", Integer.MAX_VALUE),
            in.readCount("longest value", Integer.MAX_VALUE));
    return new NestedHead(stamp, in.readCount("bytes of nested column", Integer.MAX_VALUE), deeper);
  }

  /** A column of such values, before it is read. */
  private record NestedHead(Stamp stamp, int bodyBytes, NestedStrings deeper) implements Head {
    @Override
    public boolean isDense() {
      return false;
    }

    @Override
    public void write(ByteWriter out) {
      out.putLong(stamp.asciiLow());
      out.putLong(stamp.asciiHigh());
      out.putByte(stamp.beyondAscii() ? 1 : 0);
      out.putVarint(stamp.lengthMin());
      out.putVarint(stamp.lengthMax());
      out.putVarint(bodyBytes);
    }

    @Override
    public SlotColumn open(int count, ByteReader body) {
      SegmentShapes shapes = SegmentShapes.read(body);
      ShapedDirectory directory = ShapedDirectory.read(body, shapes, count, deeper);
      byte[] bytes = body.array();
      int[] starts = new int[directory.frames().size() + 1];
      starts[0] = body.position();
      for (int frame = 0; frame < starts.length - 1; frame++) {
        body.skip(directory.frames().get(frame).contentBytes());
        starts[frame + 1] = body.position();
      }
      body.requireEnd("nested column");
      ShapedPage page =
          new ShapedPage(
              directory,
              count,
              frame -> new ByteReader("nested column", 0, bytes, starts[frame], starts[frame + 1]));
      return new NestedColumn(page, stamp, count);
    }
  }
}
