package dev.skald.storage.segment;

import dev.skald.bytes.BitPacking;
import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdLevel;
import java.util.Arrays;

/**
 * A column of longs as bytes, in whichever of five encodings is smallest;
 * docs/format/segment.md#long-column. How many values there are is not part of the bytes.
 */
final class LongColumn {
  static final int CONSTANT = 0;
  static final int PACKED = 1;
  static final int DICTIONARY = 2;
  static final int ZSTD = 3;
  static final int ORDINALS_ZSTD = 4;

  /** Values that share a width in {@link #PACKED}. */
  static final int PACKED_BLOCK = 256;

  /**
   * Most distinct values in {@link #DICTIONARY}: beyond, its table leaves the first-level cache.
   */
  static final int DICTIONARY_VALUES_MAX = 4096;

  /**
   * Nanoseconds of the units that clocks tick in: s, ms, us, ns. The exponent's index is what is
   * stored.
   */
  static final long[] SCALES = {1, 1_000, 1_000_000, 1_000_000_000};

  /** Most distinct values in {@link #ORDINALS_ZSTD}, whose ordinals are bytes. */
  private static final int BYTE_ORDINALS_MAX = 256;

  /** zstd must save a fifth: it costs several times as much to decode. */
  private static final double ZSTD_SIZE_FACTOR = 1.25;

  private LongColumn() {}

