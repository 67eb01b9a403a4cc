package dev.skald.bytes;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BitPackingTest {
  @Test
  void lowBitsComeFirst() {
    ByteWriter out = new ByteWriter(0);
    BitPacking.pack(new long[] {1, 2, 3, 4, 5}, 0, 5, 3, out);
    // 101 100 011 010 001 read from the right: 0101'1000 1101'0001
    assertEquals("d158", HexFormat.of().formatHex(out.toByteArray()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 8, 13, 31, 32, 33, 56, 57, 58, 63, 64})
  void everyWidthComesBack(int width) {
    forAll(
        50,
        random -> {
          int count = random.nextInt(70);
          long mask = width == 0 ? 0 : -1L >>> (64 - width);
          long[] values = random.longs(count).map(v -> v & mask).toArray();
          ByteWriter out = new ByteWriter(0);
          out.putByte(0x55);
          BitPacking.pack(values, 0, count, width, out);
          assertEquals(1 + BitPacking.packedBytes(count, width), out.size());
          byte[] bytes = Arrays.copyOf(out.array(), out.size() + BitPacking.SLACK_BYTES);
          Arrays.fill(bytes, out.size(), bytes.length, (byte) 0xff);
          long[] read = new long[count + 2];
          BitPacking.unpack(bytes, 1, width, count, read, 2);
          assertArrayEquals(values, Arrays.copyOfRange(read, 2, count + 2));
          for (int i = 0; i < count; i++) {
            assertEquals(values[i], BitPacking.get(bytes, 1, width, i));
          }
        });
  }

  @Test
  void theWidthIsThatOfTheUnsignedValue() {
    assertEquals(0, BitPacking.width(0));
    assertEquals(1, BitPacking.width(1));
    assertEquals(8, BitPacking.width(255));
    assertEquals(63, BitPacking.width(Long.MAX_VALUE));
    assertEquals(64, BitPacking.width(-1));
  }
}
