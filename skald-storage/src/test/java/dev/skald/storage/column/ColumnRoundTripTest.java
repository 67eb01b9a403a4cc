package dev.skald.storage.column;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.compress.ZstdContexts;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was put into a column comes out of it, and all it says of its values is true. */
final class ColumnRoundTripTest {
  private final ZstdContexts zstd = new ZstdContexts();
  private final ColumnEncoder encoder = new ColumnEncoder(zstd);

  @AfterEach
  void closeContexts() {
    zstd.close();
  }

  @ParameterizedTest
  @EnumSource(Columns.class)
  void readsWhatWasWritten(Columns columns) {
    for (int count : new int[] {0, 1, 2, 3, 17, 100, 257, 1000, 5000}) {
      check(columns.make(new Random(count), count));
    }
  }

  /** One encoder for all, so that nothing of a column stays behind for the next. */
  @Test
  void columnsOfAllKindsMixed() {
    forAll(
        300,
        random -> {
          List<Columns> all = List.of(Columns.values());
          Columns main = all.get(random.nextInt(all.size()));
          List<byte[]> values = new ArrayList<>(main.make(random, random.nextInt(600)));
          if (random.nextBoolean()) {
            int at = random.nextInt(values.size() + 1);
            values.addAll(at, all.get(random.nextInt(all.size())).make(random, random.nextInt(4)));
          }
          check(values);
        });
  }

  private void check(List<byte[]> values) {
    Values.Stored stored = Values.store(encoder, values);
    check(values, stored, stored.open());
    check(values, stored, stored.openMapped());
    checkPicks(values, stored);
  }

  /** Twice with the same marks: the second time they are known. */
  private static void checkPicks(List<byte[]> values, Values.Stored stored) {
    Random random = new Random(values.size());
    ColumnMarks marks = new ColumnMarks();
    for (int round = 0; round < 4; round++) {
      int part = 1 + random.nextInt(200);
      int[] positions =
          IntStream.range(0, values.size()).filter(i -> random.nextInt(part) == 0).toArray();
      List<byte[]> read = Values.read(stored.pick(positions, marks));
      assertEquals(positions.length, read.size());
      for (int i = 0; i < positions.length; i++) {
        assertEquals(
            text(values.get(positions[i])), text(read.get(i)), () -> "" + stored.readHead());
      }
    }
  }

  private static void check(List<byte[]> values, Values.Stored stored, SlotColumn column) {
    assertEquals(values.size(), column.count());
    List<byte[]> read = Values.read(column);
    for (int i = 0; i < values.size(); i++) {
      assertEquals(text(values.get(i)), text(read.get(i)), () -> "" + stored.readHead());
    }
    assertEquals(stored.readHead().stamp(), column.stamp());
    checkStamp(column.stamp(), values);
    checkDictionary(column, values);
    checkNumbers(column, values);
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.ISO_8859_1);
  }

  private static void checkStamp(Stamp stamp, List<byte[]> values) {
    for (byte[] value : values) {
      assertTrue(stamp.mayHold(value, 0, value.length), () -> stamp + ": " + text(value));
      assertTrue(value.length >= stamp.lengthMin(), () -> stamp + ": " + text(value));
    }
  }

  private static void checkDictionary(SlotColumn column, List<byte[]> values) {
    if (column.distinctCount() > 0) {
      int[] ordinals = column.ordinals();
      assertEquals(values.size(), ordinals.length);
      for (int i = 0; i < ordinals.length; i++) {
        assertTrue(Arrays.equals(values.get(i), column.distinct(ordinals[i])));
      }
    }
  }

  private static void checkNumbers(SlotColumn column, List<byte[]> values) {
    boolean plain = values.stream().allMatch(value -> text(value).matches("-?[0-9]+(\\.[0-9]+)?"));
    double[] numbers = column.numbers();
    if (!plain) {
      assertNull(numbers);
    } else if (!values.isEmpty()) {
      assertNotNull(numbers);
      for (int i = 0; i < numbers.length; i++) {
        assertEquals(Double.parseDouble(text(values.get(i))), numbers[i]);
      }
    }
  }
}
