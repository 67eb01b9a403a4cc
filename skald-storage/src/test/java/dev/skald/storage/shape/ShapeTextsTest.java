package dev.skald.storage.shape;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Shape;
import dev.skald.model.Shape.SlotKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tables of shapes come back, with any bytes in texts and any columns. */
final class ShapeTextsTest {
  private static final SlotKind[] ALL_KINDS = SlotKind.values();
  private static final byte[][] TEXTS = {
    {}, {' '}, {0}, {5}, {4, 3, 2, 1, 0, 5, 5}, {(byte) 0xff, 10}, bytes("user="), bytes("-")
  };

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static KnownShape randomShape(Random random) {
    int slots = random.nextInt(6);
    byte[][] texts = new byte[slots + 1][];
    Arrays.setAll(texts, i -> TEXTS[random.nextInt(TEXTS.length)]);
    List<SlotKind> kinds = new ArrayList<>();
    int[] columns = new int[slots];
    for (int slot = 0; slot < slots; slot++) {
      kinds.add(ALL_KINDS[random.nextInt(ALL_KINDS.length)]);
      columns[slot] = slot * 100 + random.nextInt(4);
    }
    return new KnownShape(new Shape(texts, kinds), columns, false);
  }

  private static byte[] write(List<KnownShape> shapes) {
    ByteWriter out = new ByteWriter(64);
    ShapeTexts.write(shapes, out, new ByteWriter(64));
    return out.toByteArray();
  }

  @Test
  void shapesComeBackAndColumnsByOtherNumbers() {
    forAll(
        500,
        random -> {
          List<KnownShape> shapes = new ArrayList<>();
          for (int i = random.nextInt(20); i >= 0; i--) {
            shapes.add(randomShape(random));
          }
          ByteReader in = new ByteReader("table", write(shapes));
          SegmentShapes read = SegmentShapes.read(in);
          in.requireEnd("table");
          assertEquals(shapes.size(), read.count());
          Map<Integer, Integer> numbers = new HashMap<>();
          for (int i = 0; i < shapes.size(); i++) {
            KnownShape shape = shapes.get(i);
            assertEquals(shape.shape(), read.shape(i));
            int[] expected = new int[shape.shape().slotCount()];
            for (int slot = 0; slot < expected.length; slot++) {
              Integer known = numbers.putIfAbsent(shape.column(slot), numbers.size());
              expected[slot] = known == null ? numbers.size() - 1 : known;
            }
            assertArrayEquals(expected, read.columns(i));
          }
        });
  }

  @Test
  void linesThatBeginAlikeNeedNoWordForTheirColumns() {
    List<KnownShape> shapes = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      byte[][] texts = {{}, {' '}, {(byte) ('a' + i)}};
      Shape shape = new Shape(texts, List.of(SlotKind.TEXT, SlotKind.TEXT));
      shapes.add(new KnownShape(shape, new int[] {7, 9}, false));
    }
    byte[] table = write(shapes);
    byte[] codes = Arrays.copyOfRange(table, table.length - 100, table.length);
    assertArrayEquals(new byte[100], codes);
  }

  @Test
  void damageIsAnErrorAndNothingElse() {
    forAll(
        500,
        random -> {
          byte[] table =
              write(List.of(randomShape(random), randomShape(random), randomShape(random)));
          byte[] damaged = Arrays.copyOf(table, 1 + random.nextInt(table.length));
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
          try {
            SegmentShapes.read(new ByteReader("table", damaged));
          } catch (SkaldException e) {
            assertEquals(ErrorKind.CORRUPT, e.kind());
          }
        });
  }

  @Test
  void aColumnThatCannotBeIsCorrupt() {
    byte[] table = write(List.of(shapeOfOneSlot()));
    table[table.length - 1] = 3;
    SkaldException e =
        assertThrows(
            SkaldException.class, () -> SegmentShapes.read(new ByteReader("table", table)));
    assertEquals(ErrorKind.CORRUPT, e.kind());
  }

  private static KnownShape shapeOfOneSlot() {
    return new KnownShape(
        new Shape(new byte[][] {{'a'}, {'b'}}, List.of(SlotKind.TEXT)), new int[] {0}, false);
  }
}