  /** Appends {@code values[0 .. count)}, which are left as they are. */
  static void encode(long[] values, int count, ByteWriter out, ZstdContexts zstd, ZstdLevel level) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    if (count == 0 || min == max) {
      out.putByte(CONSTANT);
      out.putSignedVarint(count == 0 ? 0 : min);
      return;
    }
    int scaleIndex = scaleIndex(values, count, min, max);
    long[] scaled = new long[count];
    for (int i = 0; i < count; i++) {
      scaled[i] = scaleIndex == 0 ? values[i] - min : (values[i] - min) / SCALES[scaleIndex];
    }
    long scaledMax = scaleIndex == 0 ? max - min : (max - min) / SCALES[scaleIndex];
    LongDictionary dictionary = LongDictionary.of(scaled, count, dictionaryMax(count));
    long packedBytes = packedBytes(scaled, count);
    long dictionaryBytes = dictionary == null ? Long.MAX_VALUE : dictionaryBytes(dictionary, count);
    int encodingStart = out.size();
    LongDictionary small =
        dictionary == null || dictionary.values().length > BYTE_ORDINALS_MAX ? null : dictionary;
    out.putByte(small == null ? ZSTD : ORDINALS_ZSTD);
    out.putSignedVarint(min);
    out.putByte(scaleIndex);
    int bodyStart = out.size();
    if (small == null) {
      putZstd(scaled, count, scaledMax, out, zstd, level);
    } else {
      putDictionary(small, out);
      putBytes(byteOrdinals(scaled, count, small), out, zstd, level);
    }
    long best = Math.min(packedBytes, dictionaryBytes);
    if ((out.size() - bodyStart) * ZSTD_SIZE_FACTOR < best) {
      return;
    }
    out.truncate(bodyStart);
    if (dictionary != null && dictionaryBytes <= packedBytes) {
      out.array()[encodingStart] = DICTIONARY;
      putDictionary(dictionary, out);
      putOrdinals(scaled, count, dictionary, out);
    } else {
      out.array()[encodingStart] = PACKED;
      putPacked(scaled, count, out);
    }
  }

  /** The largest unit of which every difference to {@code min} is a multiple. */
  private static int scaleIndex(long[] values, int count, long min, long max) {
    if (max - min < 0) {
      return 0; // wider than a signed long: left as it is
    }
    int index = SCALES.length - 1;
    for (int i = 0; i < count && index > 0; i++) {
      while ((values[i] - min) % SCALES[index] != 0) {
        index--;
      }
    }
    return index;
  }

  private static int dictionaryMax(int count) {
    return Math.min(DICTIONARY_VALUES_MAX, Math.max(2, count / 2));
  }

  private static long dictionaryBytes(LongDictionary dictionary, int count) {
    long bytes = 2;
    long previous = 0;
    for (long value : dictionary.values()) {
      bytes += 1 + (BitPacking.width(value - previous) - 1) / 7;
      previous = value;
    }
    return bytes + BitPacking.packedBytes(count, dictionary.ordinalWidth());
  }

  private static long packedBytes(long[] values, int count) {
    long bytes = 0;
    for (int from = 0; from < count; from += PACKED_BLOCK) {
      int length = Math.min(PACKED_BLOCK, count - from);
      bytes +=
          3 + BitPacking.packedBytes(length, BitPacking.width(maxUnsigned(values, from, length)));
    }
    return bytes;
  }

  private static long maxUnsigned(long[] values, int from, int length) {
    long bits = 0;
    for (int i = from; i < from + length; i++) {
      bits |= values[i];
    }
    return bits; // as wide as the widest
  }

  private static void putPacked(long[] values, int count, ByteWriter out) {
    for (int from = 0; from < count; from += PACKED_BLOCK) {
      int length = Math.min(PACKED_BLOCK, count - from);
      int width = BitPacking.width(maxUnsigned(values, from, length));
      out.putByte(width);
      BitPacking.pack(values, from, length, width, out);
    }
  }

  private static void putDictionary(LongDictionary dictionary, ByteWriter out) {
    out.putVarint(dictionary.values().length);
    long previous = 0;
    for (long value : dictionary.values()) {
      out.putVarint(value - previous);
      previous = value;
    }
  }

  private static ByteWriter byteOrdinals(long[] values, int count, LongDictionary dictionary) {
    ByteWriter ordinals = new ByteWriter(count);
    for (int i = 0; i < count; i++) {
      ordinals.putByte(dictionary.ordinal(values[i]));
    }
    return ordinals;
  }

  private static void putOrdinals(
      long[] values, int count, LongDictionary dictionary, ByteWriter out) {
    long[] ordinals = new long[count];
    for (int i = 0; i < count; i++) {
      ordinals[i] = dictionary.ordinal(values[i]);
    }
    BitPacking.pack(ordinals, 0, count, dictionary.ordinalWidth(), out);
  }

  private static void putZstd(
      long[] values, int count, long max, ByteWriter out, ZstdContexts zstd, ZstdLevel level) {
    int valueBytes = (BitPacking.width(max) + 7) / 8;
    ByteWriter fixed = new ByteWriter(count * valueBytes + Long.BYTES);
    for (int i = 0; i < count; i++) {
      fixed.putLong(values[i]);
      fixed.truncate(fixed.size() - Long.BYTES + valueBytes);
    }
    out.putByte(valueBytes);
    putBytes(fixed, out, zstd, level);
  }

  /** A length and a zstd frame. */
  private static void putBytes(
      ByteWriter content, ByteWriter out, ZstdContexts zstd, ZstdLevel level) {
    int lengthAt = out.size();
    out.putInt(0);
    int boundBytes = ZstdContexts.boundBytes(content.size());
    int start = out.skip(boundBytes);
    int written = zstd.compress(level, content.array(), 0, content.size(), out.array(), start);
    out.truncate(start + written);
    out.setInt(lengthAt, written);
  }

  /**
   * Reads {@code count} values.
   *
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  static long[] decode(ByteReader in, int count, ZstdContexts zstd) {
    long[] values = new long[count];
    decode(in, values, 0, zstd);
    return values;
  }

  /** As above, into {@code values[from ..]}. */
  static void decode(ByteReader in, long[] values, int from, ZstdContexts zstd) {
    int encoding = in.readByte();
    long min = in.readSignedVarint();
    if (encoding == CONSTANT) {
      Arrays.fill(values, from, values.length, min);
      return;
    }
    int scaleIndex = in.readByte();
    if (scaleIndex >= SCALES.length) {
      throw in.corrupt("scale of column", "0 to " + (SCALES.length - 1), scaleIndex);
    }
    long scale = SCALES[scaleIndex];
    switch (encoding) {
      case PACKED -> {
        readPacked(in, values, from);
        expand(values, from, scale, min);
      }
      case DICTIONARY -> readDictionary(in, values, from, scale, min);
      case ZSTD -> {
        readZstd(in, values, from, zstd);
        expand(values, from, scale, min);
      }
      case ORDINALS_ZSTD -> readOrdinalsZstd(in, values, from, scale, min, zstd);
      default -> throw in.corrupt("encoding of column", "0 to " + ORDINALS_ZSTD, encoding);
    }
  }

  private static void expand(long[] values, int from, long scale, long min) {
    for (int i = from; i < values.length; i++) {
      values[i] = values[i] * scale + min;
    }
  }

  private static void readPacked(ByteReader in, long[] values, int start) {
    for (int from = start; from < values.length; from += PACKED_BLOCK) {
      int width = in.readByte();
      if (width > Long.SIZE) {
        throw in.corrupt("width of packed values", "0 to 64", width);
      }
      unpack(in, width, values, from, Math.min(PACKED_BLOCK, values.length - from));
    }
  }

  private static void readDictionary(ByteReader in, long[] values, int from, long scale, long min) {
    int distinct = readDistinctCount(in, DICTIONARY_VALUES_MAX);
    int width = BitPacking.width(distinct - 1L);
    long[] dictionary = readDistinct(in, distinct, 1 << width, scale, min);
    unpack(in, width, values, from, values.length - from);
    long ordinalMax = 0;
    for (int i = from; i < values.length; i++) {
      ordinalMax = Math.max(ordinalMax, values[i]);
      values[i] = dictionary[(int) values[i]];
    }
    checkOrdinal(in, ordinalMax, distinct);
  }

  private static void readOrdinalsZstd(
      ByteReader in, long[] values, int from, long scale, long min, ZstdContexts zstd) {
    int distinct = readDistinctCount(in, BYTE_ORDINALS_MAX);
    long[] dictionary = readDistinct(in, distinct, BYTE_ORDINALS_MAX, scale, min);
    byte[] ordinals = zstd.read(in, in.readInt(), values.length - from, 0);
    int ordinalMax = 0;
    for (int i = from; i < values.length; i++) {
      int ordinal = ordinals[i - from] & 0xff;
      ordinalMax = Math.max(ordinalMax, ordinal);
      values[i] = dictionary[ordinal];
    }
    checkOrdinal(in, ordinalMax, distinct);
  }

  private static int readDistinctCount(ByteReader in, int max) {
    int distinct = in.readCount("dictionary size", max);
    if (distinct < 1) {
      throw in.corrupt("dictionary size", "at least 1", distinct);
    }
    return distinct;
  }

  /** Values as they are in the column; zeros follow up to {@code length}. */
  private static long[] readDistinct(
      ByteReader in, int distinct, int length, long scale, long min) {
    long[] dictionary = new long[length];
    long value = 0;
    for (int i = 0; i < distinct; i++) {
      value += in.readVarint();
      dictionary[i] = value * scale + min;
    }
    return dictionary;
  }

  private static void checkOrdinal(ByteReader in, long ordinalMax, int distinct) {
    if (ordinalMax >= distinct) {
      throw in.corrupt("ordinal in dictionary", "below " + distinct, ordinalMax);
    }
  }

  private static void unpack(ByteReader in, int width, long[] values, int from, int count) {
    long packedBytes = BitPacking.packedBytes(count, width);
    if (packedBytes > in.remaining()) {
      throw in.corrupt("packed values", packedBytes + " bytes", in.remaining() + " left");
    }
    int start = in.skip((int) packedBytes);
    byte[] bytes = in.array();
    if (start + packedBytes + BitPacking.SLACK_BYTES > bytes.length) {
      bytes =
          Arrays.copyOfRange(bytes, start, (int) (start + packedBytes + BitPacking.SLACK_BYTES));
      start = 0;
    }
    BitPacking.unpack(bytes, start, width, count, values, from);
  }

  private static void readZstd(ByteReader in, long[] values, int from, ZstdContexts zstd) {
    int valueBytes = in.readByte();
    if (valueBytes < 1 || valueBytes > Long.BYTES) {
      throw in.corrupt("bytes of a value", "1 to 8", valueBytes);
    }
    int length = in.readInt();
    int count = values.length - from;
    byte[] fixed = zstd.read(in, length, count * valueBytes, BitPacking.SLACK_BYTES);
    BitPacking.unpack(fixed, 0, valueBytes * Byte.SIZE, count, values, from);
  }
}
