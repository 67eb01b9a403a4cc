package dev.skald.bytes;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ByteWriterReaderTest {
  record Varint(long value, String hex) {}

  static List<Varint> varints() {
    return List.of(
        new Varint(0, "00"),
        new Varint(1, "01"),
        new Varint(127, "7f"),
        new Varint(128, "8001"),
        new Varint(300, "ac02"),
        new Varint(Long.MAX_VALUE, "ffffffffffffffff7f"),
        new Varint(-1, "ffffffffffffffffff01"),
        new Varint(Long.MIN_VALUE, "80808080808080808001"));
  }

  @ParameterizedTest
  @MethodSource("varints")
  void varintsAreLeb128(Varint varint) {
    ByteWriter out = new ByteWriter(0);
    out.putVarint(varint.value());
    assertEquals(varint.hex(), HexFormat.of().formatHex(out.toByteArray()));
    assertEquals(varint.value(), new ByteReader("x", out.toByteArray()).readVarint());
    byte[] followed = Arrays.copyOf(out.toByteArray(), out.size() + Long.BYTES);
    Arrays.fill(followed, out.size(), followed.length, (byte) 0xff);
    ByteReader reader = new ByteReader("x", followed);
    assertEquals(varint.value(), reader.readVarint());
    assertEquals(out.size(), reader.position());
  }

  /** One value of some kind: how it is written, and how it is checked when read. */
  private record Item(Consumer<ByteWriter> write, Consumer<ByteReader> check) {}

  private static Item item(Random random) {
    long number = random.nextLong() >>> random.nextInt(64);
    return switch (random.nextInt(7)) {
      case 0 -> new Item(w -> w.putVarint(number), r -> assertEquals(number, r.readVarint()));
      case 1 ->
          new Item(
              w -> w.putSignedVarint(-number), r -> assertEquals(-number, r.readSignedVarint()));
      case 2 -> new Item(w -> w.putLong(number), r -> assertEquals(number, r.readLong()));
      case 3 -> new Item(w -> w.putInt((int) number), r -> assertEquals((int) number, r.readInt()));
      case 4 ->
          new Item(
              w -> w.putByte((int) number), r -> assertEquals((int) number & 0xff, r.readByte()));
      case 5 -> {
        String text = RandomText.of(random);
        yield new Item(w -> w.putText(text), r -> assertEquals(text, r.readText("text")));
      }
      default -> {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        yield new Item(
            w -> w.putBytes(bytes), r -> assertArrayEquals(bytes, r.readBytes(bytes.length)));
      }
    };
  }

  @Test
  void whatIsWrittenIsRead() {
    forAll(
        500,
        random -> {
          List<Item> items = random.ints(random.nextInt(50)).mapToObj(i -> item(random)).toList();
          ByteWriter out = new ByteWriter(random.nextInt(100));
          items.forEach(item -> item.write().accept(out));
          ByteReader in = new ByteReader("x", out.toByteArray());
          items.forEach(item -> item.check().accept(in));
          in.requireEnd("items");
        });
  }

  @Test
  void cutBytesAreCorruptAndSayWhere() {
    forAll(
        500,
        random -> {
          Item item = item(random);
          ByteWriter out = new ByteWriter(0);
          item.write().accept(out);
          if (out.size() > 0) {
            int cut = random.nextInt(out.size());
            ByteReader in = new ByteReader("segment/7", 1000, out.array(), 0, cut);
            SkaldException e = assertThrows(SkaldException.class, () -> item.check().accept(in));
            assertEquals(ErrorKind.CORRUPT, e.kind());
            assertTrue(e.getMessage().startsWith("segment/7: corrupt at byte 10"), e.getMessage());
          }
        });
  }

  @Test
  void aVarintOfMoreThan64BitsIsCorrupt() {
    byte[] tooLong = HexFormat.of().parseHex("ffffffffffffffffff02");
    SkaldException e =
        assertThrows(SkaldException.class, () -> new ByteReader("x", tooLong).readVarint());
    assertEquals(
        "x: corrupt at byte 10: varint: expected at most 64 bits, was more", e.getMessage());
  }

  @Test
  void aCountBeyondItsLimitIsCorrupt() {
    ByteWriter out = new ByteWriter(0);
    out.putVarint(11);
    ByteReader in = new ByteReader("x", out.toByteArray());
    SkaldException e = assertThrows(SkaldException.class, () -> in.readCount("rows", 10));
    assertEquals("x: corrupt at byte 1: rows: expected 0 to 10, was 11", e.getMessage());
    assertEquals(11, new ByteReader("x", out.toByteArray()).readCount("rows", 11));
  }

  @Test
  void bytesLeftAreCorrupt() {
    ByteReader in = new ByteReader("x", new byte[3]);
    in.readByte();
    SkaldException e = assertThrows(SkaldException.class, () -> in.requireEnd("table"));
    assertEquals("x: corrupt at byte 1: table: expected no bytes left, was 2 left", e.getMessage());
  }
}
