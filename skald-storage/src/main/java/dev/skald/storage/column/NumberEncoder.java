package dev.skald.storage.column;

import dev.skald.bytes.BitPacking;
import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdLevel;
import dev.skald.storage.column.NumberHead.Coding;
import dev.skald.storage.column.NumberHead.Runs;
import dev.skald.storage.column.NumberHead.Transform;
import java.util.Arrays;

/**
 * Writes streams of longs in the coding that is likely to be the smallest. Keeps its memory; for one thread.
 *
 * <p>What a coding costs is known exactly (packed), from the entropy of a sample (prefix code), or by compressing a
 * sample (planes).
 */
final class NumberEncoder {
  /** What the numbers are. */
  enum Use {
    /** Likely to be random in their low bits: bits are counted. */
    NUMBERS,
    /**
     * Of a dictionary. Those of columns that go together are often equal, which zstd sees and nobody else; and bytes
     * are fastest to read. So planes may be somewhat larger.
     */
    ORDINALS
  }

  /** Up to this many values all are counted, above only so many, in stretches. */
  private static final int COUNTED_MAX = 4096;

  private static final int STRETCH = 256;

  /** Packed bytes up to which numbers are left to zstd, who sees them beside their neighbours. */
  private static final int SMALL_BYTES_MAX = 512;

  /** Widest numbers for which that holds: wider ones are mostly random bits. */
  private static final int SMALL_WIDTH_MAX = 24;

  /** Values that are compressed to see whether zstd finds something. */
  private static final int TRIAL_VALUES_MAX = 4096;

  private static final int TRIAL_VALUES_MIN = 1024;

  /** Fewer numbers are not worth a call of zstd. */
  private static final int TRIAL_COUNT_MIN = 512;

  /** Values for each run from which on runs are kept. */
  private static final int RUN_LENGTH_MEAN_MIN = 8;

  /** A prefix code takes longer to read than packed numbers. */
  private static final double PREFIX_FACTOR = 1.06;

  private final ZstdContexts zstd;
  private final ByteWriter planes = new ByteWriter(1 << 12);
  private byte[] frame = new byte[1 << 12];
  private final int[] counts = new int[PrefixCode.SYMBOLS_MAX];
  private long[] coded = new long[256];
  private long estimate;

  NumberEncoder(ZstdContexts zstd) {
    this.zstd = zstd;
  }

  /** Bytes that the last stream will take in the end, zstd included, roughly. */
  long estimatedBytes() {
    return estimate;
  }

  /** Appends {@code values[0 .. count)}, which are left as they are. */
  NumberHead encode(long[] values, int count, Use use, ByteWriter out) {
    estimate = 0;
    if (count == 0) {
      return NumberHead.constant(0);
    }
    long min = values[0];
    long max = values[0];
    int changes = 0;
    for (int i = 1; i < count; i++) {
      long value = values[i];
      min = Math.min(min, value);
      max = Math.max(max, value);
      changes += value != values[i - 1] ? 1 : 0;
    }
    if (changes == 0) {
      return NumberHead.constant(min);
    }
    if ((long) (changes + 1) * RUN_LENGTH_MEAN_MIN <= count) {
      return encodeRuns(values, count, changes + 1, use, out);
    }
    return encodeSingly(values, count, min, max, use, out);
  }

  private NumberHead encodeRuns(long[] values, int count, int runCount, Use use, ByteWriter out) {
    long[] runValues = new long[runCount];
    long[] lengths = new long[runCount];
    int run = 0;
    int start = 0;
    for (int i = 1; i <= count; i++) {
      if (i == count || values[i] != values[start]) {
        runValues[run] = values[start];
        lengths[run++] = (long) i - start;
        start = i;
      }
    }
    NumberHead valueHead = encodeRange(runValues, runCount, use, out);
    long valueBytes = estimate;
    NumberHead lengthHead = encodeRange(lengths, runCount, use, out);
    estimate += valueBytes;
    return NumberHead.runs(
        valueHead.min(), valueHead.max(), new Runs(runCount, valueHead, lengthHead));
  }

