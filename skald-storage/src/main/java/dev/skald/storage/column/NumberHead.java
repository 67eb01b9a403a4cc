package dev.skald.storage.column;

import dev.skald.bytes.BitPacking;
import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a stream of longs is kept; docs/format/column.md#numbers. The stream is transformed to numbers that are not
 * negative, and these are coded.
 *
 * @param base with PLAIN the smallest value, which is subtracted; otherwise the first value, after which the others
 *     follow as differences
 * @param width bits of a packed number, or bytes of a number in planes
 * @param constant what all coded numbers are, with CONSTANT
 * @param bodyBytes of it and its runs
 */
record NumberHead(
    Transform transform,
    Coding coding,
    long min,
    long max,
    long base,
    int width,
    long constant,
    int bodyBytes,
    @Nullable Runs runs) {
  /** From values to numbers that are not negative. */
  enum Transform {
    /** The value less the smallest. */
    PLAIN(0),
    /** The difference to the value before, zigzag. */
    DELTA(1),
    /** The difference to the value before, which is never smaller. */
    RISING(2);

    private final int code;

    Transform(int code) {
      this.code = code;
    }
  }

  /** From numbers to bytes. */
  enum Coding {
    CONSTANT(0),
    PACKED(1),
    PREFIX_DIRECT(2),
    PREFIX_HYBRID(3),
    /** Bytes of equal rank together, the lowest first: for zstd. */
    PLANES(4),
    /** Two streams: values that stand several times in a row, and how often. */
    RUNS(5);

    private final int code;

    Coding(int code) {
      this.code = code;
    }
  }

  /** A stream of runs is never kept as runs again. */
  record Runs(int count, NumberHead values, NumberHead lengths) {}

  /** In order of their codes. */
  private static final Transform[] TRANSFORMS = Transform.values();

  private static final Coding[] CODINGS = Coding.values();
  private static final int CODING_SHIFT = 2;

  static NumberHead constant(long value) {
    return new NumberHead(Transform.PLAIN, Coding.CONSTANT, value, value, value, 0, 0, 0, null);
  }

  static NumberHead runs(long min, long max, Runs runs) {
    int bytes = Math.addExact(runs.values.bodyBytes, runs.lengths.bodyBytes);
    return new NumberHead(Transform.PLAIN, Coding.RUNS, min, max, min, 0, 0, bytes, runs);
  }

  /** Bytes of the body that zstd may make smaller. */
  int compressibleBytes() {
    return switch (coding) {
      case CONSTANT, PACKED, PREFIX_DIRECT, PREFIX_HYBRID -> 0;
      case PLANES -> bodyBytes;
      case RUNS ->
          runs == null ? 0 : runs.values.compressibleBytes() + runs.lengths.compressibleBytes();
    };
  }

  void write(ByteWriter out) {
    out.putByte(transform.code | coding.code << CODING_SHIFT);
    out.putSignedVarint(min);
    out.putVarint(max - min);
    if (transform != Transform.PLAIN) {
      out.putVarint(base - min);
    }
    switch (coding) {
      case CONSTANT -> out.putVarint(constant);
      case PACKED, PLANES -> {
        out.putByte(width);
        out.putVarint(bodyBytes);
      }
      case PREFIX_DIRECT, PREFIX_HYBRID -> out.putVarint(bodyBytes);
      case RUNS -> {
        if (runs != null) {
          out.putVarint(runs.count);
          runs.values.write(out);
          runs.lengths.write(out);
        }
      }
    }
  }

  static NumberHead read(ByteReader in) {
    return read(in, 0);
  }

  private static NumberHead read(ByteReader in, int depth) {
    int both = in.readByte();
    int transformCode = both & ((1 << CODING_SHIFT) - 1);
    int codingCode = both >>> CODING_SHIFT;
    if (transformCode >= TRANSFORMS.length || codingCode >= CODINGS.length) {
      throw in.corrupt("coding of numbers", "a known one", both);
    }
    Transform transform = TRANSFORMS[transformCode];
    Coding coding = CODINGS[codingCode];
    long min = in.readSignedVarint();
    long max = min + in.readVarint();
    long base = transform == Transform.PLAIN ? min : min + in.readVarint();
    if (max < min || base < min || base > max) {
      throw in.corrupt("range of numbers", "ascending", min + " to " + max);
    }
    return switch (coding) {
      case CONSTANT -> {
        long constant = in.readVarint();
        yield new NumberHead(transform, coding, min, max, base, 0, constant, 0, null);
      }
      case PACKED, PLANES -> {
        int width = in.readByte();
        int widthMax = coding == Coding.PACKED ? Long.SIZE : Long.BYTES;
        if (width < 1 || width > widthMax) {
          throw in.corrupt("width of numbers", "1 to " + widthMax, width);
        }
        yield new NumberHead(transform, coding, min, max, base, width, 0, readBytes(in), null);
      }
      case PREFIX_DIRECT, PREFIX_HYBRID ->
          new NumberHead(transform, coding, min, max, base, 0, 0, readBytes(in), null);
      case RUNS -> {
        if (depth > 0 || transform != Transform.PLAIN) {
          throw in.corrupt("runs of numbers", "plain and not nested", transform);
        }
        int count = in.readCount("runs", Integer.MAX_VALUE);
        NumberHead values = read(in, depth + 1);
        NumberHead lengths = read(in, depth + 1);
        if ((long) values.bodyBytes + lengths.bodyBytes > Integer.MAX_VALUE) {
          throw in.corrupt("bytes of runs", "an array's", values.bodyBytes);
        }
        yield runs(min, max, new Runs(count, values, lengths));
      }
    };
  }

  private static int readBytes(ByteReader in) {
    return in.readCount("bytes of numbers", Integer.MAX_VALUE);
  }

  /**
   * The values.
   *
   * @param body this stream's bytes and nothing more
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  long[] decode(int count, ByteReader body) {
    if (body.remaining() != bodyBytes) {
      throw body.corrupt("body of numbers", bodyBytes + " bytes", body.remaining());
    }
    long[] values;
    if (runs == null) {
      values = new long[count];
      decodePlainOrDeltas(values, body);
    } else {
      values = decodeRuns(runs, count, body);
    }
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (long value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (count > 0 && (low < min || high > max)) {
      throw body.corrupt("numbers", min + " to " + max, low + " to " + high);
    }
    return values;
  }

  /**
   * The values at {@code positions}, which ascend.
   *
   * @param marks of the body
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  long[] pick(int count, int[] positions, ByteReader body, ColumnMarks marks) {
    if (body.remaining() != bodyBytes) {
      throw body.corrupt("body of numbers", bodyBytes + " bytes", body.remaining());
    }
    long[] picked =
        switch (coding) {
          case PREFIX_DIRECT, PREFIX_HYBRID -> PrefixPick.pick(this, count, positions, body, marks);
          case PACKED, PLANES ->
              transform == Transform.PLAIN
                  ? pickAnywhere(count, positions, body)
                  : select(decode(count, body), positions);
          case CONSTANT, RUNS -> select(decode(count, body), positions);
        };
    for (long value : picked) {
      if (value < min || value > max) {
        throw body.corrupt("number", min + " to " + max, value);
      }
    }
    return picked;
  }

  /**
   * As {@link #decode}, for numbers that must be indices.
   *
   * @throws dev.skald.error.SkaldException CORRUPT, also if the head allows others
   */
  int[] decodeInts(int count, ByteReader body) {
    if (min < 0 || max > Integer.MAX_VALUE) {
      throw body.corrupt("range of indices", "0 to " + Integer.MAX_VALUE, min + " to " + max);
    }
    if (coding == Coding.PLANES && width == 1 && transform == Transform.PLAIN) {
      return decodeBytes(count, body);
    }
    long[] values = decode(count, body);
    int[] indices = new int[count];
    for (int i = 0; i < count; i++) {
      indices[i] = (int) values[i];
    }
    return indices;
  }

  /** A plane of bytes, the most frequent case. */
  private int[] decodeBytes(int count, ByteReader body) {
    if (body.remaining() != bodyBytes || count != bodyBytes) {
      throw body.corrupt("planes of numbers", bodyBytes + " bytes", body.remaining());
    }
    byte[] bytes = body.array();
    int start = body.skip(bodyBytes);
    int[] indices = new int[count];
    int least = (int) min;
    int high = 0;
    for (int i = 0; i < count; i++) {
      int index = (bytes[start + i] & 0xff) + least;
      indices[i] = index;
      high = Math.max(high, index - least);
    }
    if (high > max - min) {
      throw body.corrupt("numbers", "at most " + max, high + min);
    }
    return indices;
  }

  private static long[] select(long[] all, int[] positions) {
    long[] picked = new long[positions.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = all[positions[i]];
    }
    return picked;
  }

  /** Of numbers whose bits stand at known places. */
  private long[] pickAnywhere(int count, int[] positions, ByteReader body) {
    boolean arePacked = coding == Coding.PACKED;
    long bytesMin = arePacked ? BitPacking.packedBytes(count, width) : (long) count * width;
    byte[] bytes = body.array();
    int start = body.position();
    boolean hasSlack = start <= bytes.length - bodyBytes - BitPacking.SLACK_BYTES - 1;
    if (bytesMin != bodyBytes || !hasSlack) {
      return select(decode(count, body), positions); // says what is wrong
    }
    long[] picked = new long[positions.length];
    for (int i = 0; i < picked.length; i++) {
      int at = positions[i];
      long number = 0;
      if (arePacked) {
        number = BitPacking.get(bytes, start, width, at);
      } else {
        for (int plane = 0; plane < width; plane++) {
          number |= (bytes[start + plane * count + at] & 0xffL) << (plane * Byte.SIZE);
        }
      }
      picked[i] = number + min;
    }
    return picked;
  }

  private void decodePlainOrDeltas(long[] values, ByteReader body) {
    int from = transform == Transform.PLAIN ? 0 : 1;
    int coded = Math.max(0, values.length - from);
    switch (coding) {
      case CONSTANT -> Arrays.fill(values, from, from + coded, constant);
      case PACKED -> unpack(values, from, coded, body);
      case PREFIX_DIRECT, PREFIX_HYBRID ->
          PrefixStream.decode(body, values, from, coded, coding == Coding.PREFIX_HYBRID);
      case PLANES -> joinPlanes(values, from, coded, body);
      case RUNS -> throw new IllegalStateException("runs have a stream of their own");
    }
    untransform(values);
  }

  private void untransform(long[] values) {
    switch (transform) {
      case PLAIN -> {
        if (min != 0) {
          for (int i = 0; i < values.length; i++) {
            values[i] += min;
          }
        }
      }
      case DELTA -> {
        long value = base;
        for (int i = 1; i < values.length; i++) {
          value += (values[i] >>> 1) ^ -(values[i] & 1);
          values[i] = value;
        }
      }
      case RISING -> {
        long value = base;
        for (int i = 1; i < values.length; i++) {
          value += values[i];
          values[i] = value;
        }
      }
    }
    if (transform != Transform.PLAIN && values.length > 0) {
      values[0] = base;
    }
  }

  private void unpack(long[] values, int from, int coded, ByteReader body) {
    long packedBytes = BitPacking.packedBytes(coded, width);
    if (packedBytes != bodyBytes) {
      throw body.corrupt("packed numbers", packedBytes + " bytes", bodyBytes);
    }
    byte[] bytes = body.array();
    int start = body.skip(bodyBytes);
    if (start > bytes.length - bodyBytes - BitPacking.SLACK_BYTES) {
      bytes = Arrays.copyOfRange(bytes, start, start + bodyBytes + BitPacking.SLACK_BYTES);
      start = 0;
    }
    BitPacking.unpack(bytes, start, width, coded, values, from);
  }

  private void joinPlanes(long[] values, int from, int coded, ByteReader body) {
    if ((long) coded * width != bodyBytes) {
      throw body.corrupt("planes of numbers", (long) coded * width + " bytes", bodyBytes);
    }
    byte[] bytes = body.array();
    int start = body.skip(bodyBytes);
    for (int i = 0; i < coded; i++) {
      values[from + i] = bytes[start + i] & 0xff;
    }
    for (int plane = 1; plane < width; plane++) {
      int at = start + plane * coded;
      int shift = plane * Byte.SIZE;
      for (int i = 0; i < coded; i++) {
        values[from + i] |= (bytes[at + i] & 0xffL) << shift;
      }
    }
  }

  private static long[] decodeRuns(Runs runs, int count, ByteReader body) {
    if (runs.count > count) {
      throw body.corrupt("runs", "at most " + count, runs.count);
    }
    long[] runValues = runs.values.decode(runs.count, part(body, runs.values.bodyBytes));
    long[] lengths = runs.lengths.decode(runs.count, part(body, runs.lengths.bodyBytes));
    long[] values = new long[count];
    int at = 0;
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] < 0 || lengths[i] > count - at) {
        throw body.corrupt("length of run", "0 to " + (count - at), lengths[i]);
      }
      Arrays.fill(values, at, at + (int) lengths[i], runValues[i]);
      at += (int) lengths[i];
    }
    if (at != count) {
      throw body.corrupt("numbers in runs", count, at);
    }
    return values;
  }

  /** A reader of the next {@code length} bytes, which are passed over. */
  static ByteReader part(ByteReader in, int length) {
    int start = in.skip(length);
    return new ByteReader("column", start, in.array(), start, start + length);
  }
}
