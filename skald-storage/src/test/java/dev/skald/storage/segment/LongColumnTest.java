package dev.skald.storage.segment;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdLevel;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LongColumnTest {
  private final ZstdContexts zstd = new ZstdContexts();

  @AfterEach
  void close() {
    zstd.close();
  }

  private byte[] encode(long[] values) {
    ByteWriter out = new ByteWriter(0);
    LongColumn.encode(values, values.length, out, zstd, ZstdLevel.COLUMNS);
    return out.toByteArray();
  }

  private long[] decode(byte[] bytes, int count) {
    ByteReader in = new ByteReader("x", bytes);
    long[] values = LongColumn.decode(in, count, zstd);
    in.requireEnd("column");
    return values;
  }

  /** What a column of these values should be encoded as, and in how many bytes at most. */
  @SuppressWarnings("ArrayRecordComponent")
  record Case(String name, long[] values, int encoding, int bytesMax) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    Random random = new Random(1);
    return List.of(
        new Case("none", new long[0], LongColumn.CONSTANT, 2),
        new Case("one", new long[] {-5}, LongColumn.CONSTANT, 2),
        new Case(
            "equal", LongStream.generate(() -> 300).limit(9).toArray(), LongColumn.CONSTANT, 3),
        new Case(
            "extremes", new long[] {Long.MIN_VALUE, Long.MAX_VALUE}, LongColumn.DICTIONARY, 32),
        new Case(
            "two deltas of a steady clock",
            random.longs(10_000).map(v -> 1_000_000_000 + (v & 1)).toArray(),
            LongColumn.DICTIONARY,
            1_270),
        new Case(
            "deltas of a clock that rounds",
            LongStream.range(0, 10_000)
                .map(i -> (i + 1) * 674_831_292_177L / 1_000 - i * 674_831_292_177L / 1_000)
                .toArray(),
            LongColumn.ORDINALS_ZSTD,
            500),
        new Case(
            "few values, one of them often",
            random.longs(10_000).map(v -> (v & 15) == 0 ? v >>> 58 : 7).toArray(),
            LongColumn.ORDINALS_ZSTD,
            2_000),
        new Case(
            "milliseconds in nanoseconds",
            random.longs(10_000, 0, 1L << 20).map(v -> v * 1_000_000).toArray(),
            LongColumn.PACKED,
            25_200),
        new Case(
            "random nanoseconds",
            random.longs(10_000, 0, 1L << 30).toArray(),
            LongColumn.PACKED,
            37_700),
        new Case(
            "a pattern of many values",
            LongStream.range(0, 40_000).map(i -> i % 10_000 * 12_345).toArray(),
            LongColumn.ZSTD,
            38_000));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theSmallestEncodingIsTaken(Case c) {
    byte[] bytes = encode(c.values());
    assertEquals(c.encoding(), bytes[0]);
    assertTrue(bytes.length <= c.bytesMax(), () -> bytes.length + " bytes");
    assertArrayEquals(c.values(), decode(bytes, c.values().length));
  }

  private static long[] randomValues(Random random) {
    int count = random.nextInt(random.nextInt(10) == 0 ? 3_000 : 300);
    long[] values = new long[count];
    int kind = random.nextInt(6);
    long unit = LongColumn.SCALES[random.nextInt(LongColumn.SCALES.length)];
    long base = random.nextLong();
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (kind) {
            case 0 -> random.nextLong();
            case 1 -> base + random.nextInt(100) * unit;
            case 2 -> base + i * unit;
            case 3 -> random.nextInt(8) == 0 ? random.nextLong() : random.nextInt(3);
            case 4 -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
            default -> random.nextLong() >> random.nextInt(64);
          };
    }
    return values;
  }

  @Test
  void everyColumnComesBack() {
    forAll(
        2_000,
        random -> {
          long[] values = randomValues(random);
          long[] before = values.clone();
          assertArrayEquals(values, decode(encode(values), values.length));
          assertArrayEquals(before, values, "the encoder leaves its input alone");
        });
  }

  @Test
  void randomOrDamagedBytesAreAValueOrCorrupt() {
    forAll(
        3_000,
        random -> {
          long[] values = randomValues(random);
          byte[] bytes = encode(values);
          if (random.nextInt(3) == 0) {
            random.nextBytes(bytes);
            bytes[0] = (byte) random.nextInt(5);
          } else {
            for (int i = random.nextInt(4); i >= 0; i--) {
              bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
          }
          byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
          try {
            LongColumn.decode(new ByteReader("x", cut), values.length, zstd);
          } catch (SkaldException e) {
            assertEquals(ErrorKind.CORRUPT, e.kind());
          }
        });
  }
}