  private NumberHead encodeRange(long[] values, int count, Use use, ByteWriter out) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    estimate = 0;
    return min == max ? NumberHead.constant(min) : encodeSingly(values, count, min, max, use, out);
  }

  /** The values are not all equal. */
  private NumberHead encodeSingly(
      long[] values, int count, long min, long max, Use use, ByteWriter out) {
    if (coded.length < count) {
      coded = new long[Math.max(count, coded.length * 2)];
    }
    Transform transform = chooseTransform(values, count, min);
    int from = transform == Transform.PLAIN ? 0 : 1;
    transform(values, 0, count, transform, min);
    long bits = 0;
    boolean same = true;
    for (int i = from; i < count; i++) {
      bits |= coded[i];
      same &= coded[i] == coded[from];
    }
    long base = transform == Transform.PLAIN ? min : values[0];
    if (same) {
      return new NumberHead(transform, Coding.CONSTANT, min, max, base, 0, coded[from], 0, null);
    }
    int width = BitPacking.width(bits);
    int start = out.size();
    Coding coding = chooseCoding(from, count, width, use);
    put(coding, from, count, width, out);
    int headWidth = coding == Coding.PLANES ? planeCount(width) : width;
    return new NumberHead(
        transform, coding, min, max, base, headWidth, 0, out.size() - start, null);
  }

  private Transform chooseTransform(long[] values, int count, long min) {
    double plain = entropyBits(values, count, Transform.PLAIN, min);
    double first = BitPacking.width(values[0] - min); // stands in the head
    double delta = first + entropyBits(values, count, Transform.DELTA, min);
    if (plain <= delta * 1.05) {
      return Transform.PLAIN;
    }
    for (int i = 1; i < count; i++) {
      if (values[i] < values[i - 1] || values[i] - values[i - 1] < 0) {
        return Transform.DELTA;
      }
    }
    return Transform.RISING;
  }

  /** Of the sample; leaves it in {@link #coded}. */
  private double entropyBits(long[] values, int count, Transform transform, long min) {
    Arrays.fill(counts, 0);
    int total = 0;
    int step = count <= COUNTED_MAX ? STRETCH : count / (COUNTED_MAX / STRETCH);
    for (int from = 0; from < count; from += step) {
      int to = Math.min(count, from + STRETCH);
      transform(values, from, to, transform, min);
      for (int i = Math.max(from, transform == Transform.PLAIN ? 0 : 1); i < to; i++) {
        counts[NumberTokens.symbol(coded[i])]++;
        total++;
      }
    }
    return NumberTokens.entropyBits(counts, total, true);
  }

  /** Fills {@code coded[from .. to)}; the first of all differences is never coded. */
  private void transform(long[] values, int from, int to, Transform transform, long min) {
    long[] target = coded;
    switch (transform) {
      case PLAIN -> {
        for (int i = from; i < to; i++) {
          target[i] = values[i] - min;
        }
      }
      case DELTA -> {
        for (int i = Math.max(1, from); i < to; i++) {
          long delta = values[i] - values[i - 1];
          target[i] = (delta << 1) ^ (delta >> 63);
        }
      }
      case RISING -> {
        for (int i = Math.max(1, from); i < to; i++) {
          target[i] = values[i] - values[i - 1];
        }
      }
    }
  }

  private Coding chooseCoding(int from, int count, int width, Use use) {
    int numbers = count - from;
    long packed = BitPacking.packedBytes(numbers, width);
    if (packed <= SMALL_BYTES_MAX) {
      estimate = packed;
      return width <= SMALL_WIDTH_MAX ? Coding.PLANES : Coding.PACKED;
    }
    boolean hybrid = width > Byte.SIZE;
    double prefix = prefixBytes(from, count, hybrid);
    boolean usePrefix = prefix * PREFIX_FACTOR < packed;
    double dense = usePrefix ? prefix : packed;
    double zstdBytes =
        numbers < TRIAL_COUNT_MIN && use == Use.NUMBERS
            ? Double.MAX_VALUE
            : trialBytes(from, count, width);
    double factor =
        switch (use) {
          case NUMBERS -> 1.1;
          case ORDINALS -> 0.9;
        };
    if (zstdBytes * factor < dense) {
      estimate = (long) zstdBytes;
      return Coding.PLANES;
    }
    estimate = (long) dense;
    return !usePrefix ? Coding.PACKED : hybrid ? Coding.PREFIX_HYBRID : Coding.PREFIX_DIRECT;
  }

  /** Counts all symbols, which {@link #put} relies on. */
  private double prefixBytes(int from, int count, boolean hybrid) {
    Arrays.fill(counts, 0);
    if (hybrid) {
      for (int i = from; i < count; i++) {
        counts[NumberTokens.symbol(coded[i])]++;
      }
    } else {
      for (int i = from; i < count; i++) {
        counts[(int) coded[i]]++;
      }
    }
    int last = PrefixCode.SYMBOLS_MAX - 1;
    while (last > 0 && counts[last] == 0) {
      last--;
    }
    return NumberTokens.entropyBits(counts, count - from, hybrid) * 1.01 / Byte.SIZE
        + PrefixCode.writtenBytes(0, last);
  }

  private double trialBytes(int from, int count, int width) {
    int numbers = count - from;
    int tried =
        Math.min(numbers, numbers < 2 * TRIAL_VALUES_MAX ? TRIAL_VALUES_MIN : TRIAL_VALUES_MAX);
    int start = from + (numbers - tried) / 2;
    planes.clear();
    putPlanes(start, start + tried, planeCount(width), planes);
    int bound = ZstdContexts.boundBytes(planes.size());
    if (frame.length < bound) {
      frame = new byte[bound];
    }
    int written = zstd.compress(ZstdLevel.COLUMNS, planes.array(), 0, planes.size(), frame, 0);
    return (double) written * numbers / tried;
  }

  private static int planeCount(int width) {
    return (width + Byte.SIZE - 1) / Byte.SIZE;
  }

  private void put(Coding coding, int from, int count, int width, ByteWriter out) {
    switch (coding) {
      case PACKED -> BitPacking.pack(coded, from, count - from, width, out);
      case PREFIX_DIRECT -> PrefixStream.encode(coded, from, count, false, counts, out);
      case PREFIX_HYBRID -> PrefixStream.encode(coded, from, count, true, counts, out);
      case PLANES -> putPlanes(from, count, planeCount(width), out);
      case CONSTANT, RUNS -> throw new IllegalStateException("not chosen here: " + coding);
    }
  }

  private void putPlanes(int from, int to, int planeCount, ByteWriter out) {
    long[] source = coded;
    for (int plane = 0; plane < planeCount; plane++) {
      int shift = plane * Byte.SIZE;
      int at = out.skip(to - from) - from;
      byte[] target = out.array();
      for (int i = from; i < to; i++) {
        target[at + i] = (byte) (source[i] >>> shift);
      }
    }
  }
}
